import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import { eachAlone } from "../failed.js";
import { judged } from "../judged.js";
import { noSuch, wrong } from "../wrong.js";
import type { Catalog } from "./catalog.js";
import type { RezolveOwn } from "./create-input.js";
import { newTicketOf } from "./draft.js";
import { path, type RezolveParts } from "./endpoints.js";
import { refusalOf } from "./invalid.js";
import { offerFor } from "./offer.js";
import { held, Invalid, WireTicket, type WireType } from "./wire.js";
import { beforehand } from "../beforehand.js";

/** What writing needs of a connection. */
export interface WriteParts extends RezolveParts {
  readonly catalog: Catalog;
}

/** Creates tickets one by one, side by side: Rezolve has no bulk. Offer and type are made to agree before anything is sent. */
export function createTickets(
  parts: WriteParts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(drafts, (draft) => createOne(parts, draft, call));
}

/** A draft whose type and offer are known to agree, in Rezolve's words. */
interface Prepared extends ReturnType<typeof newTicketOf> {
  readonly team: string;
  readonly type: WireType;
  readonly own: Partial<RezolveOwn>;
}

/** Throws VendorError, with nothing sent. */
export async function prepare({ catalog, site }: WriteParts, draft: TicketDraft, call: Call): Promise<Prepared> {
  const { projectId: team, typeId } = draft;
  if (team === null) throw wrong(["project"], "Rezolve needs a team.");
  if (typeId === null) throw wrong(["type"], "Rezolve needs a ticket type.");
  const own = (draft.own ?? {}) as Partial<RezolveOwn>;
  return beforehand(() =>
    judged(catalog, async (known) => {
      const [type, offers] = await Promise.all([typeNamed(known, typeId, call), known.offers(call)]);
      const offer = offerFor(offers, type, team, own.offerId);
      return { ...newTicketOf(draft, type, offer.id, site), team, type, own };
    }),
  );
}

async function createOne(parts: WriteParts, draft: TicketDraft, call: Call): Promise<Outcome<TicketRef>> {
  const { body, paths, team, type, own } = await prepare(parts, draft, call);
  const { supportRequest, catalogType = "TEMPLATE" } = own;
  const answer = await parts.http.send<TicketRef | Invalid>(
    {
      operation: "ticket.create",
      kind: "write",
      method: "POST",
      path: path("ticket", "create", team, type.id),
      query: { type: catalogType.toLowerCase(), module: "ticketing" },
      ...(supportRequest !== undefined && { headers: { issupportrequest: String(supportRequest) } }),
      body,
      accept: (status, said) => (status >= 200 && status < 300) || (status === 400 && Invalid.safeParse(said).success),
      parse: (said, { status }) => (status === 400 ? Invalid.parse(said) : refOf(said)),
    },
    call,
  );
  return "vendorId" in answer
    ? { state: "done", value: answer as TicketRef }
    : refusalOf(answer as Invalid, type, paths);
}

/** The display id, by which all later calls know the ticket, and the etag that its next update needs. */
export function refOf(body: unknown): TicketRef {
  const { object_id: id, etag } = WireTicket.parse(held(body, "ticket"));
  return { vendorId: id, key: id, url: null, ...(etag && { revision: etag }) };
}

export async function typeNamed(catalog: Catalog, typeId: string, call: Call): Promise<WireType> {
  const types = await catalog.types(call);
  const type = types.find(({ id }) => id === typeId);
  if (type) return type;
  const names = types.map(({ id, name }) => name ?? id);
  throw noSuch(["type"], `There is no ticket type "${typeId}".`, typeId, names);
}
