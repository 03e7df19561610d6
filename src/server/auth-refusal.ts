import type { AuthRefusal } from "../auth/authentication.js";
import { Refusal } from "./answer.js";

/** What an HTTP caller is told who isn't let in. */
export function authRefusal({ status, code, message, retryAfter }: AuthRefusal): Refusal {
  return new Refusal(status, code, message, {
    ...(status === 401 && { "www-authenticate": 'Bearer realm="ticketgraph"' }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  });
}

/** The longest reason of a WebSocket's end, in bytes: https://www.rfc-editor.org/rfc/rfc6455#section-5.5 */
const REASON_MAX = 123;

/** The code and the reason with which a WebSocket ends whose client isn't let in, or not any more. */
export function closeOf({ status, brief }: AuthRefusal): readonly [code: number, reason: string] {
  const reason = Buffer.byteLength(brief) <= REASON_MAX ? brief : "This key or token is not taken here.";
  return [status === 503 ? 1013 : 4403, reason];
}
