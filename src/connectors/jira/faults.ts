import type { Fault, VendorErrorCode } from "../../domain/errors.js";
import type { Headers, Limit, Pace } from "../../http/http.js";
import { AnyErrors, ListedErrors, type ErrorCollection } from "./wire.js";
import { msUntil, retryAfter } from "../retry-after.js";
import { cleaned } from "../words.js";

const FALLBACKS: Record<number, Fault> = {
  401: {
    code: "AUTH",
    message:
      "Jira refused the credentials of this connection. Check the e-mail address and the API token, which may have ended.",
  },
  403: { code: "FORBIDDEN", message: "The connection's account may not do this in Jira." },
  404: { code: "NOT_FOUND", message: "Jira has no such thing, or the connection's account may not see it." },
  409: { code: "CONFLICT", message: "Somebody else changed this in Jira at the same time." },
  410: { code: "UNSUPPORTED", message: "Jira has taken this part of its API away." },
  413: { code: "INVALID", message: "This is larger than Jira takes." },
  429: { code: "RATE_LIMITED", message: "Jira takes no more calls for the moment." },
};

/** What a refusal means, in Jira's own words where it has any. */
export function readFault(status: number, body: unknown): Fault {
  const { data } = AnyErrors.safeParse(body);
  const fallback = FALLBACKS[status] ?? (status >= 500 ? down(status) : undefined);
  const messages = [...(data?.errorMessages ?? []), ...listedErrors(data?.errors)];
  const told = data && faultOf({ errorMessages: messages, errors: namedErrors(data.errors) });
  const message =
    told?.message || data?.errorMessage || fallback?.message || `Jira refused the request (HTTP ${status}).`;
  const code: VendorErrorCode = fallback?.code ?? "INVALID";
  // A sign-in page's words help nobody; what to check does.
  if (status === 401 || status >= 500) return fallback as Fault;
  return { code, message, ...(told?.path && { path: told.path }) };
}

/** Bulk answers write a list where others write names. */
function namedErrors(errors: unknown): Record<string, unknown> {
  return typeof errors === "object" && errors !== null && !Array.isArray(errors) ? { ...errors } : {};
}

/** Bulk operations write a third form: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/ */
function listedErrors(errors: unknown): readonly string[] {
  const { data = [] } = ListedErrors.safeParse(errors);
  return data.flatMap(({ message }) => message ?? []);
}

function down(status: number): Fault {
  return { code: "UNAVAILABLE", message: `Jira has a problem of its own (HTTP ${status}).` };
}

/** One fault from both of the places where Jira writes what is wrong. */
export function faultOf({ errorMessages, errors }: ErrorCollection): Fault {
  const fields = Object.entries(errors ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const [first, ...others] = fields;
  const path = first && others.length === 0 ? pathOf(first[0]) : undefined;
  const words = [...(errorMessages ?? []), ...fields.map(([name, text]) => (path ? text : `${name}: ${text}`))];
  return { code: "INVALID", message: words.map(cleaned).join(" "), ...(path && { path }) };
}

const PATHS: Record<string, string> = {
  summary: "name",
  issuetype: "type",
  assignee: "assignees",
  reporter: "reporters",
  labels: "tags",
  duedate: "dueDate",
};

/** Where in a draft Jira's field is. */
function pathOf(field: string): readonly string[] {
  if (/^customfield_\d+$/.test(field)) return ["customFields", field];
  return [PATHS[field] ?? field];
}

/**
 * What Jira's answer says of waiting: a burst limit holds one endpoint, a quota the whole connection, and too many writes
 * only the issue. https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function readLimit(status: number, headers: Headers): Limit | undefined {
  // The last call that the limit allows says so: whoever waits now is not refused.
  const isLast = headers["x-ratelimit-remaining"] === "0" && status < 400 && !readPace(headers);
  if (isLast) {
    const waitMs = Math.min(LONGEST_REST_MS, msUntil(headers["x-ratelimit-reset"]) ?? 0);
    return waitMs > 0 ? { waitMs, scope: "endpoint" } : undefined;
  }
  if (status !== 429 && !(status === 503 && headers["retry-after"])) return undefined;
  const reason = headers["ratelimit-reason"] ?? "";
  const scope = reason.includes("per-issue") ? "item" : reason.includes("quota") ? "connection" : "endpoint";
  return { waitMs: retryAfter(headers) ?? msUntil(headers["x-ratelimit-reset"]) ?? 2_000, scope };
}

/** A limit of an endpoint counts calls a second (100 unless told); a larger one is an hour's quota. */
const FASTEST = 1_000;

/** The rate that an endpoint allows: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/ */
export function readPace(headers: Headers): Pace | undefined {
  const [perSecond, remaining] = [headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]].map(Number);
  if (!perSecond || remaining === undefined || Number.isNaN(remaining) || perSecond > FASTEST) return undefined;
  return { perSecond, remaining };
}

/** A reset further off is a quota's, and calls may go on until it is refused. */
const LONGEST_REST_MS = 60_000;
