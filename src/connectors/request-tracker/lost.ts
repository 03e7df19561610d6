import { VendorError } from "../../domain/errors.js";
import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { chunks } from "../batch.js";
import type { LostCreate } from "../connector.js";
import type { Catalog } from "./catalog.js";
import { ticketUrl } from "./map.js";
import { PAGE_MAX, read } from "./reads.js";
import type { RequestTrackerSite } from "./settings.js";
import { collection, WireTicket } from "./wire.js";

interface Parts {
  readonly http: Http;
  readonly site: RequestTrackerSite;
  readonly catalog: Catalog;
}

const MARKERS_A_QUERY = 25;

/** For each draft its queue and the custom field there that keeps markers, as "3/ticketgraph"; null where it has none. */
export async function traces(
  { catalog, site }: Parts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly (string | null)[]> {
  return Promise.all(
    drafts.map(async ({ projectId }) => {
      const field = site.options.markerField;
      if (field === null || projectId === null) return null;
      return (await hasField(catalog, projectId, field, call)) ? `${projectId}/${field}` : null;
    }),
  );
}

/**
 * The tickets that carry these markers: TicketSQL reads the database itself, so what it doesn't find isn't there. It looks
 * into the fields that the creates were sent with, whatever the settings have become since.
 */
export async function findByMarker(
  { http, site, catalog }: Parts,
  lost: readonly LostCreate[],
  call: Call,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  const found = new Map<string, TicketRef[]>();
  for (const trace of new Set(lost.map(({ trace }) => trace))) await mustHaveField(catalog, trace, call);
  for (const some of chunks(lost, MARKERS_A_QUERY)) {
    const fields = new Set(some.map(({ trace }) => fieldOf(trace)));
    const { items } = await read(
      http,
      {
        operation: "tickets.search",
        method: "GET",
        path: ["tickets"],
        query: {
          query: some.map(({ marker, trace }) => `CF.{${fieldOf(trace)}} = '${plain(marker)}'`).join(" OR "),
          orderby: "id",
          per_page: PAGE_MAX,
          fields: "CustomFields",
        },
        parse: (body) => collection(WireTicket).parse(body),
      },
      call,
    );
    for (const { id, CustomFields } of items) {
      const kept = (CustomFields ?? []).filter(({ name }) => fields.has(name ?? ""));
      for (const value of kept.flatMap(({ values }) => values ?? []))
        found.set(String(value), [
          ...(found.get(String(value)) ?? []),
          { vendorId: id, key: id, url: ticketUrl(site, id) },
        ]);
    }
  }
  return found;
}

function fieldOf(trace: string): string {
  return trace.slice(trace.indexOf("/") + 1);
}

async function hasField(catalog: Catalog, queueId: string, field: string, call: Call): Promise<boolean> {
  return (await catalog.customFields(queueId, () => false, call)).some(({ Name }) => Name === field);
}

/** A query for a field that isn't there finds nothing and says nothing: that would be taken for a ticket never made. */
async function mustHaveField(catalog: Catalog, trace: string, call: Call): Promise<void> {
  const [queueId = ""] = trace.split("/");
  if (await hasField(catalog, queueId, fieldOf(trace), call)) return;
  const message = `The queue ${queueId} has no custom field "${fieldOf(trace)}" any more, so lost tickets can't be found in it.`;
  throw new VendorError({ code: "UNSUPPORTED", message }, "no");
}

/** Markers are letters and digits; anything else would be somebody's attempt to get into the query. */
function plain(marker: string): string {
  return marker.replace(/[^A-Za-z0-9-]/g, "");
}
