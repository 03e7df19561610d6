import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import { writeAudit } from "../../store/audit-log.js";
import { deleteConnectionRow, dropCopies } from "../../store/connections.js";
import { inTransaction } from "../../store/store.js";
import { entryOf } from "../audit.js";
import type { Kernel } from "../kernel.js";
import { managedRow } from "./update-connection.js";

/**
 * Takes a connection away, with its credentials and the copies of its tickets. What is under way on it may end; what waits in jobs is
 * refused when its turn comes. Throws RequestError, StoreUnavailable.
 */
export async function deleteConnection(kernel: Kernel, caller: Caller, id: string): Promise<void> {
  // Its secrets aren't needed, so one that can't be decrypted any more can be taken away too.
  const { tenantId, connectionId } = await managedRow(kernel, caller, id);
  const db = kernel.dbOf(tenantId);
  const isGone = await inTransaction(db, async (tx) => {
    if (!(await deleteConnectionRow(tx, { tenantId, connectionId }))) return false;
    await writeAudit(tx, tenantId, [entryOf(caller, { action: "deleteConnection", connectionId, outcome: "DONE" })]);
    return true;
  });
  if (!isGone) throw new RequestError("NOT_FOUND", `There is no connection "${id}".`);
  await kernel.connections.reload({ tenantId, connectionId });
  // A million copies take a while: nobody sees them any more, and nobody waits for this.
  void dropCopies(db, { tenantId, connectionId }).catch(kernel.onError);
}
