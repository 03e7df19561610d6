import { Counter, Gauge, Histogram, type Registry } from "prom-client";

const SECONDS = [0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800];

/** What is counted of work in the background. */
export interface WorkMetrics {
  readonly done: Counter<"kind" | "outcome">;
  readonly duration: Histogram<"kind">;
  readonly underWay: Gauge<"kind">;
}

/** Makes them, in a registry. */
export function workMetrics(registry: Registry): WorkMetrics {
  const registers = [registry];
  return {
    done: new Counter({
      name: "ticketgraph_work_total",
      help: "Pieces of background work by kind (slice of a job, poisoned slice, sync, inbox, sweep) and outcome (done, failed).",
      labelNames: ["kind", "outcome"] as const,
      registers,
    }),
    duration: new Histogram({
      name: "ticketgraph_work_duration_seconds",
      help: "How long pieces of background work took.",
      labelNames: ["kind"] as const,
      buckets: SECONDS,
      registers,
    }),
    underWay: new Gauge({
      name: "ticketgraph_work_under_way",
      help: "Pieces of background work that this process is at.",
      labelNames: ["kind"] as const,
      registers,
    }),
  };
}
