import type { Answer } from "../answer.js";

/** Leen's errors: type, code, message, and a list of details. https://docs.leen.dev */
export function refuse(status: number, code: string, message: string, detail: readonly object[] = []): Answer {
  return { status, body: { type: "error", code, message, detail } };
}

/** A body that isn't as described, with each thing that is wrong. */
export function invalid(problems: readonly Problem[]): Answer {
  const detail = problems.map(({ loc, msg }) => ({ loc: ["body", ...loc], msg, type: "value_error" }));
  return refuse(422, "VALIDATION_ERROR", "Validation failed.", detail);
}
export interface Problem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

export const UNAUTHORIZED = refuse(401, "UNAUTHORIZED", "Invalid API key or connection id.");

export function notFound(what: string): Answer {
  return refuse(404, "NOT_FOUND", `${what} not found.`);
}
