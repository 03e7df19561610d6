import type { FieldDefinition, FieldType, IssueType } from "../../domain/ticket.js";
import type { WireComponent } from "./wire.js";

/** StackOne's own words for priorities; the system behind may know others. */
export const LEVELS = ["lowest", "low", "medium", "high", "highest"];

/**
 * What StackOne's creates take beside project and type: https://docs.stackone.com/ticketing/api-reference/tickets/create-ticket.
 * It has no list of `unified_custom_fields`, and tells statuses only of tickets that are there already.
 */
export function fieldsOf({ subtask }: IssueType, components: readonly WireComponent[]): readonly FieldDefinition[] {
  return [
    field("title", "Title", "TEXT", { required: true }),
    field("content", "Content", "RICH_TEXT"),
    field("priority", "Priority", "OPTION", { allowedValues: LEVELS.map((word) => ({ vendorId: word, name: word })) }),
    field("assignees", "Assignees", "USER"),
    field("reporters", "Reporters", "USER"),
    field("parent_id", "Parent", "TICKET", { required: subtask }),
    field("tags", "Tags", "OTHER"),
    field("component_ids", "Components (go to vendor.stackone.componentIds)", "OPTIONS", {
      allowedValues: components.map(({ id, name }) => ({ vendorId: id, name: name ?? id })),
    }),
  ];
}

function field(id: string, name: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { id, name, type, required: false, defaultValue: null, allowedValues: [], ...more };
}
