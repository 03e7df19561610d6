import { FAULT_KINDS, matcherOf, type FaultKind, type FaultRule } from "./faults.js";
import { isObject, type JsonObject } from "./json.js";

type Part = Exclude<keyof FaultRule, "kind">;
/** What a part of a rule must be, as a test and in words. */
type Check = readonly [fits: (value: unknown) => boolean, takes: string];

const isNumber = (value: unknown): value is number => typeof value === "number" && value >= 0;
const isShare = (value: unknown): boolean => isNumber(value) && value <= 1;
const chance: Check = [isShare, "a number from 0 to 1"];
const number: Check = [isNumber, "a number that isn't negative"];

const CHECKS: Readonly<Record<Part, Check>> = {
  operation: [isOperation, "a string: a name, a path, or a pattern between slashes"],
  times: number,
  probability: chance,
  after: number,
  delayMs: number,
  retryAfter: [(value) => value === "date" || isNumber(value), 'a number of seconds or "date"'],
  status: [(value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599, "a status, 200 to 599"],
  done: [(value) => typeof value === "boolean", "true or false"],
  share: chance,
  bytes: number,
  headers: [isHeaders, "an object of strings"],
};

/** A rule that came over the wire, or a sentence that says what is wrong with it. */
export function readFaultRule(value: unknown): FaultRule | string {
  if (!isObject(value)) return "A fault rule is a JSON object with a kind.";
  const { kind, ...parts } = value;
  if (!isKind(kind))
    return `There is no fault of kind ${JSON.stringify(kind)}. Kinds: ${Object.keys(FAULT_KINDS).join(", ")}.`;
  for (const [name, part] of Object.entries(parts)) {
    if (!isPart(name)) return `A fault rule has no ${name}. It has: kind, ${Object.keys(CHECKS).join(", ")}.`;
    const [fits, takes] = CHECKS[name];
    if (!fits(part)) return `${name} takes ${takes}.`;
  }
  return { ...(parts as Omit<FaultRule, "kind">), kind };
}

function isKind(value: unknown): value is FaultKind {
  return typeof value === "string" && Object.hasOwn(FAULT_KINDS, value);
}

function isPart(name: string): name is Part {
  return Object.hasOwn(CHECKS, name);
}

function isOperation(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    matcherOf(value);
    return true;
  } catch {
    return false;
  }
}

function isHeaders(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every((header) => typeof header === "string");
}
