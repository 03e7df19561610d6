import type { JsonObject } from "../json.js";

export interface Ticket {
  readonly id: string;
  readonly number: string;
  title: string;
  readonly creatorId: string | null;
  reporters: readonly string[];
  assignees: readonly string[];
  content: readonly JsonObject[];
  parentId: string | null;
  priority: JsonObject | null;
  tags: readonly string[];
  projectId: string | null;
  readonly collections: readonly string[];
  componentIds: readonly string[];
  readonly typeId: string | null;
  statusId: string;
  /** A word that StackOne doesn't map, as the system behind says it. */
  strangeStatus?: string;
  readonly organizationId: string | null;
  custom: JsonObject;
  readonly createdAt: number;
  updatedAt: number;
}
export interface Named {
  readonly id: string;
  readonly name: string;
}

export const PROJECTS: readonly (Named & {
  readonly types: readonly string[];
  readonly components: readonly Named[];
})[] = [
  {
    id: "project-001",
    name: "Helpdesk",
    types: ["ticket-type-001", "ticket-type-002"],
    components: [
      { id: "component-001", name: "Mail" },
      { id: "component-002", name: "Printers" },
    ],
  },
  { id: "project-002", name: "Facilities", types: ["ticket-type-001"], components: [] },
  { id: "project-003", name: "People", types: ["ticket-type-001", "ticket-type-003"], components: [] },
];
export const TYPES: readonly Named[] = [
  { id: "ticket-type-001", name: "Incident" },
  { id: "ticket-type-002", name: "Service Request" },
  { id: "ticket-type-003", name: "Question" },
];
export const USERS = ["Ada Byron", "Ben Okri", "Cleo Park", "Dov Stern", "Elif Kaya", "Fay Weldon", "Gus Lind"].map(
  (name, n) => ({
    id: `user-00${n + 1}`,
    name,
    email: `${(name.split(" ")[0] ?? "").toLowerCase()}@acme.example`,
    active: n !== 6,
  }),
);
export const ORGANIZATIONS: readonly Named[] = [{ id: "organization-001", name: "Acme" }];
export const COLLECTIONS: readonly Named[] = [
  { id: "collection-001", name: "Hardware" },
  { id: "collection-002", name: "Software" },
];
export const STATUSES = [
  { id: "status-001", name: "New", value: "to-do" },
  { id: "status-002", name: "Working on it", value: "in-progress" },
  { id: "status-003", name: "Solved", value: "closed" },
];
/** What StackOne makes of the priorities of the system behind. */
export const PRIORITIES = [
  { id: "000", value: "low", source_value: "Low" },
  { id: "001", value: "medium", source_value: "Normal" },
  { id: "002", value: "high", source_value: "High" },
  { id: "003", value: "highest", source_value: "Burning" },
];

/** What StackOne shows of one linked account. */
export interface StackOneState {
  readonly tickets: Ticket[];
  readonly comments: Map<string, readonly JsonObject[]>;
  readonly attachments: Map<string, readonly JsonObject[]>;
  add(ticket: Omit<Ticket, "id" | "number">): Ticket;
  clear(): void;
}

export function openState(): StackOneState {
  const tickets: Ticket[] = [];
  const comments = new Map<string, readonly JsonObject[]>();
  const attachments = new Map<string, readonly JsonObject[]>();
  let last = 0;
  return {
    tickets,
    comments,
    attachments,
    add(ticket) {
      last += 1;
      const made = { ...ticket, id: `ticket-${String(last).padStart(3, "0")}`, number: `HD-${last}` };
      tickets.push(made);
      return made;
    },
    clear() {
      tickets.length = 0;
      comments.clear();
      attachments.clear();
      last = 0;
    },
  };
}

const STORIES: readonly [title: string, status: number, priority: number, tags: readonly string[]][] = [
  ["The mail doesn't arrive", 1, 2, ["mail"]],
  ["New desk for the corner room", 0, 0, []],
  ["Printer on the second floor is out of paper, again", 2, 1, ["printer", "paper"]],
  ["Can't sign in after the holidays", 0, 3, []],
  ["Please add me to the list", 0, 1, ["list"]],
];

/** Some tickets to look at, made an hour apart before `now`. */
export function seed(state: StackOneState, now: number, count = STORIES.length): void {
  for (let n = 0; n < count; n += 1) {
    const [title, status, priority, tags] = STORIES[n % STORIES.length] as (typeof STORIES)[number];
    const at = now - (count - n) * 3_600_000;
    const text = `${title}. Since this morning.`;
    const ticket = state.add({
      title: n < STORIES.length ? title : `${title} (${n})`,
      creatorId: "user-001",
      reporters: ["user-001"],
      assignees: n % 2 === 0 ? ["user-002", "user-003"] : [],
      content: [{ plain: text, html: `<p>${text}</p>` }],
      parentId: null,
      priority: PRIORITIES[priority] as JsonObject,
      tags,
      projectId: PROJECTS[n % 2]?.id ?? null,
      collections: [],
      componentIds: [],
      typeId: "ticket-type-001",
      statusId: STATUSES[status]?.id ?? "",
      organizationId: "organization-001",
      custom: {},
      createdAt: at,
      updatedAt: at,
    });
    if (n === 0) tell(state, ticket, at);
  }
}

function tell(state: StackOneState, { id }: Ticket, at: number): void {
  const moment = (n: number): string => new Date(at + n * 60_000).toISOString();
  const said = ["Have you tried turning it off and on?", "Twice.", "Then it is the **server**."];
  state.comments.set(
    id,
    said.map((plain, n) => ({
      id: `comment-00${n + 1}`,
      remote_id: `${9_000 + n}`,
      ticket_id: id,
      user_id: `user-00${(n % 2) + 1}`,
      internal: false,
      content: [{ plain, html: `<p>${plain}</p>` }],
      created_at: moment(n),
      updated_at: moment(n),
    })),
  );
  state.attachments.set(id, [
    {
      id: "attachment-001",
      remote_id: "8000",
      ticket_id: id,
      user_id: "user-001",
      file_name: "screenshot.png",
      file_format: { value: "png", source_value: "image/png" },
      file_url: "https://acme.example/files/screenshot.png",
      size: 12_345,
      created_at: moment(0),
      updated_at: moment(0),
    },
  ]);
}
