import { randomUUID } from "node:crypto";
import type { ApiKey } from "../../domain/api-key.js";
import type { Caller } from "../../domain/caller.js";
import type { InputError } from "../../domain/input-error.js";
import { insertKey } from "../../store/api-keys.js";
import { writeAudit } from "../../store/audit-log.js";
import { inTransaction } from "../../store/store.js";
import { need } from "../access.js";
import { entryOf, reasonOf } from "../audit.js";
import type { Kernel } from "../kernel.js";
import { judge, nameTaken, type NewKey } from "./new-key.js";

/** What became of a wish for a key. */
export type CreatedKey =
  | { readonly key: ApiKey; readonly secret: string; readonly errors: readonly [] }
  | { readonly key: null; readonly secret: null; readonly errors: readonly InputError[] };

/** Makes a key and keeps its hash: `secret` is told this once and never again. Throws RequestError, StoreUnavailable. */
export async function createKey(kernel: Kernel, caller: Caller, wish: NewKey): Promise<CreatedKey> {
  need(caller, "keys:admin");
  const { key, errors } = judge(kernel, caller, wish, new Date());
  if (!key) return refused(kernel, caller, errors);
  const { tenantId, name: createdBy } = caller;
  const { secret, prefix, hash } = kernel.keys.make();
  const row = { ...key, id: randomUUID(), tenantId, prefix, hash, createdBy };
  const made = await inTransaction(kernel.dbOf(tenantId), async (tx) => {
    const kept = await insertKey(tx, row);
    if (kept)
      await writeAudit(tx, tenantId, [entryOf(caller, { action: "createApiKey", subject: row.id, outcome: "DONE" })]);
    return kept;
  });
  return made ? { key: made, secret, errors: [] } : refused(kernel, caller, [nameTaken(key.name)]);
}

async function refused(kernel: Kernel, caller: Caller, errors: readonly InputError[]): Promise<CreatedKey> {
  const reason = reasonOf(errors);
  await kernel.audit(caller, [{ action: "createApiKey", outcome: "REFUSED", reason }]);
  return { key: null, secret: null, errors };
}
