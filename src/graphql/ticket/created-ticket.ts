import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
import { VendorError } from "../../domain/errors.js";
import type { Ticket, TicketRef } from "../../domain/ticket.js";
import type { ConnectionView } from "../connection-view.js";
import { partsOfTicket } from "./parts-in.js";
import { TicketType } from "./ticket.type.js";

/** What is known of every ticket that was written; and what only some vendors' answers tell. */
const KNOWN = ["__typename", "id", "vendorId", "connection"];
const TOLD = ["key", "url", "revision"] as const;

/** What a write answers by itself: who asks for no more costs the vendor no more. */
function knownOf(ref: TicketRef): ReadonlySet<string> {
  return new Set([...KNOWN, ...TOLD.filter((part) => ref[part] != null)]);
}

/** The ticket that was written, read back only if more is selected than its ref tells. Throws VendorError when that fails. */
export async function createdTicket(
  view: ConnectionView,
  ref: TicketRef,
  info: GraphQLResolveInfo,
): Promise<TicketType> {
  const known = knownOf(ref);
  if (info.fieldNodes.every((node) => selectsOnly(known, node.selectionSet, info))) {
    return new TicketType(view, ref as Ticket);
  }
  const name = ref.key ?? ref.vendorId;
  try {
    const ticket = await view.ticket(ref.vendorId, partsOfTicket(info));
    if (ticket) return ticket;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    throw unreadable(name, error.message, error);
  }
  throw unreadable(name, "The vendor doesn't show it to this connection's account.");
}

function unreadable(name: string, why: string, cause?: VendorError): VendorError {
  const message = `The ticket ${name} was written, but it could not be read back: ${why}`;
  return new VendorError({ code: cause?.code ?? "NOT_FOUND", message }, "no", { ...cause?.info, cause });
}

/** Whether a selection asks for no fields but these. */
export function selectsOnly(
  known: ReadonlySet<string>,
  set: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
): boolean {
  return (set?.selections ?? []).every((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return known.has((selection as FieldNode).name.value);
      case Kind.INLINE_FRAGMENT:
        return selectsOnly(known, selection.selectionSet, info);
      case Kind.FRAGMENT_SPREAD:
        return selectsOnly(known, info.fragments[selection.name.value]?.selectionSet, info);
    }
  });
}
