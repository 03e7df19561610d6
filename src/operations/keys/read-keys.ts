import type { ApiKey } from "../../domain/api-key.js";
import type { Caller } from "../../domain/caller.js";
import { findKey, listKeys } from "../../store/api-keys.js";
import { need } from "../access.js";
import type { Kernel } from "../kernel.js";
import { list, type Listing, type ListRequest } from "../listing.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** The cursor behind the configured keys, where the first created one follows. */
const CREATED = "created";

/** A key of the caller's tenant, wherever it comes from; null where there is none. Throws RequestError, StoreUnavailable. */
export async function readKey(kernel: Kernel, caller: Caller, id: string): Promise<ApiKey | null> {
  need(caller, "keys:admin");
  const { tenantId } = caller;
  const configured = kernel.keys.configuredOf(tenantId).find((key) => key.id === id);
  if (configured) return configured;
  return (UUID.test(id) && (await findKey(kernel.dbOf(tenantId), tenantId, id))) || null;
}

/** The tenant's keys: those of the configuration, then those that were created, the latest first. Throws RequestError, StoreUnavailable. */
export async function readKeys(kernel: Kernel, caller: Caller, request: ListRequest): Promise<Listing<ApiKey>> {
  need(caller, "keys:admin");
  const { tenantId } = caller;
  return list(request, async ({ first, after }) => {
    const configured = kernel.keys.configuredOf(tenantId);
    // A cursor is a number among the configured keys, or the id of a created one.
    const from = after === undefined ? 0 : /^\d+$/.test(after) ? Number(after) : configured.length;
    const some = configured.slice(from, from + first);
    const rest = first - some.length;
    if (rest === 0)
      return { items: some, total: null, next: from + first < configured.length ? String(from + first) : CREATED };
    const behind = after !== undefined && UUID.test(after) ? { after } : {};
    const created = await listKeys(kernel.dbOf(tenantId), tenantId, { first: rest, ...behind });
    const last = created.at(-1);
    return { items: [...some, ...created], total: null, ...(last && created.length === rest && { next: last.id }) };
  });
}
