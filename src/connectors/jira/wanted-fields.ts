import type { Ticket, TicketParts } from "../../domain/ticket.js";
import { PROPERTY } from "./map.js";

/** What a read of issues asks Jira for. */
interface WantedFields {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
}

/** All of a record but the lists that grow without bound. */
const WHOLE: WantedFields = { fields: ["*all", "-comment", "-worklog", "-attachment"], properties: [PROPERTY] };

/** From which of Jira's fields a part of a ticket is made; ids, keys and addresses come with every issue. */
const SOURCES: Readonly<Partial<Record<keyof Ticket, string>>> = {
  name: "summary",
  description: "description",
  status: "status",
  statusCategory: "status",
  active: "status",
  statusUpdatedAt: "statuscategorychangedate",
  priority: "priority",
  priorityLevel: "priority",
  typeId: "issuetype",
  projectId: "project",
  assigneeIds: "assignee",
  createdById: "creator",
  reporterIds: "reporter",
  parentId: "parent",
  identifier: "labels",
  tags: "labels",
  createdAt: "created",
  updatedAt: "updated",
  dueDate: "duedate",
  closedAt: "resolutiondate",
};

/** The fields that these parts are made from; without parts, or with the record itself among them, the whole issue. */
export function fieldsFor(parts: TicketParts | undefined): WantedFields {
  if (!parts || parts.has("data")) return WHOLE;
  // A search that names no field gives its own choice of them, so one is always named.
  const fields = new Set(["summary"]);
  for (const part of parts) {
    const field = SOURCES[part];
    if (field !== undefined) fields.add(field);
  }
  return { fields: [...fields], properties: parts.has("identifier") ? [PROPERTY] : [] };
}
