import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { Logger } from "./logger.js";
import type { WorkMetrics } from "./metrics/work-metrics.js";
import { newId } from "./request-id.js";
import { rounded } from "./rounded.js";
import { within } from "./scope.js";
import { beginSpan, type Tracing } from "./trace.js";

/** A kind of work in the background. */
type WorkKind = "slice" | "poisoned slice" | "sync" | "inbox" | "sweep";

/**
 * Does a piece of background work in a scope of its own, and tells how it went: failed where it throws, or where its result says so.
 * `about` names what it is done to.
 */
export type ObserveWork = <T>(
  kind: WorkKind,
  about: Readonly<Record<string, string>>,
  work: () => Promise<T>,
  isFailed?: (result: T) => boolean,
) => Promise<T>;

/** Kinds that come and go every few seconds with nothing to do: they are no news. */
const QUIET: ReadonlySet<WorkKind> = new Set(["sweep"]);

/** Watches background work: its lines in the log carry `about`, and where it has no id of its own, one is made. */
export function observeWork(log: Logger, metrics: WorkMetrics, tracing: Tracing | undefined): ObserveWork {
  return async (kind, about, work, isFailed) => {
    const isQuiet = QUIET.has(kind);
    const ids = "slice" in about ? about : { [kind]: newId(), ...about };
    const attributes = Object.fromEntries(Object.entries(ids).map(([name, value]) => [`ticketgraph.${name}`, value]));
    const span = tracing && !isQuiet ? beginSpan(tracing, kind, SpanKind.CONSUMER, attributes) : undefined;
    const began = performance.now();
    const end = (outcome: "done" | "failed"): void => {
      const ms = performance.now() - began;
      metrics.underWay.dec({ kind });
      metrics.done.inc({ kind, outcome });
      metrics.duration.observe({ kind }, ms / 1_000);
      if (!isQuiet) log.info({ kind, outcome, ms: rounded(ms) }, "background work");
      if (outcome === "failed") span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    };
    metrics.underWay.inc({ kind });
    return within({ asker: { ids, ...(span && { span }) } }, async () => {
      try {
        const result = await work();
        end(isFailed?.(result) ? "failed" : "done");
        return result;
      } catch (error) {
        end("failed");
        throw error;
      }
    });
  };
}
