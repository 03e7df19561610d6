import { syntaxError } from "./jql-error.js";

/** A piece of a query: a sign, a bare word or a text in quotation marks. */
export interface Token {
  readonly kind: "sign" | "word" | "text";
  readonly value: string;
  readonly at: number;
}

const SIGN = /!=|!~|<=|>=|[=<>~(),]|&&|\|\||&|\||!/y;
const SPACE = /\s+/y;
// What else is a sign is reserved: https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/
const WORD = /(?:[^\s=!<>~(),"'&|\\?*/#{};$%^@+:.]|\\u[\da-fA-F]{4}|\\[\\"' tnr])+/y;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r" };

/** Takes a query apart; throws a JqlError for what can't be part of one. */
export function tokensOf(jql: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const eat = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(jql)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < jql.length) {
    const start = at;
    if (eat(SPACE) !== undefined) continue;
    const quote = jql[at];
    if (quote === '"' || quote === "'") {
      const value = quoted(jql, at);
      at = value.end;
      tokens.push({ kind: "text", value: value.text, at: start });
      continue;
    }
    const sign = eat(SIGN);
    if (sign !== undefined) {
      tokens.push({ kind: "sign", value: sign, at: start });
      continue;
    }
    const word = eat(WORD);
    if (word === undefined) throw reserved(jql, at);
    tokens.push({ kind: "word", value: unescaped(jql, start, word), at: start });
  }
  return tokens;
}

function quoted(jql: string, start: number): { readonly text: string; readonly end: number } {
  const quote = jql[start];
  let end = start + 1;
  while (end < jql.length && jql[end] !== quote) end += jql[end] === "\\" ? 2 : 1;
  const raw = jql.slice(start + 1, end);
  if (end >= jql.length) throw syntaxError(jql, start, `The quoted string '${raw}' has not been completed.`);
  return { text: unescaped(jql, start, raw), end: end + 1 };
}

function unescaped(jql: string, at: number, raw: string): string {
  return raw.replace(/\\(u[\da-fA-F]{4}|.?)/gs, (whole, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (["\\", '"', "'", " "].includes(code)) return code;
    const found = ESCAPES[code];
    if (found !== undefined) return found;
    throw syntaxError(
      jql,
      at,
      `'${whole}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX.`,
    );
  });
}

function reserved(jql: string, at: number): Error {
  const code = jql.charCodeAt(at).toString(16).padStart(4, "0");
  return syntaxError(
    jql,
    at,
    `The character '${jql[at]}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${code}' instead.`,
  );
}
