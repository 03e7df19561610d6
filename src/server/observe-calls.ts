import type { Owner } from "../domain/owner.js";
import type { CallBegun, CallEnded, HttpEvents } from "../http/http.js";
import { SpanKind, SpanStatusCode, type Link } from "@opentelemetry/api";
import type { Logger } from "./logger.js";
import { boundedNames, statusLabel } from "./metrics/names.js";
import type { VendorMetrics } from "./metrics/vendor-metrics.js";
import { rounded } from "./rounded.js";
import { scopeNow, type Asker, type Scope } from "./scope.js";
import { beginSpan, traceparentOf, type Tracing } from "./trace.js";

/** A connection whose calls are watched, and with what. */
interface WatchedCalls extends Owner {
  readonly log: Logger;
  readonly metrics: VendorMetrics;
  readonly tracing: Tracing | undefined;
  /** Where its vendor's API lives. */
  readonly api: URL;
}

/** More endpoints than any vendor's connector has. */
const ENDPOINTS = 100;
const BREAKER_STATES = ["closed", "half-open", "open"] as const;

/** Turns what the mechanisms of src/http tell of one connection into log lines, metrics and spans. */
export function observeCalls(watched: WatchedCalls): Required<HttpEvents> {
  const { log, metrics, tracing, tenantId: tenant, connectionId: connection } = watched;
  const endpoint = boundedNames(ENDPOINTS);
  const own = { tenant, connection };
  const durations = new Map<string, { observe(seconds: number): void }>();
  const counts = new Map<string, { inc(): void }>();
  const breaker = (kind: "read" | "write", now: string): void => {
    for (const state of BREAKER_STATES) metrics.breaker.set({ ...own, kind, state }, state === now ? 1 : 0);
  };
  breaker("read", "closed");
  breaker("write", "closed");

  const count = ({ operation: name, status, ms, code, attempt }: CallEnded): void => {
    const operation = endpoint(name);
    const told = status === undefined ? (code ?? "NONE") : statusLabel(status);
    const retry = attempt > 1 ? "true" : "false";
    const key = `${operation} ${told} ${retry}`;
    let counter = counts.get(key);
    if (!counter) counts.set(key, (counter = metrics.calls.labels({ ...own, operation, status: told, retry })));
    counter.inc();
    let duration = durations.get(operation);
    if (!duration) durations.set(operation, (duration = metrics.duration.labels({ ...own, operation })));
    duration.observe(ms / 1_000);
  };
  return {
    onCall(call) {
      count(call);
      if (!log.isLevelEnabled("info")) return;
      const { operation, kind, method, status, ms, code, attempt } = call;
      log.info({ ...own, operation, kind, method, status, ms: rounded(ms), attempt, code, ...shared() }, "vendor call");
    },
    onRetry({ operation, attempt, waitMs }) {
      log.info({ ...own, operation, attempt, waitMs: rounded(waitMs) }, "vendor call is tried again");
    },
    onWait({ operation, waitMs, scope }) {
      metrics.waits.observe({ ...own, scope }, waitMs / 1_000);
      log.info({ ...own, operation, waitMs: rounded(waitMs), scope }, "waiting for the vendor's limit");
    },
    onBreaker({ operation, state }) {
      breaker(operation, state);
      log.warn({ ...own, operation, state }, "circuit breaker");
    },
    follow: (call) => tracing && follow(tracing, watched, call),
  };
}

/** What the call of a batch is for. */
function shared(): { readonly items?: number; readonly joined?: number } {
  const { batch } = scopeNow() ?? {};
  return batch ? { items: batch.items, joined: batch.askers.size } : {};
}

function follow(tracing: Tracing, { tenantId, connectionId, api }: WatchedCalls, call: CallBegun) {
  const { operation, method, attempt } = call;
  const scope = scopeNow();
  const attributes = {
    "http.request.method": method,
    "server.address": api.hostname,
    "server.port": Number(api.port) || (api.protocol === "https:" ? 443 : 80),
    "ticketgraph.tenant": tenantId,
    "ticketgraph.connection": connectionId,
    "ticketgraph.operation": operation,
    ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
    ...(scope?.batch && { "ticketgraph.items": scope.batch.items, "ticketgraph.joined": scope.batch.askers.size }),
  };
  const parent = scope?.asker.span?.spanContext();
  const span = beginSpan(tracing, `${method} ${operation}`, SpanKind.CLIENT, attributes, parent, linksOf(scope));
  return {
    headers: { traceparent: traceparentOf(span) },
    end({ status, code }: CallEnded) {
      if (status !== undefined) span.setAttribute("http.response.status_code", status);
      const trouble = code ?? (status !== undefined && status >= 400 ? String(status) : undefined);
      if (trouble !== undefined) {
        span.setAttribute("error.type", trouble);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** Whoever shares a call with the one under whom it goes out. */
function linksOf(scope: Scope | undefined): Link[] {
  if (!scope?.batch) return [];
  return [...scope.batch.askers].flatMap((one) => {
    const asker = one as Asker | undefined;
    return asker?.span && asker !== scope.asker ? [{ context: asker.span.spanContext() }] : [];
  });
}
