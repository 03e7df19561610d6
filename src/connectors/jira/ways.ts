import type { StatusCategory, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { Memory } from "../memory.js";
import { jqlAll } from "./jql.js";
import { categoryOfKey } from "./map.js";
import { isSameStatus } from "./transitions.js";
import { SearchResult, Transitions } from "./wire.js";

/** A step that a ticket can make, and what its screen demands. */
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly to: string;
  readonly category: StatusCategory;
  readonly demands: readonly { readonly id: string; readonly name: string }[];
  /** All fields of its screen. */
  readonly screen: ReadonlySet<string>;
}

/** Where a ticket is to go: to a status, or to any of a category. */
export type Goal = { readonly status: string } | { readonly category: StatusCategory };

/** The steps that lead there, in order; or, where none are known, the statuses that can be reached at once. */
type Route =
  | { readonly steps: readonly Step[]; readonly reachable?: never }
  | { readonly steps?: never; readonly reachable: readonly string[] };

/** A ticket's place in the workflow of its kind. */
interface Standpoint {
  readonly issueId: VendorId;
  readonly projectId: VendorId;
  readonly typeId: VendorId;
  readonly status: string;
  readonly category: StatusCategory;
}

/** What has been asked already, and whether a ticket may take another's first steps for its own, where both stand alike. */
interface Asking {
  readonly once: Memory;
  readonly isShared: boolean;
}

/** Through how many statuses a route leads at most. */
const HOPS_MAX = 5;

/**
 * The shortest way through a workflow. Jira tells only the steps from where a ticket stands; those from further statuses are
 * asked of another ticket of the same kind that stands there, and remembered by `once`. Nothing is moved before the whole way
 * is known. Throws VendorError.
 */
export async function findRoute(
  http: Http,
  from: Standpoint,
  goal: Goal,
  { once, isShared }: Asking,
  call: Call,
): Promise<Route> {
  if (isThere(goal, from.status, from.category)) return { steps: [] };
  const own = (): Promise<readonly Step[]> => stepsFrom(http, from.issueId, call);
  const first = isShared ? await once(place(from, from.status), own) : await own();
  const seen = new Set([from.status.toLowerCase()]);
  let edge: readonly (readonly Step[])[] = first.map((step) => [step]);
  for (let hops = 1; hops <= HOPS_MAX && edge.length > 0; hops += 1) {
    const arrived = edge.find((route) => isThere(goal, last(route).to, last(route).category));
    if (arrived) return { steps: arrived };
    const fresh = edge.filter((route) => {
      const word = last(route).to.toLowerCase();
      return !seen.has(word) && seen.add(word);
    });
    const further = await Promise.all(
      fresh.map(async (route) => {
        const { to } = last(route);
        // Tickets of one kind that go together ask this once.
        const steps = await once(place(from, to), async () => {
          const other = await ticketIn(http, from, to, call);
          return other === undefined ? [] : stepsFrom(http, other, call);
        });
        return steps.map((step) => [...route, step]);
      }),
    );
    edge = further.flat();
  }
  // What another ticket that stands alike can't do, this one perhaps can: some ways are open only under a condition.
  if (isShared) return findRoute(http, from, goal, { once, isShared: false }, call);
  return { reachable: [...new Set(first.map(({ to }) => to))] };
}

function place({ projectId, typeId }: Standpoint, status: string): string {
  return JSON.stringify([projectId, typeId, status]);
}

function isThere(goal: Goal, status: string, category: StatusCategory): boolean {
  return "status" in goal ? isSameStatus(goal.status, status) : goal.category === category;
}

function last(route: readonly Step[]): Step {
  return route.at(-1) as Step;
}

async function stepsFrom(http: Http, issueId: VendorId, call: Call): Promise<readonly Step[]> {
  const { transitions } = await http.send(
    {
      operation: "issue.transitions",
      kind: "read",
      method: "GET",
      path: ["rest", "api", "3", "issue", issueId, "transitions"],
      query: { expand: "transitions.fields" },
      parse: (body) => Transitions.parse(body),
    },
    call,
  );
  return transitions
    .filter(({ isAvailable }) => isAvailable !== false)
    .map(({ id, name, to, fields }) => ({
      id,
      name: name ?? to.name,
      to: to.name,
      category: categoryOfKey(to.statusCategory?.key),
      demands: Object.entries(fields ?? {})
        .filter(([, field]) => field.required && !field.hasDefaultValue)
        .map(([fieldId, field]) => ({ id: fieldId, name: field.name ?? fieldId })),
      screen: new Set(Object.keys(fields ?? {})),
    }));
}

/** Another ticket of the kind that stands in this status; undefined where there is none. */
async function ticketIn(
  http: Http,
  { projectId, typeId }: Standpoint,
  status: string,
  call: Call,
): Promise<VendorId | undefined> {
  const jql = jqlAll({ project: projectId, issuetype: typeId, status }, "created DESC");
  const { issues } = await http.send(
    {
      operation: "search.jql",
      kind: "read",
      method: "POST",
      path: ["rest", "api", "3", "search", "jql"],
      body: { jql, maxResults: 1, fields: ["status"] },
      parse: (body) => SearchResult.parse(body),
    },
    call,
  );
  return issues[0]?.id;
}
