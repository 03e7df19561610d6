import type { Counter, Gauge, Histogram } from "prom-client";
import type { Owner } from "../../domain/owner.js";

type OfConnections =
  Counter<"tenant" | "connection"> | Gauge<"tenant" | "connection"> | Histogram<"tenant" | "connection">;

/** Takes away what was counted of a connection that is gone: it would be told for ever. */
export async function forgetSeries(metrics: readonly unknown[], { tenantId, connectionId }: Owner): Promise<void> {
  for (const metric of metrics as readonly OfConnections[]) {
    const { values } = await metric.get();
    for (const { labels } of values) {
      // A histogram's buckets are one series to it.
      const { le: _le, ...own } = labels as Record<string, string>;
      if (own["tenant"] === tenantId && own["connection"] === connectionId) metric.remove(own as never);
    }
  }
}
