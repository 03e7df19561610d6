import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
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

/**
 * The parts of its tickets that a page was asked for, so that nothing is fetched which nobody reads. Fields that
 * @skip or @include may leave out, and those of fragments on other types, count as asked for: too much is no harm.
 */
export function partsIn({ fieldNodes, fragments }: GraphQLResolveInfo): TicketParts {
  const parts = new Set<string>();
  const walk = (set: SelectionSetNode | undefined, isTicket: boolean): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments[selection.name.value]?.selectionSet, isTicket);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, isTicket);
      else if (isTicket) parts.add(PARTS[selection.name.value] ?? selection.name.value);
      else walk(selection.selectionSet, selection.name.value !== "edges");
    }
  };
  for (const { selectionSet } of fieldNodes) walk(selectionSet, false);
  return parts as ReadonlySet<string> as TicketParts;
}
