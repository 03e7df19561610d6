import type { IncomingMessage, ServerResponse } from "node:http";
import type { Taken } from "../operations/webhooks/take-webhook.js";
import { Refusal, sendJson } from "./answer.js";
import { readBytes } from "./body.js";

/** Takes what a vendor sent to a connection's address. */
export type WebhookDoor = (
  connectionId: string,
  request: { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> },
) => Promise<Taken>;

const REFUSALS: Record<Exclude<Taken, "kept" | "known">, readonly [status: number, code: string, message: string]> = {
  "unknown-address": [
    404,
    "NOT_FOUND",
    "No connection of this name takes webhooks. Give it a `webhook` with a secret in the configuration.",
  ],
  unsigned: [401, "UNAUTHENTICATED", "The request is not signed in a way that this connection knows."],
  "wrong-signature": [401, "UNAUTHENTICATED", "The signature is not one by this connection's secret."],
  "too-old": [
    400,
    "TOO_OLD",
    "The message is older than it may be, or its clock is ahead. What it tells comes with the next sync.",
  ],
  unreadable: [400, "BAD_REQUEST", "The body is not a message that this connection's vendor sends."],
};

/** POST /webhooks/<connection>: what is rightly signed is kept and answered at once; the work on it comes later. */
export async function answerWebhook(
  door: WebhookDoor,
  connectionId: string,
  bodyLimit: number,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const body = await readBytes(req, bodyLimit);
  const headers = Object.fromEntries(
    Object.entries(req.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const taken = await door(connectionId, { body, headers });
  if (taken === "kept" || taken === "known") return sendJson(res, 202, { [taken]: true });
  throw new Refusal(...REFUSALS[taken]);
}
