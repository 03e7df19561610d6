import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
import type { Ticket, TicketParts } from "../../domain/ticket.js";

/** Fields of the schema that are made from a part of another name; all others carry their part's name. */
const PARTS: Readonly<Record<string, keyof Ticket>> = {
  type: "typeId",
  project: "projectId",
  assignees: "assigneeIds",
  createdBy: "createdById",
  reporters: "reporterIds",
  parent: "parentId",
  vendorAttributes: "data",
};

/** Worked out once for a field, whichever ticket of a page it belongs to: `parent` is asked of each of them. */
const known = new WeakMap<readonly FieldNode[], TicketParts>();

/** The parts that a page's tickets were asked for, so that nothing is fetched which nobody reads. */
export function partsOfPage({ fieldNodes, fragments }: Selected): TicketParts {
  return partsIn(fieldNodes, fragments, false);
}

/** The parts that one ticket was asked for. */
export function partsOfTicket({ fieldNodes, fragments }: Selected): TicketParts {
  const parts = known.get(fieldNodes) ?? partsIn(fieldNodes, fragments, true);
  known.set(fieldNodes, parts);
  return parts;
}

type Selected = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">;

/**
 * Fields that @skip or @include may leave out, and those of fragments on other types, count as asked for: too much is no harm.
 */
function partsIn(fieldNodes: readonly FieldNode[], fragments: Selected["fragments"], isTicket: boolean): TicketParts {
  const parts = new Set<string>();
  const walk = (set: SelectionSetNode | undefined, isTicket: boolean): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments[selection.name.value]?.selectionSet, isTicket);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, isTicket);
      else if (isTicket) parts.add(PARTS[selection.name.value] ?? selection.name.value);
      else walk(selection.selectionSet, selection.name.value !== "edges");
    }
  };
  for (const { selectionSet } of fieldNodes) walk(selectionSet, isTicket);
  return parts as ReadonlySet<string> as TicketParts;
}
