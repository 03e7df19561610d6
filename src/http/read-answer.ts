import { VendorError } from "../domain/errors.js";
import type { HttpRequest, Wire } from "./http.js";
import type { WireAnswer } from "./exchange.js";
import { readJson } from "./read-json.js";

/** Statuses that say for sure that nothing was done. */
const REFUSALS = new Set([400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422, 429, 431, 501]);

/** What an answer means to the one who asked. Throws VendorError; nothing of a body that isn't JSON gets into it. */
export function readAnswer<T>(
  request: HttpRequest<T>,
  answer: WireAnswer,
  wire: Pick<Wire<never>, "readFault" | "readLimit">,
  host: string,
): T {
  const { status, headers } = answer;
  const { value: body, isJson } = readJson(answer.body);
  const accepted = request.accept ? request.accept(status, body) : status >= 200 && status < 300;
  if (accepted) {
    if (!isJson) throw unreadable(host, status, "an answer that isn't JSON");
    try {
      return request.parse(body, { status, headers });
    } catch (cause) {
      if (cause instanceof VendorError) throw cause;
      throw unreadable(host, status, "an answer of an unexpected shape", cause);
    }
  }
  if (status >= 300 && status < 400) {
    const message = `${host} answered with a redirect (${status}), which isn't followed. Check the connection's base URL.`;
    throw new VendorError({ code: "BAD_RESPONSE", message }, "maybe", { status });
  }
  const waitMs = wire.readLimit(status, headers)?.waitMs;
  throw new VendorError(wire.readFault(status, isJson ? body : undefined), REFUSALS.has(status) ? "no" : "maybe", {
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  });
}

function unreadable(host: string, status: number, what: string, cause?: unknown): VendorError {
  const message = `${host} gave ${what} (HTTP ${status}).`;
  return new VendorError({ code: "BAD_RESPONSE", message }, "maybe", { status, cause });
}
