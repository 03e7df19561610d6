import type { Issue } from "../issue.js";
import { fieldOf, rankOf, type ClauseField } from "./clause-fields.js";
import type { Order } from "./parse.js";

/** Compares issues as the query's ORDER BY says; the newest first where it says nothing. */
export function orderOf(order: readonly Order[]): (a: Issue, b: Issue) => number {
  const rules = order.map(({ field, descending }) => ({ key: sortKey(fieldOf(field)), sign: descending ? -1 : 1 }));
  return (a, b) => {
    for (const { key, sign } of rules) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left === null ? 1 : right === null ? -1 : left < right ? -sign : sign;
    }
    return b.id - a.id;
  };
}

function sortKey(field: ClauseField): (issue: Issue) => string | number | null {
  if (field.sort !== "things") return (issue) => field.of(issue);
  return (issue) => rankOf(field, issue) ?? field.of(issue)[0] ?? null;
}
