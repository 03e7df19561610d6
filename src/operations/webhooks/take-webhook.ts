import { createHash } from "node:crypto";
import type { Connection } from "../../connectors/connection.js";
import { joined } from "../../connectors/joined.js";
import {
  OWN_SCHEME,
  plainScheme,
  type WebhookMessage,
  type WebhookRequest,
  type WebhookScheme,
} from "../../connectors/webhook.js";
import { keepMessages, nameOf, type Message } from "../../store/inbox.js";
import type { Db } from "../../store/store.js";
import type { WebhookSecret } from "../connection-book.js";
import type { Kernel } from "../kernel.js";

/** What becomes of a request: it is kept (or was before), or it is refused, and why. */
export type Taken = "kept" | "known" | "unknown-address" | "unsigned" | "wrong-signature" | "too-old" | "unreadable";

/** Takes what vendors send. Throws StoreUnavailable: then it is not kept, and the vendor must send it again. */
type TakeWebhook = (connectionId: string, request: WebhookRequest, now: number) => Promise<Taken>;

/** How many messages one statement keeps, and for how long the first waits for others, in milliseconds. */
const TOGETHER = 500;
const BUSY_WINDOW_MS = 5;
/** Whose clock is ahead of ours may be so by this. */
const AHEAD_MS = 300_000;

/** Opens the door for the connections that have a secret for it. */
export function openWebhooks(kernel: Kernel): TakeWebhook {
  const keepers = new Map<string, (message: Message) => Promise<boolean>>();
  const keep = (message: Message): Promise<boolean> => {
    const { tenantId } = message;
    const keeper = keepers.get(tenantId) ?? openKeeper(kernel.dbOf(tenantId));
    keepers.set(tenantId, keeper);
    return keeper(message);
  };
  return async (connectionId, request, now) => {
    // Two tenants may call their connections alike: whose secret fits is meant.
    const candidates = kernel.connections
      .named(connectionId)
      .flatMap(({ tenantId, connection, webhook }) => (webhook ? [{ tenantId, connection, ...webhook }] : []));
    if (candidates.length === 0) return "unknown-address";
    let wasSigned = false;
    for (const settings of candidates) {
      const scheme = schemesOf(settings).find((one) => one.fits(request));
      wasSigned ||= scheme !== undefined;
      if (!scheme || !(await scheme.verify(request, settings.secret))) continue;
      const message = readMessage(scheme, request);
      if (!message) return "unreadable";
      if (!isFresh(message, scheme, now)) return "too-old";
      const { tenantId, connection } = settings;
      const ticketIds = message.ticketIds.filter((id) => connection.isId(id));
      const deliveryId = message.deliveryId ?? hashOf(request.body);
      const isNew = await keep({ tenantId, connectionId, deliveryId, ticketIds });
      if (isNew && ticketIds.length > 0) kernel.wakeInbox({ tenantId, connectionId });
      return isNew ? "kept" : "known";
    }
    return wasSigned ? "wrong-signature" : "unsigned";
  };
}

/** Keeps messages of one tenant, those of a moment together; says of each whether it is new. */
function openKeeper(db: Db): (message: Message) => Promise<boolean> {
  return joined(
    async (messages: readonly Message[]) => {
      const fresh = new Set(await keepMessages(db, messages));
      // Of equal ones that came together only the first is new.
      return messages.map((one): boolean => fresh.delete(nameOf(one)));
    },
    { size: TOGETHER, windowMs: 0, busyWindowMs: BUSY_WINDOW_MS, slots: 2 },
  );
}

function schemesOf({
  connection,
  signatureHeader,
  ticketIdAt = [],
}: WebhookSecret & { readonly connection: Connection }): readonly WebhookScheme[] {
  const described = signatureHeader === undefined ? [] : [plainScheme(signatureHeader, ticketIdAt)];
  return [OWN_SCHEME, ...described, ...(connection.vendor.webhooks ?? [])];
}

function readMessage(scheme: WebhookScheme, request: WebhookRequest): WebhookMessage | undefined {
  try {
    return scheme.read(JSON.parse(request.body.toString("utf8")), request);
  } catch {
    return undefined;
  }
}

function isFresh({ sentAt }: WebhookMessage, { maxAgeMs }: WebhookScheme, now: number): boolean {
  if (sentAt === null) return true;
  const age = now - sentAt.getTime();
  return age <= maxAgeMs && age >= -AHEAD_MS;
}

function hashOf(body: Buffer): string {
  return createHash("sha256").update(body).digest("base64url");
}
