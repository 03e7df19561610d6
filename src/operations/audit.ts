import { setTimeout as wait } from "node:timers/promises";
import { joined } from "../connectors/joined.js";
import type { AuditEntry } from "../domain/audit.js";
import type { Caller } from "../domain/caller.js";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import { writeAudit } from "../store/audit-log.js";
import type { Store } from "../store/store.js";

/** What happened, without who did it. */
export type Act = Pick<AuditEntry, "action" | "outcome"> &
  Partial<Pick<AuditEntry, "connectionId" | "ticketId" | "subject" | "reason">>;

/**
 * Writes down what somebody did, and resolves when it is written. What is done already is never told as failed because of this:
 * where the store is away, the entry waits in memory until it is back.
 */
export type Audit = (caller: Caller, acts: readonly Act[]) => Promise<void>;

/** How many entries one statement writes, and for how long the first one waits for others while a statement is under way. */
const TOGETHER = 500;
const BUSY_WINDOW_MS = 5;
const AGAIN_MS = 2_000;

/** An act as the log has it. */
export function entryOf({ keyId, name, from }: Caller, act: Act): AuditEntry {
  const { action, outcome, connectionId = null, ticketId = null, subject = null, reason = null } = act;
  const who = { actorId: keyId, actorName: name, source: from ?? null };
  return { ...who, action, connectionId, ticketId, subject, outcome, reason };
}

export function openAudit(store: Pick<Store, "of">, onError: (error: unknown) => void): Audit {
  const writers = new Map<string, (entry: AuditEntry) => Promise<void>>();
  const open = (tenantId: string): ((entry: AuditEntry) => Promise<void>) => {
    const write = joined(
      async (entries: readonly AuditEntry[]) => {
        await writeAudit(store.of(tenantId), tenantId, entries);
        return entries.map((): void => {});
      },
      { size: TOGETHER, windowMs: 0, busyWindowMs: BUSY_WINDOW_MS, slots: 1 },
    );
    writers.set(tenantId, write);
    return write;
  };
  return async (caller, acts) => {
    const write = writers.get(caller.tenantId) ?? open(caller.tenantId);
    const settled = await Promise.allSettled(acts.map((act) => write(entryOf(caller, act))));
    const left = acts.filter((_, n) => settled[n]?.status === "rejected");
    const failure = settled.find((one) => one.status === "rejected");
    if (!failure) return;
    onError(failure.reason);
    if (failure.reason instanceof StoreUnavailable)
      void again(() => Promise.all(left.map((act) => write(entryOf(caller, act)))));
  };
}

/** Until it is done, or the process ends. */
async function again(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    await wait(AGAIN_MS, undefined, { ref: false });
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) return;
    }
  }
}
