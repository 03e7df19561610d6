import { Gauge, type Registry } from "prom-client";

const OF_CONNECTION = ["tenant", "connection"] as const;

/** What the database tells when it is asked: the same on every replica. */
export interface StoreMetrics {
  readonly up: Gauge;
  readonly ledgerRows: Gauge<"tenant" | "connection" | "state">;
  readonly ledgerOldest: Gauge<"tenant" | "connection" | "state">;
  readonly jobs: Gauge<"state">;
  readonly jobItems: Gauge;
  readonly queueJobs: Gauge<"queue" | "state">;
  readonly queueOldest: Gauge<"queue">;
  readonly syncLag: Gauge<"tenant" | "connection">;
  readonly syncState: Gauge<"tenant" | "connection" | "state">;
  readonly inbox: Gauge<"tenant" | "connection">;
  readonly inboxOldest: Gauge<"tenant" | "connection">;
}

/** Makes them, in a registry. */
export function storeMetrics(registry: Registry): StoreMetrics {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> =>
    new Gauge<Label>({ name: `ticketgraph_${name}`, help, labelNames, registers: [registry] });
  return {
    up: gauge("store_up", "Whether the database answered the last time that it was asked: 1 or 0."),
    ledgerRows: gauge(
      "ledger_rows",
      "Writes in the ledger that are not settled, by connection and state: SENDING, UNKNOWN, NEEDS_REVIEW. Counted up to 10,000 of a tenant and state.",
      [...OF_CONNECTION, "state"],
    ),
    ledgerOldest: gauge("ledger_oldest_seconds", "How long ago the oldest of these was handed in.", [
      ...OF_CONNECTION,
      "state",
    ]),
    jobs: gauge("jobs", "Bulk jobs that are not done, by state.", ["state"]),
    jobItems: gauge("job_items_waiting", "Tickets of those jobs that wait."),
    queueJobs: gauge("queue_jobs", "What is in the job queue, by queue and state: ready, deferred, active.", [
      "queue",
      "state",
    ]),
    queueOldest: gauge(
      "queue_oldest_seconds",
      "For how long the oldest of what is ready in a queue could have begun.",
      ["queue"],
    ),
    syncLag: gauge(
      "sync_lag_seconds",
      "How long ago the last whole run of a connection's sync began: how old the synced store may be.",
      OF_CONNECTION,
    ),
    syncState: gauge("sync_state", "Which state a connection's sync is in: 1 for that one.", [
      ...OF_CONNECTION,
      "state",
    ]),
    inbox: gauge("inbox_messages", "Messages of vendors that wait to be worked off.", OF_CONNECTION),
    inboxOldest: gauge("inbox_oldest_seconds", "How long ago the oldest of these came.", OF_CONNECTION),
  };
}
