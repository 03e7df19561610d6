import type { Caller, Scope } from "./caller.js";
import type { Operation } from "./delivery.js";
import type { NewChange } from "./new-change.js";
import type { NewTicket } from "./new-ticket.js";
import type { TicketError } from "./ticket-error.js";
import type { TicketRef } from "./ticket.js";

export const BULK_JOB_STATES = ["QUEUED", "RUNNING", "PAUSED", "DONE", "CANCELLED"] as const;
/** PAUSED waits for a vendor that is away, and goes on by itself. */
export type BulkJobState = (typeof BULK_JOB_STATES)[number];

export const BULK_JOB_KINDS = ["CREATE", "UPDATE"] as const;
export type BulkJobKind = (typeof BULK_JOB_KINDS)[number];

/** What the writes of a job do. */
export function operationOf(kind: BulkJobKind): Operation {
  return kind === "CREATE" ? "createTicket" : "updateTicket";
}

/** Many tickets that are written in the background, whatever happens to the processes that do it. */
export interface BulkJob {
  readonly id: string;
  /** In the order of creation. */
  readonly number: number;
  readonly tenantId: string;
  readonly kind: BulkJobKind;
  readonly state: BulkJobState;
  readonly requestHash: string;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly caller: StoredCaller;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

type ItemState = "WAITING" | "DELIVERED" | "REJECTED" | "NEEDS_REVIEW";

/** One ticket of a job. */
export interface BulkItem {
  readonly index: number;
  readonly connectionId: string;
  /** Its idempotency key in the ledger. */
  readonly key: string;
  /** What was asked for, as the job's kind has it. */
  readonly ticket: NewTicket | NewChange;
  readonly state: ItemState;
  readonly identifier: string | null;
  readonly ref: TicketRef | null;
  readonly errors: readonly TicketError[];
}

/** What became of an item. */
export type SettledItem = Pick<BulkItem, "index" | "state" | "identifier" | "ref" | "errors">;

/** Some neighbours of a job that go to one connection in one call of its vendor. */
export interface Slice {
  readonly jobId: string;
  readonly from: number;
  /** The index after the last one. */
  readonly to: number;
  /** How often it was put back since nothing of it could be settled; then it comes again later and later. */
  readonly waits?: number;
}

/** Whoever asked for a job, as it is kept: the workers act for them. */
export interface StoredCaller {
  readonly tenantId: string;
  readonly name: string;
  /** Absent of jobs that are older than it. */
  readonly keyId?: string;
  readonly scopes: readonly Scope[];
  readonly connections: readonly string[] | "all";
}

export function storedCaller({ tenantId, name, keyId, scopes, connections }: Caller): StoredCaller {
  return { tenantId, name, keyId, scopes: [...scopes], connections: connections === "all" ? "all" : [...connections] };
}

export function callerOf({ tenantId, name, keyId, scopes, connections }: StoredCaller): Caller {
  return {
    tenantId,
    name,
    keyId: keyId ?? `config:${name}`,
    scopes: new Set(scopes),
    connections: connections === "all" ? "all" : new Set(connections),
  };
}
