import { FIELD, type Story } from "./story.js";

/** What customers ask for; their order gives them their keys. */
export const SUPPORT: readonly Story[] = [
  {
    project: "SUP",
    type: "Task",
    summary: "Invoice for January shows the old address",
    priority: "Medium",
    assignee: "luis",
    description: "Customer writes:\n\nWe moved in December, please send us a corrected invoice.",
    labels: ["billing"],
  },
  {
    project: "SUP",
    type: "Task",
    summary: "Export all data of a closed account",
    status: "In Progress",
    priority: "High",
    assignee: "priya",
    due: "2026-02-01",
    labels: ["privacy"],
  },
  {
    project: "SUP",
    type: "Bug",
    summary: "Reset link has expired before it arrives",
    status: "In Review",
    assignee: "emma",
    labels: ["sign-in"],
    custom: { [FIELD.severity]: "20022", [FIELD.customer]: "Northwind Traders" },
    comments: ["The mail took 40 minutes."],
  },
  {
    project: "SUP",
    type: "Sub-task",
    summary: "Ask the mail provider for its logs",
    parent: "SUP-3",
    assignee: "noor",
  },
  {
    project: "SUP",
    type: "Bug",
    summary: "Grüße aus Köln: Umlaute in Betreffzeilen zerstört",
    priority: "Low",
    status: "Done",
    assignee: "zoe",
    custom: { [FIELD.customer]: "Müller & Söhne GmbH" },
  },
  {
    project: "SUP",
    type: "Task",
    summary: "¿Cómo cambio el idioma del panel? 🇪🇸",
    priority: "Lowest",
    assignee: "luis",
  },
];
