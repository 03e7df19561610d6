import { JqlError, syntaxError } from "./jql-error.js";
import { tokensOf, type Token } from "./tokens.js";

export type Operator = "=" | "!=" | "<" | ">" | "<=" | ">=" | "~" | "!~" | "in" | "not in" | "is" | "is not";

/** A value in a query: a text, a function's call, or EMPTY. */
export type Operand =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "function"; readonly name: string; readonly given: readonly string[] }
  | { readonly kind: "empty" };
export interface Clause {
  readonly kind: "clause";
  readonly field: string;
  readonly operator: Operator;
  readonly operands: readonly Operand[];
}
export type Condition =
  | Clause
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition };
export interface Order {
  readonly field: string;
  readonly descending: boolean;
}
export interface Query {
  /** Undefined where the query restricts nothing. */
  readonly where?: Condition;
  readonly order: readonly Order[];
}

const SIGNS: ReadonlySet<string> = new Set(["=", "!=", "<", ">", "<=", ">=", "~", "!~"]);
const OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'";
const NO_VALUES: ReadonlySet<string> = new Set(["and", "or", "not", "in", "is", "order", "by"]);

/** Reads a query: https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/. Throws a JqlError. */
export function parseJql(jql: string): Query {
  const tokens = tokensOf(jql);
  let next = 0;
  const peek = (offset = 0): Token | undefined => tokens[next + offset];
  const isWord = (word: string, offset = 0): boolean => {
    const token = peek(offset);
    return token?.kind === "word" && token.value.toLowerCase() === word;
  };
  const isSign = (...signs: readonly string[]): boolean => {
    const token = peek();
    return token?.kind === "sign" && signs.includes(token.value);
  };
  const fail = (expected: string, advice = ""): Error => {
    const token = peek();
    if (!token) return new JqlError(`Error in the JQL Query: ${expected} before the end of the query.`);
    return syntaxError(jql, token.at, `${expected} but got '${token.value}'.${advice}`);
  };

  const condition = (): Condition => {
    const parts = [both()];
    while (isWord("or") || isSign("|", "||")) {
      next += 1;
      parts.push(both());
    }
    return parts.length === 1 ? (parts[0] as Condition) : { kind: "or", parts };
  };
  const both = (): Condition => {
    const parts = [one()];
    while (isWord("and") || isSign("&", "&&")) {
      next += 1;
      parts.push(one());
    }
    return parts.length === 1 ? (parts[0] as Condition) : { kind: "and", parts };
  };
  const one = (): Condition => {
    if (isWord("not") || isSign("!")) {
      next += 1;
      return { kind: "not", part: one() };
    }
    if (!isSign("(")) return clause();
    next += 1;
    const inner = condition();
    if (!isSign(")")) throw fail("Expecting ')'");
    next += 1;
    return inner;
  };
  const name = (): string => {
    const token = peek();
    if (!token || token.kind === "sign") throw fail("Expecting a field name");
    if (token.kind === "word" && NO_VALUES.has(token.value.toLowerCase())) throw reservedWord(token);
    next += 1;
    return token.value;
  };
  const clause = (): Clause => {
    const field = name();
    const operator = readOperator();
    const isList = operator === "in" || operator === "not in";
    return { kind: "clause", field, operator, operands: isList ? list() : [operand()] };
  };
  const readOperator = (): Operator => {
    const token = peek();
    if (token?.kind === "sign" && SIGNS.has(token.value)) {
      next += 1;
      return token.value as Operator;
    }
    for (const [words, operator] of [
      [["not", "in"], "not in"],
      [["in"], "in"],
      [["is", "not"], "is not"],
      [["is"], "is"],
    ] as const)
      if (words.every((word, offset) => isWord(word, offset))) {
        next += words.length;
        return operator;
      }
    throw fail("Expecting operator", ` The valid operators are ${OPERATORS}.`);
  };
  const operand = (): Operand => {
    const token = peek();
    if (!token || token.kind === "sign")
      throw fail(
        "Expecting either a value, list or function",
        ` You must surround '${token?.value}' in quotation marks to use it as a value.`,
      );
    if (token.kind === "word" && NO_VALUES.has(token.value.toLowerCase())) throw reservedWord(token);
    next += 1;
    if (token.kind === "text") return { kind: "text", text: token.value };
    if (/^(empty|null)$/i.test(token.value)) return { kind: "empty" };
    if (!isSign("(")) return { kind: "text", text: token.value };
    const given = isEmptyList() ? [] : list();
    return { kind: "function", name: token.value, given: given.map((one) => (one.kind === "text" ? one.text : "")) };
  };
  const isEmptyList = (): boolean => {
    const isEmpty = peek(1)?.kind === "sign" && peek(1)?.value === ")";
    if (isEmpty) next += 2;
    return isEmpty;
  };
  const list = (): readonly Operand[] => {
    if (!isSign("(")) return [operand()];
    const operands: Operand[] = [];
    do {
      next += 1;
      operands.push(operand());
    } while (isSign(","));
    if (!isSign(")")) throw fail("Expecting ')'");
    next += 1;
    return operands;
  };
  const reservedWord = (token: Token): Error =>
    syntaxError(
      jql,
      token.at,
      `'${token.value}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`,
    );

  const isOrdered = (): boolean => isWord("order") && isWord("by", 1);
  const where = peek() === undefined || isOrdered() ? undefined : condition();
  const order: Order[] = [];
  if (isOrdered()) {
    next += 1;
    do {
      next += 1;
      const field = name();
      const descending = isWord("desc");
      if (descending || isWord("asc")) next += 1;
      order.push({ field, descending });
    } while (isSign(","));
  }
  if (peek()) throw fail(order.length > 0 ? "Expecting ',' or the end of the query" : "Expecting either 'OR' or 'AND'");
  return { order, ...(where && { where }) };
}
