import type { Answer, Request } from "../answer.js";
import type { Random } from "../random.js";
import type { Route } from "../router.js";
import type { View } from "./render-issue.js";
import type { JiraState } from "./state.js";

/** What every endpoint works on. Time and chance come from outside. */
export interface Site {
  readonly state: JiraState;
  readonly now: () => number;
  readonly random: Random;
  readonly rights: Rights;
}

/** In which projects, by key, the account may do what; null: in all. */
export interface Rights {
  browse: readonly string[] | null;
  create: readonly string[] | null;
}

/** Whether a right holds in a project. */
export function holds(right: readonly string[] | null, key: string): boolean {
  return right === null || right.includes(key);
}

/** An operation of Jira. */
export interface JiraRoute extends Route {
  /** What somebody without credentials gets: 401 unless told; "same" where it is what everybody gets. */
  readonly anonymous?: "same" | ((request: Request) => Answer);
}

/** The site as this request sees it. */
export function viewOf(site: Site, request: Request): View {
  return { base: request.base, state: site.state };
}

/** A number in the query; `otherwise` where there is none or it isn't one. */
export function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : otherwise;
}

/** A page of a list by `startAt` and `maxResults`, which is brought between 1 and `most`. */
export function pageOf<T>(
  query: URLSearchParams,
  items: readonly T[],
  { most, otherwise }: { most: number; otherwise: number },
): { readonly startAt: number; readonly maxResults: number; readonly total: number; readonly items: readonly T[] } {
  const startAt = Math.max(0, numberIn(query, "startAt", 0));
  const maxResults = Math.min(most, Math.max(1, numberIn(query, "maxResults", otherwise)));
  return { startAt, maxResults, total: items.length, items: items.slice(startAt, startAt + maxResults) };
}

/** A page in the form that most of Jira's lists have. */
export function valuesPage<T>(
  request: Request,
  items: readonly T[],
  sizes: { most: number; otherwise: number },
  render: (item: T) => unknown,
): Answer {
  const page = pageOf(request.query, items, sizes);
  const end = page.startAt + page.items.length;
  const link = (startAt: number): string => {
    const query = new URLSearchParams(request.query);
    query.set("startAt", String(startAt));
    query.set("maxResults", String(page.maxResults));
    return `${request.base}${request.path}?${query}`;
  };
  return {
    status: 200,
    body: {
      self: link(page.startAt),
      ...(end < page.total && { nextPage: link(end) }),
      maxResults: page.maxResults,
      startAt: page.startAt,
      total: page.total,
      isLast: end >= page.total,
      values: page.items.map(render),
    },
  };
}
