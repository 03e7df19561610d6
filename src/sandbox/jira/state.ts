import type { Issue, IssueContent } from "./issue.js";
import { openSearchIndex, type SearchIndex } from "./search-index.js";
import { findProject, projectOf } from "./site/projects.js";

/** Everything that the site holds and that can change. */
export interface JiraState {
  readonly size: number;
  readonly index: SearchIndex;
  /** By id, key or a key it had before it was moved; upper and lower case are one. */
  find(idOrKey: string): Issue | undefined;
  byId(id: number): Issue | undefined;
  all(): Iterable<Issue>;
  /** Gives a new issue its id and key. */
  add(projectId: string, content: IssueContent, rest: NewIssue): Issue;
  /** Puts a changed issue in the place of the one with its id. */
  put(issue: Issue): Issue;
  remove(id: number): void;
  childrenOf(id: number): readonly Issue[];
  /** Moves an issue to another project, where it gets a new key; the old key still finds it. */
  move(idOrKey: string, projectKey: string): Issue;
  nextCommentId(): number;
  nextAttachmentId(): number;
  clear(): void;
}
type NewIssue = Omit<Issue, keyof IssueContent | "id" | "key" | "projectId">;

/** A site without issues. */
export function openState(now: () => number, indexLagMs: number): JiraState {
  const issues = new Map<number, Issue>();
  const idByKey = new Map<string, number>();
  const children = new Map<number, Set<number>>();
  const index = openSearchIndex(now, indexLagMs);
  let lastId = 10_000;
  let lastCommentId = 10_000;
  let lastAttachmentId = 20_000;
  const lastNumber = new Map<string, number>();
  const nextKey = (projectId: string): string => {
    const number = (lastNumber.get(projectId) ?? 0) + 1;
    lastNumber.set(projectId, number);
    return `${projectOf(projectId).key}-${number}`;
  };
  const put = (issue: Issue): Issue => {
    const before = issues.get(issue.id);
    if (before?.parentId !== issue.parentId) {
      if (before && before.parentId !== null) children.get(before.parentId)?.delete(issue.id);
      if (issue.parentId !== null)
        children.set(issue.parentId, (children.get(issue.parentId) ?? new Set()).add(issue.id));
    }
    issues.set(issue.id, issue);
    idByKey.set(issue.key, issue.id);
    index.note(issue.id, issue);
    return issue;
  };
  const find = (idOrKey: string): Issue | undefined => {
    const id = /^\d+$/.test(idOrKey) ? Number(idOrKey) : idByKey.get(idOrKey.toUpperCase());
    return id === undefined ? undefined : issues.get(id);
  };
  return {
    get size() {
      return issues.size;
    },
    index,
    find,
    byId: (id) => issues.get(id),
    all: () => issues.values(),
    put,
    add(projectId, content, rest) {
      lastId += 1;
      return put({ ...rest, ...content, id: lastId, key: nextKey(projectId), projectId });
    },
    remove(id) {
      const issue = issues.get(id);
      if (!issue) return;
      if (issue.parentId !== null) children.get(issue.parentId)?.delete(id);
      children.delete(id);
      idByKey.delete(issue.key);
      issues.delete(id);
      index.note(id, undefined);
    },
    childrenOf: (id) => [...(children.get(id) ?? [])].flatMap((child) => issues.get(child) ?? []),
    move(idOrKey, projectKey) {
      const issue = find(idOrKey);
      const project = findProject(projectKey);
      if (!issue || !project) throw new Error(`Can't move ${idOrKey} to ${projectKey}: one of them isn't there.`);
      return put({ ...issue, projectId: project.id, key: nextKey(project.id), updated: now() });
    },
    nextCommentId: () => (lastCommentId += 1),
    nextAttachmentId: () => (lastAttachmentId += 1),
    clear() {
      issues.clear();
      idByKey.clear();
      children.clear();
      index.clear();
      lastNumber.clear();
      lastId = 10_000;
      lastCommentId = 10_000;
    },
  };
}
