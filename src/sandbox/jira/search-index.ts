import type { Issue } from "./issue.js";

/**
 * What a search sees: issues as they were `lagMs` ago, since Jira's index is eventually consistent.
 * https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/
 */
export interface SearchIndex {
  /** Notes that an issue has changed; undefined where it is gone. */
  note(id: number, issue: Issue | undefined): void;
  /** Another number whenever something else can be found. */
  version(): number;
  /** All issues that can be found now. */
  issues(): Iterable<Issue>;
  setLag(lagMs: number): void;
  /** Lets everything that was noted so far be found. */
  showAll(): void;
  clear(): void;
}

/** An empty index by the clock `now` (milliseconds). */
export function openSearchIndex(now: () => number, firstLagMs: number): SearchIndex {
  const visible = new Map<number, Issue>();
  const waiting: { id: number; issue: Issue | undefined; at: number }[] = [];
  let lagMs = firstLagMs;
  let version = 0;
  const show = (id: number, issue: Issue | undefined): void => {
    version += 1;
    if (issue) visible.set(id, issue);
    else visible.delete(id);
  };
  const showFirst = (count: number): void => {
    for (const { id, issue } of waiting.splice(0, count)) show(id, issue);
  };
  const catchUp = (): void => {
    const until = now() - lagMs;
    const later = waiting.findIndex(({ at }) => at > until);
    showFirst(later === -1 ? waiting.length : later);
  };
  return {
    note(id, issue) {
      waiting.push({ id, issue, at: now() });
      catchUp();
    },
    version() {
      catchUp();
      return version;
    },
    issues() {
      catchUp();
      return visible.values();
    },
    showAll: () => showFirst(waiting.length),
    setLag: (ms) => void (lagMs = ms),
    clear() {
      version += 1;
      visible.clear();
      waiting.length = 0;
    },
  };
}
