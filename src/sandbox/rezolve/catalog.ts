/** A field of a ticket type. https://docs.rezolve.ai */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "textarea" | "dropdown" | "multiselect" | "date" | "datetime" | "number" | "checkbox";
  readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly defaultValue: unknown;
}
export interface Type {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly fields: readonly Field[];
}
interface Offer {
  readonly id: string;
  readonly name: string;
  readonly item_type: string;
  readonly team: string;
}

function field(id: string, label: string, type: Field["type"], more: Partial<Field> = {}): Field {
  return {
    id,
    name: label.toLowerCase().replace(/\W+/g, "_"),
    label,
    type,
    required: false,
    defaultValue: null,
    ...more,
  };
}
function options(...labels: readonly string[]): Pick<Field, "options"> {
  return { options: labels.map((label) => ({ value: label, label })) };
}

export const STATUSES = [
  { id: "s1", name: "Open", key: "open", category: "To-do Category", isInitial: true, isTerminal: false },
  {
    id: "s2",
    name: "In Progress",
    key: "in_progress",
    category: "In Progress Category",
    isInitial: false,
    isTerminal: false,
  },
  { id: "s3", name: "Resolved", key: "resolved", category: "Done Category", isInitial: false, isTerminal: false },
  { id: "s4", name: "Closed", key: "closed", category: "Done Category", isInitial: false, isTerminal: true },
];
export const TRANSITIONS = [
  { id: "t1", name: "Start", from: ["s1"], to: "s2" },
  { id: "t2", name: "Resolve", from: ["s1", "s2"], to: "s3" },
  { id: "t3", name: "Close", from: ["s3"], to: "s4" },
  { id: "t4", name: "Reopen", from: ["s3"], to: "s1" },
];

export const STATUS_FIELD = "0f5c6a50-1d0c-4c55-9d2e-6f1f5f2a0001";
export const PRIORITY_FIELD = "0f5c6a50-1d0c-4c55-9d2e-6f1f5f2a0002";
const statusField = field(STATUS_FIELD, "Status", "dropdown", options(...STATUSES.map(({ name }) => name)));
const priorityField = field(PRIORITY_FIELD, "Priority", "dropdown", options("Low", "Medium", "High", "Critical"));

export const HARDWARE: Type = {
  id: "16910",
  name: "Hardware Request",
  prefix: "CTC",
  fields: [
    field("ab13e5d1-9b9d-4c3e-8fc4-e86912c8cb53", "Reason", "text"),
    field("7f111983-1013-41be-a056-989fff018bb5", "Description", "textarea"),
    field("711ea9e6-1b73-4070-9eb2-941803f7f5d4", "Needed Within", "dropdown", options("<2week", "2-4week", ">1month")),
    // Its default is what the documentation warns of: an empty text is no date.
    field("5f7f3f0e-52c8-4d3c-9f59-3a2f6b1c0003", "Needed By", "datetime", { defaultValue: "" }),
    priorityField,
    statusField,
  ],
};
export const SOFTWARE: Type = {
  id: "16911",
  name: "Software Licence",
  prefix: "REQ",
  fields: [
    field("93aabbc9-fd45-407d-8569-b140bf9cc6a7", "Field Number", "number", { required: true }),
    field("5b53c791-e047-40e8-9e88-bae13f153cc3", "Updated At", "datetime"),
    field("2c0c8e5a-7f0b-43f2-8d1b-6a1de9a10004", "Details", "textarea", { defaultValue: "" }),
    field("2c0c8e5a-7f0b-43f2-8d1b-6a1de9a10005", "Products", "multiselect", options("Editor", "Designer", "Analyst")),
    field("2c0c8e5a-7f0b-43f2-8d1b-6a1de9a10006", "Renew Yearly", "checkbox", { defaultValue: false }),
    priorityField,
    statusField,
  ],
};
export const TYPES: readonly Type[] = [HARDWARE, SOFTWARE];

export const OFFERS: readonly Offer[] = [
  { id: "23629", name: "New laptop", item_type: "16910", team: "james" },
  { id: "23630", name: "Second monitor", item_type: "16910", team: "james" },
  { id: "23700", name: "Software licence", item_type: "16911", team: "it" },
];
export const TEAMS: readonly string[] = ["hr", "it", "james"];

export const USERS = [
  {
    id: "u-1",
    username: "jane",
    firstName: "Jane",
    lastName: "Doe",
    email: "user@example.com",
    teams: ["james", "it"],
  },
  { id: "u-2", username: "omar", firstName: "Omar", lastName: "Sy", email: "omar@example.com", teams: ["it"] },
  { id: "u-3", username: "lena", firstName: "Lena", lastName: "Ek", email: "lena@example.com", teams: ["james"] },
  { id: "u-4", username: "kofi", firstName: "Kofi", lastName: "Mensah", email: "kofi@example.com", teams: ["james"] },
];
