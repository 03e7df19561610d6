import type { Connection } from "../connectors/connection.js";
import type { ConnectionTest } from "../domain/connection-test.js";
import { testConnection, type TestOptions } from "../operations/test-connection.js";
import { failed, ok, skipped, type Finding } from "./finding.js";

/** Tries a connection at its vendor; writes nothing there. */
export async function checkConnection(
  tenantId: string,
  connection: Connection,
  options?: TestOptions,
): Promise<Finding> {
  return told(connectionName(tenantId, connection.id), await testConnection(connection, options));
}

/** How a connection is called in what is found. */
export function connectionName(tenantId: string, id: string): string {
  return `${tenantId}/${id}`;
}

function told(what: string, { checks }: ConnectionTest): Finding {
  const messages = (wanted: string): string =>
    checks
      .filter(({ state }) => state === wanted)
      .map(({ message }) => message)
      .join(" ");
  const wrong = messages("FAILED");
  return wrong === "" ? ok(what, messages("PASSED")) : failed(what, wrong);
}

/** A connection that only a gateway may try now. */
export function untriable(tenantId: string, id: string): Finding {
  return skipped(
    connectionName(tenantId, id),
    "Its access token has ended, and asking for the next one uses up the refresh token, which is for a gateway to do. Ask one: the mutation testConnection.",
  );
}
