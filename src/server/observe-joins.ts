import type { Batch, JoinEvents } from "../domain/join-events.js";
import type { Owner } from "../domain/owner.js";
import type { VendorMetrics } from "./metrics/vendor-metrics.js";
import { scopeNow, within } from "./scope.js";

/** What is counted of one kind of batches. */
interface Counted {
  readonly items: { observe(value: number): void };
  readonly requests: { observe(value: number): void };
  readonly saved: { inc(by: number): void };
}

/** Counts what one connection's callers share, and has a shared call know for whom it goes out. */
export function observeJoins(
  metrics: VendorMetrics,
  { tenantId: tenant, connectionId: connection }: Owner,
): JoinEvents {
  const kinds = new Map<string, Counted>();
  const countedAs = (kind: string): Counted => {
    let counted = kinds.get(kind);
    if (counted) return counted;
    const labels = { tenant, connection, kind };
    counted = {
      items: metrics.batchItems.labels(labels),
      requests: metrics.batchRequests.labels(labels),
      saved: metrics.callsSaved.labels(labels),
    };
    kinds.set(kind, counted);
    return counted;
  };
  return {
    asker: () => scopeNow()?.asker,
    onJoined(batch: Batch, go) {
      const { items, requests, saved } = countedAs(batch.kind);
      items.observe(batch.items);
      requests.observe(batch.askers.size);
      saved.inc(batch.askers.size - 1);
      const scope = scopeNow();
      if (scope) within({ ...scope, batch }, go);
      else go();
    },
  };
}
