/** A Jira project as Leen shows it. */
export interface Project {
  /** Leen's own id; a project that it has not synced yet has none. */
  readonly id: string | null;
  readonly key: string;
  readonly name: string;
  readonly types: readonly { readonly id: string; readonly name: string }[];
  /** Whether the list of projects brings the types along. */
  readonly embedsTypes: boolean;
}
export interface Person {
  readonly id: string | null;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
}
export interface Ticket {
  /** Leen's own id; null until it has synced the ticket. */
  id: string | null;
  readonly key: string;
  readonly number: number;
  readonly project: Project;
  readonly typeId: string;
  readonly typeName: string;
  name: string;
  description: string | null;
  status: string;
  priority: string | null;
  assignee: Person | null;
  readonly parent: Ticket | null;
  readonly identifier: string | null;
  readonly createdAt: number;
  updatedAt: number;
  statusUpdatedAt: number;
}
interface Job {
  readonly id: string;
  readonly endsAt: number;
  readonly results: readonly JobResult[];
}
export interface JobResult {
  readonly success: boolean;
  readonly error: string | null;
  readonly request_index: number;
  readonly identifier?: string | null;
  readonly ticket_id?: string | null;
}

/** What Leen holds of one connection. */
export interface LeenState {
  readonly projects: readonly Project[];
  readonly people: readonly Person[];
  readonly tickets: Ticket[];
  readonly jobs: Map<string, Job>;
  /** Leen's own ids for what has none. */
  nextId(): string;
  nextKey(project: Project): { readonly key: string; readonly number: number };
  /** What the next sync of the connector would do: every ticket gets Leen's id. */
  sync(): void;
  clear(): void;
}

/** A UUID that is the same at each start. */
export function uuid(kind: number, n: number): string {
  return `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

export const STATUSES = ["TODO", "IN_PROGRESS", "IN_REVIEW", "RESOLVED", "CLOSED"];
export const PRIORITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"];

const TYPES = [
  { id: "10034", name: "Task" },
  { id: "10035", name: "Bug" },
  { id: "10036", name: "Story" },
  { id: "10037", name: "Sub-task" },
];
const PROJECTS: readonly Project[] = [
  { id: "3c90c3cc-0d44-4b50-8888-8dd25736052a", key: "SEC", name: "Security", types: TYPES, embedsTypes: true },
  { id: uuid(1, 2), key: "INFRA", name: "Infrastructure", types: TYPES.slice(0, 2), embedsTypes: false },
  { id: null, key: "PROJ", name: "Project of Today", types: TYPES, embedsTypes: false },
];
const NAMES = ["Ana Duarte", "Bo Lindqvist", "Chidi Okafor", "Dana Weiss", "Emi Tanaka", "Farid Haddad"];
const PEOPLE: readonly Person[] = NAMES.map((name, n) => ({
  id: n === 5 ? null : uuid(2, n + 1),
  accountId: `5b10a2844c20165700ede2${n}g`,
  name,
  email: `${(name.split(" ")[0] ?? "").toLowerCase()}@acme.example`,
}));

export function openState(): LeenState {
  const tickets: Ticket[] = [];
  const jobs = new Map<string, Job>();
  let ids = 0;
  const numbers = new Map<string, number>();
  const state: LeenState = {
    projects: PROJECTS,
    people: PEOPLE,
    tickets,
    jobs,
    nextId: () => uuid(3, (ids += 1)),
    nextKey({ key }) {
      const number = (numbers.get(key) ?? 0) + 1;
      numbers.set(key, number);
      return { key: `${key}-${number}`, number };
    },
    sync() {
      for (const ticket of tickets) ticket.id ??= state.nextId();
    },
    clear() {
      tickets.length = 0;
      jobs.clear();
      numbers.clear();
      ids = 0;
    },
  };
  return state;
}

const STORIES: readonly [
  project: number,
  type: number,
  name: string,
  status: string,
  priority: string | null,
  assignee: number | null,
][] = [
  [0, 1, "CVE-2024-1234 in the payment service", "IN_PROGRESS", "CRITICAL", 0],
  [0, 0, "Rotate the signing keys", "TODO", "HIGH", 1],
  [0, 2, "Two factors for every administrator", "IN_REVIEW", "MEDIUM", 2],
  [1, 0, "Move the build machines", "TODO", "LOW", 3],
  [1, 1, "Disk of db-3 fills up", "RESOLVED", "HIGH", 4],
  [0, 1, "Secrets in a log of the gateway", "CLOSED", "INFORMATIONAL", null],
];

/** Some tickets to look at, made an hour apart before `now`. */
export function seed(state: LeenState, now: number, count = STORIES.length): void {
  for (let n = 0; n < count; n += 1) {
    const story = STORIES[n % STORIES.length] as (typeof STORIES)[number];
    const [project, type, name, status, priority, assignee] = story;
    const where = PROJECTS[project] as Project;
    const { id: typeId, name: typeName } = TYPES[type] as (typeof TYPES)[number];
    const at = now - (count - n) * 3_600_000;
    state.tickets.push({
      id: state.nextId(),
      ...state.nextKey(where),
      project: where,
      typeId,
      typeName,
      name: n < STORIES.length ? name : `${name} (${n})`,
      description: `It was found by a **scan**.\n\n- first seen ${new Date(at).toISOString().slice(0, 10)}`,
      status,
      priority,
      assignee: assignee === null ? null : (PEOPLE[assignee] as Person),
      parent: null,
      identifier: n === 0 ? "VULN-CVE-2024-1234" : null,
      createdAt: at,
      updatedAt: at,
      statusUpdatedAt: at,
    });
  }
}
