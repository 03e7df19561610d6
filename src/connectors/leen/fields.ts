import type { FieldDefinition, FieldType, IssueType } from "../../domain/ticket.js";

/** Leen's own words; its description calls both plain texts, so Jira's words may be taken too. https://github.com/leeninc/itsm-demo-app */
export const PRIORITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"];
export const STATUSES = ["OPEN", "TODO", "IN_PROGRESS", "IN_REVIEW", "RESOLVED", "CLOSED"];

/**
 * All that Leen's creates take beside project and type: https://docs.leen.dev/api-reference/itsm/create-ticket. Jira's custom
 * fields aren't among them.
 */
export function fieldsOf({ subtask }: IssueType): readonly FieldDefinition[] {
  return [
    field("name", "Name", "TEXT", { required: true }),
    field("description", "Description", "RICH_TEXT"),
    field("status", "Status", "OPTION", options(STATUSES)),
    field("priority", "Priority", "OPTION", options(PRIORITIES)),
    field("assigned_user_vendor_id", "Assignee", "USER"),
    field("parent_ticket_vendor_id", "Parent", "TICKET", { required: subtask }),
    field("identifier", "Identifier", "TEXT"),
  ];
}

function field(id: string, name: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { id, name, type, required: false, defaultValue: null, allowedValues: [], ...more };
}

function options(words: readonly string[]): Pick<FieldDefinition, "allowedValues"> {
  return { allowedValues: words.map((word) => ({ vendorId: word, name: word })) };
}
