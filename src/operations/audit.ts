import { setTimeout as wait } from "node:timers/promises";
import { joined } from "../connectors/joined.js";
import type { AuditEntry } from "../domain/audit.js";
import type { Caller } from "../domain/caller.js";
import type { Delivery } from "../domain/delivery.js";
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
/** How long an entry that couldn't be written waits for the store, in milliseconds. */
const AGAIN_MS = 2_000;

/** An act as the log has it. */
export function entryOf({ keyId, name, from }: Caller, act: Act): AuditEntry {
  const { action, outcome, connectionId = null, ticketId = null, subject = null, reason = null } = act;
  const who = { actorId: keyId, actorName: name, source: from ?? null };
  return { ...who, action, connectionId, ticketId, subject, outcome, reason };
}

/** What became of a write. */
export function actOf(action: string, delivery: Delivery): Act {
  const { connectionId, state, ref, errors, idempotencyKey } = delivery;
  const reason = reasonOf(errors);
  return { action, connectionId, ticketId: ref?.vendorId ?? null, subject: idempotencyKey, outcome: state, reason };
}

/** Why something was refused, as the log has it: each code once; null where nothing was. */
export function reasonOf(errors: readonly { readonly code: string }[]): string | null {
  return [...new Set(errors.map(({ code }) => code))].join(" ") || null;
}

/** Opens the log for acts that are done already. `againMs`: how long an entry that couldn't be written waits for the store. */
export function openAudit(
  store: Pick<Store, "of">,
  onError: (error: unknown) => void,
  { againMs = AGAIN_MS }: { readonly againMs?: number } = {},
): Audit {
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
    /** Gives those that have to be tried again. */
    const tried = async (entries: readonly AuditEntry[]): Promise<readonly AuditEntry[]> => {
      const settled = await Promise.allSettled(entries.map(write));
      const failed = settled.flatMap((one, n) =>
        one.status === "rejected" ? [{ n, reason: one.reason as unknown }] : [],
      );
      if (failed[0]) onError(failed[0].reason);
      return failed.flatMap(({ n, reason }) => (reason instanceof StoreUnavailable ? (entries[n] ?? []) : []));
    };
    const left = await tried(acts.map((act) => entryOf(caller, act)));
    if (left.length > 0) void again(left, tried, againMs);
  };
}

/** Until all are written, or the process ends. */
async function again(
  entries: readonly AuditEntry[],
  tried: (entries: readonly AuditEntry[]) => Promise<readonly AuditEntry[]>,
  ms: number,
): Promise<void> {
  for (let left = entries; left.length > 0; left = await tried(left)) await wait(ms, undefined, { ref: false });
}
