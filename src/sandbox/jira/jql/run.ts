import type { Issue } from "../issue.js";
import { fieldOf, type ClauseField } from "./clause-fields.js";
import { JqlError } from "./jql-error.js";
import { orderOf } from "./order.js";
import type { Clause, Condition, Operator, Query } from "./parse.js";
import { valueTest, type Setting, type Test } from "./value-test.js";

const OPPOSITES: Readonly<Record<Operator, Operator>> = {
  "=": "!=",
  "!=": "=",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  "~": "!~",
  "!~": "~",
  in: "not in",
  "not in": "in",
  is: "is not",
  "is not": "is",
};

// NOT turns the operators around, so that what is empty stays out, as in Jira.
function compile(condition: Condition, negated: boolean, setting: Setting): Test {
  if (condition.kind === "not") return compile(condition.part, !negated, setting);
  if (condition.kind === "clause")
    return clauseTest(negated ? { ...condition, operator: OPPOSITES[condition.operator] } : condition, setting);
  const tests = condition.parts.map((part) => compile(part, negated, setting));
  const isAnd = (condition.kind === "and") !== negated;
  return isAnd ? (issue) => tests.every((test) => test(issue)) : (issue) => tests.some((test) => test(issue));
}

function clauseTest(clause: Clause, setting: Setting): Test {
  const field = fieldOf(clause.field);
  const { operator, operands } = clause;
  const emptiness = operands.some(({ kind }) => kind === "empty");
  if (operator === "is" || operator === "is not") {
    if (!emptiness)
      throw new JqlError(
        `The operator '${operator}' is only supported with EMPTY or NULL for the '${field.name}' field.`,
      );
    return operator === "is" ? (issue) => isEmpty(field, issue) : (issue) => !isEmpty(field, issue);
  }
  if (emptiness && (operator === "=" || operator === "!="))
    return operator === "=" ? (issue) => isEmpty(field, issue) : (issue) => !isEmpty(field, issue);
  const values = operands.filter(({ kind }) => kind !== "empty");
  const test = valueTest(field, operator, values, setting);
  if (!emptiness) return test;
  return operator === "in"
    ? (issue) => isEmpty(field, issue) || test(issue)
    : (issue) => !isEmpty(field, issue) && test(issue);
}

function isEmpty(field: ClauseField, issue: Issue): boolean {
  const value = field.of(issue);
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** All issues that a query finds among these, in its order; throws a JqlError where a field or value isn't there. */
export function findIssues(query: Query, issues: Iterable<Issue>, setting: Setting): readonly Issue[] {
  const test: Test = query.where ? compile(query.where, false, setting) : () => true;
  const compare = orderOf(query.order);
  return [...issues].filter(test).sort(compare);
}
