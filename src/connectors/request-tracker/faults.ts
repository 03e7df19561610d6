import type { Fault } from "../../domain/errors.js";
import { Message } from "./wire.js";
import { codeOf } from "../code-of.js";
import { cleaned as plain } from "../words.js";

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
  return { code: codeOf(status), message };
}

/** Request Tracker's words without the Perl file and line that it appends to some. */
export function cleaned(words: string): string {
  return plain(words.replace(/ at \/\S+ line \d+\.?/g, ""));
}
