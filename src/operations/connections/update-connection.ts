import type { Caller } from "../../domain/caller.js";
import type { InputError } from "../../domain/input-error.js";
import { RequestError } from "../../domain/request-error.js";
import { writeAudit } from "../../store/audit-log.js";
import { findConnectionRow, updateConnectionRow, type ConnectionRow } from "../../store/connections.js";
import { inTransaction } from "../../store/store.js";
import { mayUse, need } from "../access.js";
import { entryOf, reasonOf } from "../audit.js";
import type { Kernel } from "../kernel.js";
import type { KeptConnection } from "./create-connection.js";
import { invalid, judge, type ConnectionWish } from "./new-connection.js";
import { openStored, sealStored, type StoredConnection } from "./stored.js";

/**
 * Changes a connection. Where its vendor's settings are given, they are all given anew, the credentials too: so nobody leads known
 * credentials to another address. Throws RequestError, StoreUnavailable.
 */
export async function updateConnection(
  kernel: Kernel,
  caller: Caller,
  id: string,
  wish: ConnectionWish,
): Promise<KeptConnection> {
  const before = await storedConnection(kernel, caller, id);
  const owner = { tenantId: before.tenantId, connectionId: before.connectionId };
  const act = { action: "updateConnection", connectionId: before.connectionId };
  const judged = await judge(kernel, { ...before, version: before.version + 1 }, wish);
  if (!judged.connection) {
    const reason = reasonOf(judged.errors);
    await kernel.audit(caller, [{ ...act, outcome: "REFUSED", reason }]);
    return judged;
  }
  const row = await sealStored(kernel.vault, judged.connection);
  const kept = await inTransaction(kernel.dbOf(before.tenantId), async (tx) => {
    if (!(await updateConnectionRow(tx, row))) return false;
    await writeAudit(tx, before.tenantId, [entryOf(caller, { ...act, outcome: "DONE" })]);
    return true;
  });
  if (!kept) return { connection: null, errors: [OVERTAKEN] };
  await kernel.connections.reload(owner);
  return judged;
}

const OVERTAKEN: InputError = {
  ...invalid([], "Somebody else has changed the connection meanwhile. Look at it and try again."),
  code: "CONFLICT",
};

/** The same in the clear. Throws RequestError, Unsealable. */
export async function storedConnection(kernel: Kernel, caller: Caller, id: string): Promise<StoredConnection> {
  return openStored(kernel.vault, await managedRow(kernel, caller, id));
}

/** A connection of the store that the caller may manage. Throws RequestError: one of the configuration is the operator's. */
export async function managedRow(kernel: Kernel, caller: Caller, id: string): Promise<ConnectionRow> {
  need(caller, "connections:admin");
  const owner = { tenantId: caller.tenantId, connectionId: id };
  const isMine = mayUse(caller, id);
  if (isMine && kernel.connections.find(owner)?.madeBy === "configuration") {
    const message = `The connection "${id}" stands in the gateway's configuration file. Its operator changes it there.`;
    throw new RequestError("FORBIDDEN", message);
  }
  const row = isMine ? await findConnectionRow(kernel.dbOf(caller.tenantId), owner) : undefined;
  if (!row) throw new RequestError("NOT_FOUND", `There is no connection "${id}".`);
  return row;
}
