import type { Connection } from "../connectors/connection.js";
import type { Delivery } from "../domain/delivery.js";
import type { Caller } from "../domain/caller.js";
import type { Reference } from "../domain/new-ticket.js";
import { RequestError } from "../domain/request-error.js";
import { abandoned } from "../domain/ticket-error.js";
import type { TicketRef } from "../domain/ticket.js";
import { findItemsToReview, settleItems } from "../store/jobs.js";
import { claimForPerson, findByKeys, resend } from "../store/ledger.js";
import type { LedgerRow } from "../store/ledger-row.js";
import { connectionFor, need } from "./access.js";
import { actOf } from "./audit.js";
import { sendRows, settleRows, type Sending } from "./delivery/send.js";
import { deliveryOf } from "./delivery/tell.js";
import type { Kernel } from "./kernel.js";
import type { DeliveryRead } from "./read-deliveries.js";
import { findTicket } from "./references.js";

/** What a person found out or decided. */
export type Decision =
  | { readonly kind: "delivered"; readonly ticket: Reference }
  | { readonly kind: "resend" }
  | { readonly kind: "abandon" };

/**
 * Settles a write whose outcome stayed unknown, by a person's word. Throws RequestError where there is nothing to settle, or
 * where somebody else has just done it.
 */
export async function resolveDelivery(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  key: string,
  decision: Decision,
): Promise<DeliveryRead> {
  need(caller, "tickets:write");
  const connection = connectionFor(kernel, caller, connectionId);
  const db = kernel.dbOf(caller.tenantId);
  const [found] = await findByKeys(db, { tenantId: caller.tenantId, connectionId: connection.id }, [key]);
  if (!found) throw new RequestError("NOT_FOUND", `No write with the key "${key}" was sent to "${connection.id}".`);
  if (found.state !== "NEEDS_REVIEW" && found.state !== "UNKNOWN") {
    const { state } = deliveryOf(found, connection);
    throw new RequestError(
      "BAD_USER_INPUT",
      `The write with the key "${key}" is ${state}: there is nothing to settle.`,
    );
  }
  const ref = decision.kind === "delivered" ? await ticketOf(connection, decision.ticket) : null;
  const askedAt = performance.now();
  const row = await claimForPerson(db, found, kernel.delivery.leaseMs);
  if (!row) throw settledMeanwhile(key);
  const sending: Sending = { db, connection, options: kernel.delivery, events: kernel.deliveryEvents };
  const settled = await settle(sending, kernel, row, decision, ref, askedAt);
  if (!settled) throw settledMeanwhile(key);
  const delivery = deliveryOf(settled, connection);
  await kernel.audit(caller, [actOf("resolveDelivery", delivery)]);
  await tellJobs(kernel, caller.tenantId, delivery);
  return { connection, delivery };
}

/** A job counts what a person settled of it. */
async function tellJobs(kernel: Kernel, tenantId: string, delivery: Delivery): Promise<void> {
  const { state, connectionId, idempotencyKey: key, identifier, ref, errors } = delivery;
  if (state !== "DELIVERED" && state !== "REJECTED") return;
  const db = kernel.dbOf(tenantId);
  for (const { jobId, index } of await findItemsToReview(db, { tenantId, connectionId, key }))
    await settleItems(db, jobId, [{ index, state, identifier, ref, errors }]);
}

async function settle(
  sending: Sending,
  kernel: Kernel,
  row: LedgerRow,
  decision: Decision,
  ref: TicketRef | null,
  askedAt: number,
): Promise<LedgerRow | null | undefined> {
  const by = { id: row.id, fence: row.fence, reconciledBy: "person", dueInMs: null };
  switch (decision.kind) {
    case "delivered":
      // Of a comment a person knows the ticket, and nobody which of its comments it is.
      return (
        await settleRows(
          sending,
          [row],
          [{ ...by, state: "DONE", errors: [], ref: row.operation === "addComment" ? null : ref }],
        )
      )[0];
    case "abandon":
      return (await settleRows(sending, [row], [{ ...by, state: "REJECTED", errors: [abandoned()] }]))[0];
    case "resend": {
      const held = await resend(sending.db, [row], kernel.delivery.leaseMs);
      return held.length === 0 ? undefined : (await sendRows(sending, held, "interactive", askedAt))[0];
    }
  }
}

async function ticketOf(connection: Connection, reference: Reference): Promise<TicketRef> {
  const { value, error } = await findTicket(connection, reference, ["ticket"]);
  if (!value) throw new RequestError("NOT_FOUND", error?.message ?? "There is no such ticket.");
  return { vendorId: value.vendorId, key: value.key, url: value.url };
}

function settledMeanwhile(key: string): RequestError {
  return new RequestError(
    "BAD_USER_INPUT",
    `The write with the key "${key}" has just been settled otherwise. Ask for it again.`,
  );
}
