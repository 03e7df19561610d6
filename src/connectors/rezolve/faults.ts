import type { Fault, VendorErrorCode } from "../../domain/errors.js";
import type { Headers, Limit } from "../../http/http.js";
import { RezolveError } from "./wire.js";
import { codeOf } from "../code-of.js";
import { retryAfter } from "../retry-after.js";
import { cleaned } from "../words.js";

/** What a refusal means. Pages of HTML stand for what isn't there; their words are for nobody. */
export function readFault(status: number, body: unknown): Fault {
  if (status >= 500) return { code: "UNAVAILABLE", message: `Rezolve has a problem of its own (HTTP ${status}).` };
  const { code, message } = wordsOf(body);
  // The account is who it says it is, and lacks a role: ticket_agent, ticket_user or tenant_admin.
  if (code === "USER_PERMISSION_FAILURE")
    return {
      code: "FORBIDDEN",
      message: `${message || "Rezolve refused this."} The account needs the role ticket_agent, ticket_user or tenant_admin.`,
    };
  if (status === 401)
    return { code: "AUTH", message: "Rezolve refused the credentials of this connection, or its token has ended." };
  if (status === 404 && /tenant/i.test(message))
    return { code: "AUTH", message: `${message}: the connection's tenantId must be the one that its token is for.` };
  if (status < 500 && /etag/i.test(`${code} ${message}`))
    return { code: "CONFLICT", message: message || "The ticket has changed meanwhile." };
  const known = codeOf(status);
  return { code: known, message: message || PLAIN[known] || `Rezolve refused the request (HTTP ${status}).` };
}

const PLAIN: Partial<Record<VendorErrorCode, string>> = {
  FORBIDDEN: "The account's roles allow this neither for the team nor for the ticket type.",
  NOT_FOUND: "Rezolve has no such thing for this tenant.",
  CONFLICT: "The ticket has changed meanwhile.",
  RATE_LIMITED: "Rezolve takes no more calls for the moment.",
};

/** Whether a 401 speaks of the token: a missing role stays missing with a fresh one. */
export function refusesToken(body: unknown): boolean {
  return wordsOf(body).code !== "USER_PERMISSION_FAILURE";
}

function wordsOf(body: unknown): { readonly code: string; readonly message: string } {
  const { data } = RezolveError.safeParse(body);
  const inner = typeof data?.error === "object" ? data.error : undefined;
  const message = inner?.message ?? data?.message ?? (typeof data?.error === "string" ? data.error : "");
  return { code: inner?.code ?? data?.code ?? "", message: cleaned(message ?? "") };
}

/** X-RateLimit-Reset is seconds from now or, where it is that large, since 1970. */
export function readLimit(status: number, headers: Headers): Limit | undefined {
  if (status !== 429) return undefined;
  return { waitMs: retryAfter(headers) ?? resetOf(headers) ?? 2_000, scope: "connection" };
}

function resetOf(headers: Headers): number | undefined {
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  if (!Number.isFinite(reset)) return undefined;
  return Math.max(0, reset > 1_000_000_000 ? reset * 1_000 - Date.now() : reset * 1_000);
}
