import { forgetOldMessages } from "../../store/inbox.js";
import { forgetOldJobs } from "../../store/jobs.js";
import { claimDue, forgetExpired, resend } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import type { Kernel } from "../kernel.js";
import { lookFor } from "./look.js";
import { sendRows, type Sending } from "./send.js";

/** A look reads all that was made since the earliest of its rows was sent: so many rows share one. */
const AT_ONCE = 500;

/** Looks after writes that nobody holds any more: finds their tickets, sends again what was surely not made. Gives how many there were. */
export async function sweep(kernel: Kernel): Promise<number> {
  const rows = await claimDue(kernel.systemDb, AT_ONCE, kernel.delivery.leaseMs);
  const byConnection = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const place = JSON.stringify([row.tenantId, row.connectionId, row.operation]);
    byConnection.set(place, [...(byConnection.get(place) ?? []), row]);
  }
  await Promise.all([...byConnection.values()].map((some) => sweepConnection(kernel, some)));
  return rows.length;
}

/** Forgets what has been settled for longer than it is kept. */
export async function forgetOld({ systemDb: db }: Kernel): Promise<void> {
  await forgetExpired(db);
  await forgetOldJobs(db);
  await forgetOldMessages(db);
}

async function sweepConnection(kernel: Kernel, rows: readonly LedgerRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const connection = kernel.connectionsOf(first.tenantId).get(first.connectionId);
  // A connection that was taken out of the configuration may come back: until then its rows wait for their lease's end.
  if (!connection) return;
  const db = kernel.dbOf(first.tenantId);
  const sending: Sending = { db, connection, options: kernel.delivery, events: kernel.deliveryEvents };
  const { resendable } = await lookFor(sending, rows);
  for (let n = 0; n < resendable.length; n += connection.capabilities.batch.create) {
    const some = resendable.slice(n, n + connection.capabilities.batch.create);
    const askedAt = performance.now();
    const held = await resend(db, some, kernel.delivery.leaseMs);
    if (held.length === 0) continue;
    kernel.deliveryEvents.onResend?.({ tenantId: first.tenantId, connectionId: connection.id, rows: held.length });
    await sendRows(sending, held, "background", askedAt);
  }
}
