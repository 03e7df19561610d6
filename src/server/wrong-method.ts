import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer.js";

/** What is told to whoever comes by a method that a route doesn't have. */
export function wrongMethod(req: IncomingMessage, allow: string): Refusal {
  const message = `The method ${req.method} is not allowed here. Use one of: ${allow}.`;
  return new Refusal(405, "METHOD_NOT_ALLOWED", message, { allow });
}
