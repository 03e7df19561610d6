import { z } from "zod";
import { closest } from "./suggest.js";

export type Path = readonly PropertyKey[];

/** One thing that is wrong, and where in the file. */
export interface Problem {
  readonly path: Path;
  /** Goes on after "path: ". */
  readonly message: string;
}

/** A path as people write it: `tenants[0].connections[1].credentials.apiToken`. */
export function formatPath(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

/**
 * Checks a value and tells each problem in words: what was found and what is wanted.
 * `isSecret` says of which values only the kind may be told; `otherKeys` are known keys beside the schema's own.
 */
export function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: Path,
  isSecret: (value: unknown, path: Path) => boolean,
  otherKeys: readonly string[] = [],
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value, { error: (issue) => explain(issue, isSecret, otherKeys) });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })) };
}

function explain(
  issue: z.core.$ZodRawIssue,
  isSecret: (value: unknown, path: Path) => boolean,
  otherKeys: readonly string[],
): string {
  if (issue.code === "unrecognized_keys") return explainKeys(issue.keys, [...keysOf(issue.inst), ...otherKeys]);
  if (issue.code === "invalid_union" && issue.errors.length > 0) return explainUnion(issue.errors);
  const found = describe(issue.input, isSecret(issue.input, issue.path ?? []));
  return `found ${found}, wanted ${wanted(issue)}.`;
}

function explainKeys(unknown: readonly string[], known: readonly string[]): string {
  return unknown
    .map((key) => {
      const meant = closest(key, known);
      const hint = meant === undefined ? `known are ${known.join(", ")}` : `did you mean "${meant}"?`;
      return `"${key}" is not known here; ${hint}${meant === undefined ? "." : ""}`;
    })
    .join(" ");
}

/** The form that was nearest to what was written, or all of them where none was nearer. */
function explainUnion(forms: readonly (readonly z.core.$ZodIssue[])[]): string {
  const least = Math.min(...forms.map((issues) => issues.length));
  const nearest = forms.filter((issues) => issues.length === least);
  return nearest.map((issues) => issues.map(inForm).join(" ")).join(" Or else: ");
}

function inForm({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`;
}

function describe(value: unknown, secret: boolean): string {
  if (value === undefined) return "nothing";
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (secret && value !== null) return `a ${typeof value}`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

const KINDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  array: "a list",
  object: "an object",
  boolean: "true or false",
};
const FORMATS: Readonly<Record<string, string>> = {
  url: "a web address such as https://example.com",
  email: "an e-mail address",
};

function wanted(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? `a ${issue.expected}`;
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_format":
      return (
        FORMATS[issue.format] ??
        (issue.pattern ? `a string like ${issue.pattern}` : `a string in the format ${issue.format}`)
      );
    case "too_small":
      return size("at least", issue.origin, issue.minimum);
    case "too_big":
      return size("at most", issue.origin, issue.maximum);
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
    case "custom":
      return "another value";
  }
}

function size(bound: string, origin: string, count: number | bigint): string {
  if (origin === "string") return `a string of ${bound} ${count} character${Number(count) === 1 ? "" : "s"}`;
  if (origin === "array") return `a list of ${bound} ${count}`;
  return `a number of ${bound} ${count}`;
}

function keysOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
