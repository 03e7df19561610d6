import type { Answer } from "../answer.js";
import type { Limit, Standing } from "../limiter.js";
import { errorMessages } from "./words.js";

/** What RateLimit-Reason can say. */
export const LIMIT_REASONS = [
  "jira-burst-based",
  "jira-quota-global-based",
  "jira-quota-tenant-based",
  "jira-per-issue-on-write",
] as const;

/** Limits of the whole site, per endpoint and method: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/ */
export interface JiraLimit extends Limit {
  /** What RateLimit-Reason says; jira-burst-based unless told. */
  readonly reason?: (typeof LIMIT_REASONS)[number];
}

/** The headers that tell a caller where it stands. */
export function limitHeaders({ limit, remaining, waitMs }: Standing, now: number): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": new Date(now + Math.max(1_000, waitMs)).toISOString().replace(/:\d{2}\.\d{3}Z$/, "Z"),
    ...(remaining < limit / 5 && { "x-ratelimit-nearlimit": "true" }),
  };
}

/** The answer to a call too many; Retry-After is in whole seconds, at least 1. */
export function tooMany({ waitMs }: Standing, reason: JiraLimit["reason"]): Answer {
  return {
    status: 429,
    body: errorMessages("Rate limit exceeded"),
    headers: {
      "retry-after": String(Math.max(1, Math.ceil(waitMs / 1_000))),
      "ratelimit-reason": reason ?? "jira-burst-based",
    },
  };
}
