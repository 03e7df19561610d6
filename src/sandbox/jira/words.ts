import type { Answer } from "../answer.js";

/** Jira's usual form of an error: https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes */
export interface ErrorCollection {
  readonly errorMessages: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

/** Errors of fields by their ids, while they are gathered; those under "" belong to none. */
export type Mistakes = Record<string, string>;

/** What was gathered, in Jira's form; undefined where it is nothing. */
export function gathered(mistakes: Mistakes): ErrorCollection | undefined {
  const { "": general, ...errors } = mistakes;
  if (Object.keys(mistakes).length === 0) return undefined;
  return { errorMessages: general === undefined ? [] : [general], errors };
}

/** Errors that belong to no field. */
export function errorMessages(...messages: readonly string[]): ErrorCollection {
  return { errorMessages: messages, errors: {} };
}

/** Errors by field. */
export function fieldErrors(errors: Readonly<Record<string, string>>): ErrorCollection {
  return { errorMessages: [], errors };
}

/** A refusal that is about no field in particular. */
export function refuse(status: number, ...messages: readonly string[]): Answer {
  return { status, body: errorMessages(...messages) };
}

/** A refusal in the form that Jira's newest layer uses for what it can't even read. */
export function problem(status: number, title: string, detail: string, instance: string): Answer {
  return {
    status,
    body: { type: "about:blank", title, status, detail, instance },
    headers: { "content-type": "application/problem+json;charset=UTF-8" },
  };
}

export const NO_ISSUE = refuse(404, "Issue does not exist or you do not have permission to see it.");
export const BAD_PAYLOAD: Answer = {
  status: 400,
  body: { errorMessages: ["Invalid request payload. Refer to the REST API documentation and try again."] },
};

/** There is no such project, or it can't be seen. */
export function noProject(idOrKey: string): Answer {
  return refuse(404, `No project could be found with ${/^\d+$/.test(idOrKey) ? "id" : "key"} '${idOrKey}'.`);
}
