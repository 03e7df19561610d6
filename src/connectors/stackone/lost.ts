import { VendorError } from "../../domain/errors.js";
import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { LostCreate } from "../connector.js";
import { PAGE_MAX, type StackOneApi } from "./api.js";
import type { StackOneSite } from "./settings.js";

/** How far the clocks behind StackOne may be off ours, in milliseconds. */
const SKEW_MS = 120_000;
/** How many changed tickets are looked through; beyond, the search says that it couldn't find out. */
const PAGES_MAX = 50;

/** From when on changed tickets are to be looked through; null where tickets bear no marker. */
export function traces(
  drafts: readonly TicketDraft[],
  { options }: StackOneSite,
  now: number,
): readonly (string | null)[] {
  return drafts.map(() => (options.markerTag ? new Date(now - SKEW_MS).toISOString() : null));
}

/** The tickets that bear these markers among their tags, the oldest first: StackOne can only list what changed since. */
export async function findByMarker(
  api: StackOneApi,
  lost: readonly LostCreate[],
  call: Call,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  const since = lost.map(({ trace }) => trace).sort()[0];
  const wanted = new Set(lost.map(({ marker }) => marker));
  const found = new Map<string, TicketRef[]>();
  const query = { "filter[updated_after]": since, fields: "id,ticket_number,ticket_url,tags,created_at" };
  const seen = new Set<string>();
  let next: string | undefined;
  do {
    const page = await api.tickets({ size: PAGE_MAX, next }, call, query);
    for (const { id, ticket_number, ticket_url, tags } of page.items)
      for (const tag of tags ?? [])
        if (wanted.has(tag))
          found.set(tag, [
            ...(found.get(tag) ?? []),
            { vendorId: id, key: ticket_number ?? null, url: ticket_url || null },
          ]);
    next = page.next;
    if (next !== undefined && (seen.has(next) || seen.size >= PAGES_MAX)) {
      const message = `Too many tickets have changed since ${since} to look through them for a lost one.`;
      throw new VendorError({ code: "UNSUPPORTED", message }, "no");
    }
    if (next !== undefined) seen.add(next);
  } while (next !== undefined);
  return found;
}
