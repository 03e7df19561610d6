import { setTimeout as wait } from "node:timers/promises";
import { chunks } from "../../connectors/batch.js";
import { doneMessages, dueInboxes, takeMessages } from "../../store/inbox.js";
import type { Owner } from "../../domain/owner.js";
import type { Kernel } from "../kernel.js";
import { freshen } from "../sync/freshen.js";
import { PAGE } from "../sync/options.js";

/** How many messages are looked at together: those of one ticket cost one reading. */
const TOGETHER = 1_000;
/** How long a flood gathers between two rounds, in milliseconds: what comes meanwhile about one ticket costs one reading. */
const GATHER_MS = 200;

/** Reads the tickets that a connection's messages speak of, each once. Throws VendorError where the vendor is away: they come again when the lease is over. */
export async function workOff(kernel: Kernel, owner: Owner, signal: AbortSignal): Promise<void> {
  const connection = kernel.connectionsOf(owner.tenantId).get(owner.connectionId);
  if (!connection) return;
  while (!signal.aborted) {
    const messages = await takeMessages(kernel.dbOf(owner.tenantId), owner, TOGETHER, kernel.delivery.leaseMs);
    if (messages.length === 0) return;
    const ids = [...new Set(messages.flatMap(({ ticketIds }) => ticketIds))];
    for (const some of chunks(ids, PAGE)) await freshen(kernel, owner.tenantId, connection, some, "background");
    await doneMessages(
      kernel.dbOf(owner.tenantId),
      messages.map(({ id }) => id),
    );
    await wait(GATHER_MS, undefined, { signal }).catch(() => {});
  }
}

/** Wakes whoever works off messages that wait, as after a crash. */
export async function wakeDueInboxes(kernel: Kernel): Promise<void> {
  for (const owner of await dueInboxes(kernel.systemDb)) kernel.wakeInbox(owner);
}
