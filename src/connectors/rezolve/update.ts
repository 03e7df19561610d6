import { VendorError } from "../../domain/errors.js";
import type { TicketChange, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import { eachAlone, overtaken } from "../failed.js";
import { beforehand } from "../beforehand.js";
import { judged } from "../judged.js";
import { wrong } from "../wrong.js";
import { didYouMean } from "../../domain/suggest.js";
import { typeNamed, type WriteParts } from "./create.js";
import { filledFields } from "./draft.js";
import { CATALOG, path } from "./endpoints.js";
import { refusalOf } from "./invalid.js";
import { readTicket } from "./tickets.js";
import { Invalid, Updated, type WireTicket, type WireType } from "./wire.js";

/** Changes tickets one by one. Rezolve changes a ticket only for who shows its current etag: that is the caller's, never ours. */
export function updateTickets(
  parts: WriteParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(changes, (change) => updateOne(parts, change, call));
}

async function updateOne(parts: WriteParts, change: TicketChange, call: Call): Promise<Outcome<TicketRef>> {
  const { ticketId, revision } = change;
  const { ticket, type } = await beforehand(async () => {
    const found = await readTicket(parts, ticketId, call);
    if (!found)
      throw new VendorError(
        { code: "NOT_FOUND", message: `Rezolve has no ticket "${ticketId}".`, path: ["ticket"] },
        "no",
      );
    return { ticket: found, type: await typeNamed(parts.catalog, found.lookup_props?.itemTypeId ?? "", call) };
  });
  if (ticket.etag !== revision) throw overtaken(ticketId, ticket.etag);
  if (change.status !== undefined) mustLeadTo(type, ticket, change.status);
  const { values, paths } = await beforehand(() =>
    judged(parts.catalog, async (known) => filledFields(change, await typeNamed(known, type.id, call), parts.site)),
  );
  try {
    const answer = await parts.http.send<{ readonly etag: string | undefined } | Invalid>(
      {
        operation: "ticket.update",
        kind: "write",
        method: "PATCH",
        path: path("ticket", ticketId, "update"),
        query: CATALOG,
        body: { etag: revision, ticketUpdate: values },
        accept: (status, said) =>
          (status >= 200 && status < 300) || (status === 400 && Invalid.safeParse(said).success),
        parse: (said, { status }) => (status === 400 ? Invalid.parse(said) : { etag: etagIn(said) }),
      },
      call,
    );
    if ("validationResult" in answer) return refusalOf(answer as Invalid, type, paths);
    const { etag } = answer as { readonly etag: string | undefined };
    return { state: "done", value: { vendorId: ticketId, key: ticketId, url: null, ...(etag && { revision: etag }) } };
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "CONFLICT") throw error;
    throw overtaken(ticketId, (await readTicket(parts, ticketId, call).catch(() => undefined))?.etag, error);
  }
}

function etagIn(body: unknown): string | undefined {
  const { etag, ticket, data } = Updated.parse(body);
  return etag ?? ticket?.etag ?? data?.etag ?? undefined;
}

/** Throws VendorError INVALID for a status that the type's workflow doesn't lead to from here. */
function mustLeadTo({ workflow, name, id }: WireType, { status_type: now }: WireTicket, wanted: string): void {
  const statuses = workflow?.statuses ?? [];
  const same = (one: { readonly id: string; readonly name?: string | null | undefined }, word: string): boolean =>
    one.id === word || one.name?.toLowerCase() === word.toLowerCase();
  const from = statuses.find((status) => same(status, now ?? ""));
  if (!from || !workflow?.transitions || same(from, wanted)) return;
  const ways = workflow.transitions.filter((way) => way.from?.includes(from.id));
  const reachable = statuses.filter((status) => ways.some(({ to }) => to === status.id));
  if (reachable.some((status) => same(status, wanted))) return;
  const names = reachable.map((status) => status.name ?? status.id);
  const message = `A ${name ?? id} goes from "${now}" only to: ${names.join(", ")}.${didYouMean(wanted, names)}`;
  throw wrong(["status"], message, names);
}
