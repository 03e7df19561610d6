import { FIELD, type Story } from "./story.js";

/** What broke, and what keeps it from breaking; their order gives them their keys. */
export const OPERATIONS: readonly Story[] = [
  {
    project: "OPS",
    type: "Incident",
    summary: "Payments answer with 503",
    status: "Done",
    priority: "Highest",
    assignee: "alok",
    description: "# Impact\n\nOne payment in three fails.\n\n- 09:02 first alarm\n- 09:20 rolled back",
    labels: ["postmortem"],
    custom: {
      [FIELD.severity]: "20020",
      [FIELD.services]: ["20029", "20032"],
      [FIELD.started]: Date.parse("2026-01-12T09:02:00Z"),
      [FIELD.cause]: {
        type: "doc",
        version: 1,
        content: [
          { type: "paragraph", content: [{ type: "text", text: "A migration held a lock on the orders table." }] },
        ],
      },
    },
  },
  {
    project: "OPS",
    type: "Sub-task",
    summary: "Add an alarm for locks older than 30 s",
    parent: "OPS-1",
    status: "In Progress",
    assignee: "olena",
  },
  {
    project: "OPS",
    type: "Incident",
    summary: "Search is slow in one region",
    status: "In Progress",
    priority: "High",
    assignee: "olena",
    custom: {
      [FIELD.severity]: "20021",
      [FIELD.services]: ["20030"],
      [FIELD.started]: Date.parse("2026-01-20T22:41:00Z"),
      [FIELD.customer]: "Contoso",
    },
    comments: ["One node answers ten times slower than the others. 🐌"],
  },
  {
    project: "OPS",
    type: "Incident",
    summary: "Certificates of the status page end in three days",
    priority: "Medium",
    assignee: "grace",
    custom: { [FIELD.severity]: "20023" },
  },
  {
    project: "OPS",
    type: "Task",
    summary: "Try the restore of the weekly backup",
    assignee: "james",
    due: "2026-02-28",
    labels: ["backup"],
  },
];
