import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const CALL_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WAIT_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const ITEMS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];
const REQUESTS = [1, 2, 5, 10, 25, 50, 100];
const OF_CONNECTION = ["tenant", "connection"] as const;

/** What is counted of calls to vendors. All of it goes when its connection does. */
export interface VendorMetrics {
  readonly calls: Counter<"tenant" | "connection" | "operation" | "status" | "retry">;
  readonly duration: Histogram<"tenant" | "connection" | "operation">;
  readonly waits: Histogram<"tenant" | "connection" | "scope">;
  readonly breaker: Gauge<"tenant" | "connection" | "kind" | "state">;
  readonly states: Gauge<"tenant" | "connection" | "vendor" | "state">;
  readonly batchItems: Histogram<"tenant" | "connection" | "kind">;
  readonly batchRequests: Histogram<"tenant" | "connection" | "kind">;
  readonly callsSaved: Counter<"tenant" | "connection" | "kind">;
  readonly deliveries: Counter<"tenant" | "connection" | "state">;
  readonly deliveryEvents: Counter<"tenant" | "connection" | "event">;
}

/** Makes them, in a registry. */
export function vendorMetrics(registry: Registry): VendorMetrics {
  const registers = [registry];
  return {
    calls: new Counter({
      name: "ticketgraph_vendor_calls_total",
      help: "Calls to vendors by connection, endpoint, status and whether they were tried again. Without an answer the status is the error's code.",
      labelNames: [...OF_CONNECTION, "operation", "status", "retry"] as const,
      registers,
    }),
    duration: new Histogram({
      name: "ticketgraph_vendor_call_duration_seconds",
      help: "How long calls to vendors took, waits before them not counted.",
      labelNames: [...OF_CONNECTION, "operation"] as const,
      buckets: CALL_SECONDS,
      registers,
    }),
    waits: new Histogram({
      name: "ticketgraph_vendor_wait_seconds",
      help: "How long calls were held back by a vendor's limit, by whom the limit holds: an endpoint or a whole connection.",
      labelNames: [...OF_CONNECTION, "scope"] as const,
      buckets: WAIT_SECONDS,
      registers,
    }),
    breaker: new Gauge({
      name: "ticketgraph_vendor_breaker_state",
      help: "Which state the circuit breaker of a connection's reads or writes is in: 1 for that one, 0 for the others.",
      labelNames: [...OF_CONNECTION, "kind", "state"] as const,
      registers,
    }),
    states: new Gauge({
      name: "ticketgraph_connection_state",
      help: "What the last calls told of a connection: 1 for that state, of ACTIVE, UNAUTHORIZED and UNREACHABLE.",
      labelNames: [...OF_CONNECTION, "vendor", "state"] as const,
      registers,
    }),
    batchItems: new Histogram({
      name: "ticketgraph_batch_items",
      help: "How many things of one kind were asked of a vendor, or written, together.",
      labelNames: [...OF_CONNECTION, "kind"] as const,
      buckets: ITEMS,
      registers,
    }),
    batchRequests: new Histogram({
      name: "ticketgraph_batch_requests",
      help: "How many requests, or pieces of background work, shared what was asked together.",
      labelNames: [...OF_CONNECTION, "kind"] as const,
      buckets: REQUESTS,
      registers,
    }),
    callsSaved: new Counter({
      name: "ticketgraph_vendor_calls_saved_total",
      help: "Batches that requests needed not ask for themselves, since they shared another's.",
      labelNames: [...OF_CONNECTION, "kind"] as const,
      registers,
    }),
    deliveries: new Counter({
      name: "ticketgraph_deliveries_total",
      help: "Writes by the state that the ledger was told of them. One whose answer was lost is counted as UNKNOWN at first, and again when it is found out.",
      labelNames: [...OF_CONNECTION, "state"] as const,
      registers,
    }),
    deliveryEvents: new Counter({
      name: "ticketgraph_delivery_events_total",
      help: "What happened to writes beyond the ordinary: reconciled, resent, fenced (a late word was refused), unsettled (the database could not take the outcome), duplicate (two tickets carry one marker).",
      labelNames: [...OF_CONNECTION, "event"] as const,
      registers,
    }),
  };
}
