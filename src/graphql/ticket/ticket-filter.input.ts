import { Field, ID, InputType } from "type-graphql";
import type { PlacedId, TicketOrder } from "../../domain/ticket-filter.js";
import { readGlobalId, type NodeKind } from "../../domain/global-id.js";
import { RequestError } from "../../domain/request-error.js";
import type { PriorityLevel as Level, StatusCategory as Category } from "../../domain/ticket.js";
import type { AskedFilter } from "../../operations/sync/list-synced.js";
import { OrderDirection, PriorityLevel, StatusCategory, TicketOrderField, Vendor } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";

@InputType("DateTimeRange", { description: "From a moment on, up to another; either may be left out." })
class DateTimeRange {
  @Field(() => DateTime, { nullable: true, description: "The first moment that belongs to it." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "The first moment that doesn't any more." })
  to?: Date | null;
}

@InputType("TicketFilter", {
  description: "Which synced tickets are wanted: all that is given must fit, and of several values any.",
})
export class TicketFilter {
  @Field(() => [ID], { nullable: true, description: "Of these connections." })
  connectionIds?: string[] | null;

  @Field(() => [Vendor], { nullable: true, description: "Of these vendors." })
  vendors?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "In these projects, by the ids of this API." })
  projectIds?: string[] | null;

  @Field(() => [StatusCategory], { nullable: true, description: "With a status of these meanings." })
  statusCategories?: Category[] | null;

  @Field(() => [String], { nullable: true, description: "With one of these statuses, in the vendor's own words." })
  statuses?: string[] | null;

  @Field(() => [PriorityLevel], { nullable: true, description: "With a priority of these meanings." })
  priorityLevels?: Level[] | null;

  @Field(() => [ID], { nullable: true, description: "Assigned to one of these users, by the ids of this API." })
  assigneeIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "With any of these words." })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: "With this tracking identifier." })
  identifier?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words in name, key and description: printer "third floor" -scanner, either or.',
  })
  text?: string | null;

  @Field(() => DateTimeRange, { nullable: true, description: "Created within this time." })
  createdAt?: Ref<DateTimeRange> | null;

  @Field(() => DateTimeRange, { nullable: true, description: "Last changed within this time." })
  updatedAt?: Ref<DateTimeRange> | null;
}

@InputType("TicketOrder", { description: "In which order synced tickets come." })
export class TicketOrderInput {
  @Field(() => TicketOrderField, { description: "By what." })
  field!: TicketOrder["field"];

  @Field(() => OrderDirection, { description: "Which end comes first." })
  direction!: TicketOrder["direction"];
}

/** What the caller asked for, in the domain's words. `connections` are those that the caller may see. Throws RequestError for ids of other things. */
export function askedFilterOf(
  filter: TicketFilter | null | undefined,
  connections: readonly { readonly id: string; readonly label: string }[],
): AskedFilter {
  if (!filter) return {};
  const { connectionIds, vendors, projectIds, statusCategories, statuses, priorityLevels, assigneeIds } = filter;
  const { tags, identifier, text, createdAt, updatedAt } = filter;
  const named = connectionIds?.map((id) => {
    const read = readGlobalId(id);
    return read?.kind === "VendorConnection" ? read.connectionId : id;
  });
  const ids = connections
    .filter(({ id, label }) => (!named || named.includes(id)) && (!vendors || vendors.includes(label)))
    .map(({ id }) => id);
  return {
    ...((named || vendors) && { connectionIds: ids }),
    ...(projectIds && { projects: projectIds.map((id) => placed(id, "Project", "projectIds")) }),
    ...(assigneeIds && { assignees: assigneeIds.map((id) => placed(id, "User", "assigneeIds")) }),
    ...(statusCategories && { statusCategories }),
    ...(statuses && { statuses }),
    ...(priorityLevels && { priorityLevels }),
    ...(tags && { tags }),
    ...(identifier != null && { identifier }),
    ...(text != null && text.trim() !== "" && { text }),
    ...(createdAt && { createdAt: rangeOf(createdAt) }),
    ...(updatedAt && { updatedAt: rangeOf(updatedAt) }),
  };
}

function rangeOf({ from, to }: DateTimeRange) {
  return { ...(from && { from }), ...(to && { to }) };
}

function placed(id: string, kind: NodeKind, field: string): PlacedId {
  const read = readGlobalId(id);
  if (read?.kind === kind) return read;
  const what = kind === "User" ? "a user" : "a project";
  throw new RequestError("BAD_USER_INPUT", `"${id}" in ${field} isn't the id of ${what}. Give one that this API gave.`);
}
