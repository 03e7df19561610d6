import type { AuditFilter, AuditRow } from "../domain/audit.js";
import type { Caller } from "../domain/caller.js";
import { listAudit } from "../store/audit-log.js";
import { need } from "./access.js";
import type { Kernel } from "./kernel.js";
import { list, type Listing, type ListRequest } from "./listing.js";

/** What was done in the caller's tenant, the latest first. Throws RequestError. */
export function readAudit(
  kernel: Kernel,
  caller: Caller,
  filter: AuditFilter,
  request: ListRequest,
): Promise<Listing<AuditRow>> {
  need(caller, "keys:admin");
  return list(request, async ({ first, after }) => {
    const page = { first, ...(after !== undefined && { before: Number(after) }) };
    const items = await listAudit(kernel.dbOf(caller.tenantId), caller.tenantId, filter, page);
    const last = items.at(-1);
    return { items, total: null, ...(last && items.length === first && { next: String(last.id) }) };
  });
}
