import type { Fault, VendorErrorCode } from "../../domain/errors.js";
import type { Headers, Limit } from "../../http/http.js";
import { Message } from "./wire.js";
import { cleaned as plain } from "../words.js";

const CODES: Record<number, VendorErrorCode> = {
  401: "AUTH",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  412: "CONFLICT",
  429: "RATE_LIMITED",
};

/** What a refusal means, in Request Tracker's own words where it has any. */
export function readFault(status: number, body: unknown): Fault {
  if (status === 401)
    return {
      code: "AUTH",
      message: "Request Tracker refused the credentials of this connection. Check the token, which may have ended.",
    };
  if (status >= 500)
    return { code: "UNAVAILABLE", message: `Request Tracker has a problem of its own (HTTP ${status}).` };
  const words = Message.safeParse(body).data?.message;
  const message = words ? cleaned(words) : `Request Tracker refused the request (HTTP ${status}).`;
  return { code: CODES[status] ?? "INVALID", message };
}

/** Request Tracker's words without the Perl file and line that it appends to some. */
export function cleaned(words: string): string {
  return plain(words.replace(/ at \/\S+ line \d+\.?/g, ""));
}

/** Request Tracker has no limits of its own; a proxy before it may. */
export function readLimit(status: number, headers: Headers): Limit | undefined {
  if (status !== 429 && !(status === 503 && headers["retry-after"])) return undefined;
  const seconds = Number(headers["retry-after"]);
  return { waitMs: Number.isFinite(seconds) ? seconds * 1_000 : 2_000, scope: "connection" };
}
