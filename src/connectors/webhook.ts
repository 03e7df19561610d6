import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { VendorId } from "../domain/ticket.js";
import type { Headers } from "../http/http.js";

/** What came to a webhook's address, before anything of it is believed. */
export interface WebhookRequest {
  /** As it came, for a signature is over these very bytes. */
  readonly body: Buffer;
  readonly headers: Headers;
}

/** What a message tells, once its signature is known to be right. */
export interface WebhookMessage {
  /** The vendor's own id of the message, the same when it is sent again; null where it gives none. */
  readonly deliveryId: string | null;
  /** When it was signed or happened; null where it doesn't say. */
  readonly sentAt: Date | null;
  /** The tickets that it speaks of; none where it is about something else. */
  readonly ticketIds: readonly VendorId[];
}

/** One way in which a vendor signs what it sends. */
export interface WebhookScheme {
  /** Whether a request is signed in this way, rightly or wrongly. */
  fits(request: WebhookRequest): boolean;
  /** Whether it was signed by who knows the secret; compared in constant time. */
  verify(request: WebhookRequest, secret: string): boolean | Promise<boolean>;
  /** Reads the body's JSON. Throws where it isn't a message of this scheme. */
  read(json: unknown, request: WebhookRequest): WebhookMessage;
  /** How old a message may be, in milliseconds: as long as the vendor tries again. */
  readonly maxAgeMs: number;
}

/** HMAC-SHA256 of some bytes, compared with what was sent as hex or base64, with or without "sha256=" before it. */
export function isSignedWith(secret: string, bytes: Buffer | string, sent: string): boolean {
  const wanted = createHmac("sha256", secret).update(bytes).digest();
  const text = sent.trim().replace(/^sha256=/i, "");
  const given = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const News = z.looseObject({ ticketIds: z.array(z.union([z.string(), z.number()]).transform(String)).max(1_000) });

/**
 * The gateway's own form, for vendors that script what they send: `X-Ticketgraph-Signature: t=<seconds since 1970>,v1=<hex HMAC-SHA256
 * of "<t>.<body>">`, `X-Ticketgraph-Delivery: <id>` and the body `{"ticketIds": ["42"]}`.
 */
export const OWN_SCHEME: WebhookScheme = {
  fits: ({ headers }) => headers["x-ticketgraph-signature"] !== undefined,
  verify({ body, headers }, secret) {
    const { at, signature } = partsOf(headers);
    return at !== null && isSignedWith(secret, Buffer.concat([Buffer.from(`${at}.`), body]), signature);
  },
  read(json, { headers }) {
    const { ticketIds } = News.parse(json);
    return {
      deliveryId: headers["x-ticketgraph-delivery"] ?? null,
      sentAt: new Date(Number(partsOf(headers).at) * 1_000),
      ticketIds,
    };
  },
  maxAgeMs: 300_000,
};

function partsOf(headers: Headers): { readonly at: string | null; readonly signature: string } {
  const [, at = null, signature = ""] =
    /^t=(\d{1,12}),v1=([0-9a-f]{64})$/i.exec(headers["x-ticketgraph-signature"]?.trim() ?? "") ?? [];
  return { at, signature };
}

/** A signature over the body alone in a header that the settings name, the ticket's id being where they say. */
export function plainScheme(header: string, ticketIdAt: readonly string[]): WebhookScheme {
  const name = header.toLowerCase();
  return {
    fits: ({ headers }) => headers[name] !== undefined,
    verify: ({ body, headers }, secret) => isSignedWith(secret, body, headers[name] ?? ""),
    read(json) {
      const found = ticketIdAt.reduce<unknown>(
        (value, part) =>
          typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined,
        json,
      );
      const ids = (Array.isArray(found) ? found : [found]).filter(
        (id) => typeof id === "string" || typeof id === "number",
      );
      return { deliveryId: null, sentAt: null, ticketIds: ids.map(String) };
    },
    maxAgeMs: Infinity,
  };
}
