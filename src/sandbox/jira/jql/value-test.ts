import type { Issue } from "../issue.js";
import type { JiraState } from "../state.js";
import { CURRENT_USER, rankOf, type ClauseField } from "./clause-fields.js";
import { readJqlTime } from "./dates.js";
import { JqlError } from "./jql-error.js";
import type { Operand, Operator } from "./parse.js";
import { containsWords } from "./words.js";

/** Whether an issue is among those that are looked for. */
export type Test = (issue: Issue) => boolean;
/** What a value in a query means now and here. */
export interface Setting {
  readonly state: JiraState;
  readonly now: number;
}

/** The test that an operator and its values put to a field of each issue; throws a JqlError where they don't fit it. */
export function valueTest(
  field: ClauseField,
  operator: Operator,
  operands: readonly Operand[],
  setting: Setting,
): Test {
  switch (field.sort) {
    case "things":
      return thingTest(field, operator, operands, setting);
    case "text":
      return textTest(field, operator, operands);
    case "number":
    case "time": {
      if (operator === "~" || operator === "!~") throw unsupported(operator, field);
      const values = operands.map((operand) =>
        field.sort === "time" ? readJqlTime(operand, field.name, setting.now) : readNumber(operand, field.name),
      );
      return numberTest(field, operator, values);
    }
  }
}

function thingTest(
  field: ClauseField & { sort: "things" },
  operator: Operator,
  operands: readonly Operand[],
  setting: Setting,
): Test {
  if (operator === "=" || operator === "!=" || operator === "in" || operator === "not in") {
    const ids = new Set(operands.map((operand) => resolved(field, operand, setting)));
    const isWanted = operator === "=" || operator === "in";
    return (issue) => {
      const values = field.of(issue);
      return values.length > 0 && values.some((id) => ids.has(id)) === isWanted;
    };
  }
  const { rank } = field;
  if (!rank || operator.includes("~")) throw unsupported(operator, field);
  const values = operands.map((operand) => rank(resolved(field, operand, setting)));
  return numberTest({ name: field.name, of: (issue) => rankOf(field, issue) }, operator, values);
}

function resolved(field: ClauseField & { sort: "things" }, operand: Operand, { state }: Setting): string {
  if (operand.kind === "function") {
    if (operand.name.toLowerCase() === "currentuser") return CURRENT_USER;
    throw new JqlError(`Unable to find JQL function '${operand.name}()'.`);
  }
  const text = operand.kind === "text" ? operand.text : "";
  const id = field.resolve(text, state);
  if (id !== undefined) return id;
  if (field.name === "key" || field.name === "parent")
    throw new JqlError(
      /^\d+$/.test(text)
        ? `A value with ID '${text}' does not exist for the field '${field.name}'.`
        : `An issue with key '${text}' does not exist for field '${field.name}'.`,
    );
  throw new JqlError(`The value '${text}' does not exist for the field '${field.name}'.`);
}

function textTest(field: ClauseField & { sort: "text" }, operator: Operator, operands: readonly Operand[]): Test {
  const [operand] = operands;
  if (operator !== "~" && operator !== "!~") throw unsupported(operator, field);
  const wanted = operand?.kind === "text" ? operand.text : "";
  if (wanted.trim() === "")
    throw new JqlError(`The field '${field.name}' does not support searching for an empty string.`);
  return (issue) => {
    const text = field.of(issue);
    return text !== null && containsWords(text, wanted) === (operator === "~");
  };
}

function numberTest(
  field: { name: string; of(issue: Issue): number | null },
  operator: Operator,
  values: readonly number[],
): Test {
  const [value = Number.NaN] = values;
  const compare: Partial<Record<Operator, (actual: number) => boolean>> = {
    "=": (actual) => actual === value,
    "!=": (actual) => actual !== value,
    "<": (actual) => actual < value,
    "<=": (actual) => actual <= value,
    ">": (actual) => actual > value,
    ">=": (actual) => actual >= value,
    in: (actual) => values.includes(actual),
    "not in": (actual) => !values.includes(actual),
  };
  const test = compare[operator];
  if (!test) throw unsupported(operator, field);
  return (issue) => {
    const actual = field.of(issue);
    return actual !== null && test(actual);
  };
}

function readNumber(operand: Operand, field: string): number {
  const text = operand.kind === "text" ? operand.text : "";
  if (!/^-?\d+(\.\d+)?$/.test(text))
    throw new JqlError(`The value '${text}' for the field '${field}' is not a number.`);
  return Number(text);
}

function unsupported(operator: Operator, { name }: { readonly name: string }): JqlError {
  return new JqlError(`The operator '${operator}' is not supported by the '${name}' field.`);
}
