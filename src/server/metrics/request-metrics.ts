import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is counted of who asks. */
export interface RequestMetrics {
  readonly operations: Counter<"operation" | "type" | "outcome">;
  readonly duration: Histogram<"operation" | "type">;
  readonly errors: Counter<"code">;
  readonly requests: Counter<"route" | "method" | "status">;
  readonly sockets: Gauge;
  readonly subscriptions: Gauge;
  readonly events: Counter;
}

/** Makes them, in a registry. */
export function requestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  return {
    operations: new Counter({
      name: "ticketgraph_operations_total",
      help: "GraphQL operations by name, type and outcome. A name beyond the first hundred is other, an operation without one is anonymous, one that never ran is none.",
      labelNames: ["operation", "type", "outcome"] as const,
      registers,
    }),
    duration: new Histogram({
      name: "ticketgraph_operation_duration_seconds",
      help: "How long GraphQL operations took, from their headers to their answer.",
      labelNames: ["operation", "type"] as const,
      buckets: SECONDS,
      registers,
    }),
    errors: new Counter({
      name: "ticketgraph_operation_errors_total",
      help: "GraphQL operations that told an error of this code.",
      labelNames: ["code"] as const,
      registers,
    }),
    requests: new Counter({
      name: "ticketgraph_http_requests_total",
      help: "HTTP requests by route, method and status.",
      labelNames: ["route", "method", "status"] as const,
      registers,
    }),
    sockets: new Gauge({
      name: "ticketgraph_sockets",
      help: "WebSockets that are open.",
      registers,
    }),
    subscriptions: new Gauge({
      name: "ticketgraph_subscriptions",
      help: "Subscriptions that are running.",
      registers,
    }),
    events: new Counter({
      name: "ticketgraph_subscription_events_total",
      help: "Events that were sent to subscribers.",
      registers,
    }),
  };
}
