import type { ApiKey } from "../../domain/api-key.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import { revokeKey as revoke } from "../../store/api-keys.js";
import { writeAudit } from "../../store/audit-log.js";
import { inTransaction } from "../../store/store.js";
import { entryOf } from "../audit.js";
import type { Kernel } from "../kernel.js";
import { readKey } from "./read-keys.js";

/**
 * Takes a key away for good, the caller's own too; a key that was revoked stays as it is. Throws RequestError for a key that the
 * tenant doesn't have or that only the operator can take away, StoreUnavailable.
 */
export async function revokeKey(kernel: Kernel, caller: Caller, id: string, given: string = id): Promise<ApiKey> {
  const found = await readKey(kernel, caller, id);
  if (found?.source === "CONFIGURATION")
    throw new RequestError(
      "BAD_USER_INPUT",
      `The key "${found.name}" is in the configuration file. Take it out there and start the gateway anew.`,
    );
  const { tenantId, name } = caller;
  const revoked =
    found &&
    (await inTransaction(kernel.dbOf(tenantId), async (tx) => {
      const gone = await revoke(tx, tenantId, id, name);
      if (gone)
        await writeAudit(tx, tenantId, [entryOf(caller, { action: "revokeApiKey", subject: id, outcome: "DONE" })]);
      return gone;
    }));
  if (!revoked) throw new RequestError("NOT_FOUND", `There is no API key "${given}".`);
  return revoked;
}
