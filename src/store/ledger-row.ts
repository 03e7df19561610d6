import { sql } from "drizzle-orm";
import type { Operation } from "../domain/delivery.js";
import type { Owner } from "../domain/owner.js";
import type { TicketError } from "../domain/ticket-error.js";
import type { CommentDraft, TicketChange, TicketDraft, TicketRef } from "../domain/ticket.js";

/** SENDING is committed before the first byte goes out; UNKNOWN may have happened. */
export type RowState = "SENDING" | "UNKNOWN" | "DONE" | "REJECTED" | "NEEDS_REVIEW";

/** A row of the ledger: what was to be written is in `draft`, in `change` or in `comment`. */
export type LedgerRow = CreateRow | UpdateRow | CommentRow;
/** A ticket that is to be made. */
interface CreateRow extends RowBase {
  readonly operation: "createTicket";
  readonly draft: TicketDraft;
}
/** A ticket that is to be changed. */
export interface UpdateRow extends RowBase {
  readonly operation: "updateTicket";
  readonly change: TicketChange;
}
/** A comment that is to be added. */
interface CommentRow extends RowBase {
  readonly operation: "addComment";
  readonly comment: CommentDraft;
}
interface RowBase extends Owner {
  readonly id: number;
  readonly key: string;
  readonly requestHash: string;
  readonly marker: string;
  readonly trace: string | null;
  readonly state: RowState;
  readonly attempts: number;
  readonly fence: number;
  readonly looks: number;
  readonly ref: TicketRef | null;
  readonly errors: readonly TicketError[];
  readonly reconciledBy: string | null;
  /** How long ago it was sent, in milliseconds by the database's clock. */
  readonly sentMsAgo: number;
  /** How long until somebody else may take it, in milliseconds by the database's clock; null where it is settled. */
  readonly dueInMs: number | null;
  readonly sentAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row as readRow wants it. */
export const COLUMNS = sql`id, tenant_id as "tenantId", connection_id as "connectionId", operation, key, request_hash as "requestHash", marker,
  trace, state, attempts, fence, looks, draft, ref, errors, reconciled_by as "reconciledBy",
  (extract(epoch from now() - sent_at) * 1000)::float8 as "sentMsAgo",
  (extract(epoch from due_at - now()) * 1000)::float8 as "dueInMs",
  sent_at as "sentAt", created_at as "createdAt", updated_at as "updatedAt"`;

/** Rows as the engines give them: PGlite and pg read numbers and dates of raw statements differently. */
export function readRow(row: Record<string, unknown>): LedgerRow {
  const { draft: payload, ...rest } = row as { draft: unknown };
  return {
    ...(rest as unknown as RowBase),
    ...PAYLOADS[row["operation"] as Operation](payload),
    id: Number(row["id"]),
    sentAt: new Date(row["sentAt"] as string),
    createdAt: new Date(row["createdAt"] as string),
    updatedAt: new Date(row["updatedAt"] as string),
  };
}

const PAYLOADS = {
  createTicket: (payload: unknown) => ({ operation: "createTicket", draft: withDate(payload as TicketDraft) }) as const,
  updateTicket: (payload: unknown) =>
    ({ operation: "updateTicket", change: withDate(payload as TicketChange) }) as const,
  addComment: (payload: unknown) => ({ operation: "addComment", comment: payload as CommentDraft }) as const,
};

function withDate<T extends { readonly dueDate?: Date | null }>(payload: T): T {
  return payload.dueDate ? { ...payload, dueDate: new Date(payload.dueDate) } : payload;
}
