import type { Headers, Limit } from "../http/http.js";

/** How long `Retry-After`, which is seconds or a date, asks us to wait, in milliseconds; undefined where it can't be read. */
export function retryAfter(headers: Headers): number | undefined {
  const after = headers["retry-after"] ?? "";
  return /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1_000 : msUntil(after);
}

/** How far off a moment is, in milliseconds, 0 where it is over; undefined where it can't be read. */
export function msUntil(moment: string | undefined): number | undefined {
  const at = Date.parse(moment ?? "");
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** The limit of a vendor that documents none: whoever says 429, be it a proxy before it, is believed. */
export function undocumentedLimit(status: number, headers: Headers): Limit | undefined {
  if (status !== 429 && !(status === 503 && headers["retry-after"])) return undefined;
  return { waitMs: retryAfter(headers) ?? 2_000, scope: "connection" };
}
