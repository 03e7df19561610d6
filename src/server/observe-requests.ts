import type { IncomingHttpHeaders } from "node:http";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { Logger } from "./logger.js";
import { boundedNames } from "./metrics/names.js";
import type { RequestMetrics } from "./metrics/request-metrics.js";
import { knownCode, type OperationEnd } from "./outcome.js";
import { givenId, newId } from "./request-id.js";
import { rounded } from "./rounded.js";
import type { Asker } from "./scope.js";
import { beginSpan, readTraceparent, type Tracing } from "./trace.js";

/** What is told of one request; nothing that isn't named here comes into the log. */
interface RequestNote {
  readonly method: string;
  /** The route, never what the client wrote: addresses may hold queries and secrets. */
  readonly route: string;
  readonly status: number;
  /** From the headers to the last byte handed to the socket, in milliseconds. */
  readonly ms: number;
  readonly tenant?: string | undefined;
  /** The API key's name. */
  readonly key?: string | undefined;
  /** How its operation ended, where it asked for one. */
  readonly operation?: OperationEnd | undefined;
}

/** Who asks, from the first line of a request to the last of its answer. */
export interface ObserveRequests {
  /** Takes up a request: by the client's own id where it gave a good one. */
  begin(headers: IncomingHttpHeaders, path: string): Asker;
  /** Tells of one that was answered. */
  answered(asker: Asker, note: RequestNote): void;
  /** Tells of one whose client went away. */
  left(asker: Asker): void;
  /** Counts an operation, and tells its span. */
  operation(asker: Asker, end: OperationEnd, ms: number): void;
}

/** How many names of operations are told apart. */
const NAMES = 100;
const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST"]);
/** Paths whose requests are worth a span. */
const SPANNED = /^\/(graphql|attachments|webhooks|oauth)\b/;

/** Watches requests: one line each, at "info", those that failed on our side at "error". */
export function observeRequests(log: Logger, metrics: RequestMetrics, tracing: Tracing | undefined): ObserveRequests {
  const nameOf = boundedNames(NAMES);
  const operation: ObserveRequests["operation"] = ({ span }, { name, type, outcome, codes }, ms) => {
    const labels = {
      operation: type ? (name === undefined ? "anonymous" : nameOf(name)) : "none",
      type: type ?? "none",
    };
    metrics.operations.inc({ ...labels, outcome });
    metrics.duration.observe(labels, ms / 1_000);
    for (const code of codes) metrics.errors.inc({ code: knownCode(code) });
    if (!span) return;
    if (type) {
      span.updateName(name === undefined ? type : `${type} ${labels.operation}`);
      span.setAttribute("graphql.operation.type", type);
      if (name !== undefined) span.setAttribute("graphql.operation.name", name.slice(0, 100));
    }
    span.setAttribute("ticketgraph.outcome", outcome);
    if (outcome === "failed") span.setStatus({ code: SpanStatusCode.ERROR });
  };
  return {
    operation,
    begin(headers, path) {
      const given = givenId(headers["x-request-id"]);
      if (!tracing || !SPANNED.test(path)) return { ids: { requestId: given ?? newId() } };
      const parent = readTraceparent(headers.traceparent);
      const span = beginSpan(tracing, SPANNED.exec(path)?.[0] ?? "", SpanKind.SERVER, {}, parent);
      const requestId = given ?? span.spanContext().traceId;
      span.setAttribute("ticketgraph.request_id", requestId);
      return { ids: { requestId }, span };
    },
    answered(asker, { method, route, status, ms, tenant, key, operation: end }) {
      const counted = METHODS.has(method) ? method : "other";
      metrics.requests.inc({ route, method: counted, status: String(status) });
      if (end) operation(asker, end, ms);
      asker.span?.setAttributes({
        "http.request.method": counted,
        "http.route": route,
        "http.response.status_code": status,
      });
      if (tenant !== undefined) asker.span?.setAttribute("ticketgraph.tenant", tenant);
      asker.span?.end();
      const level = status >= 500 ? "error" : "info";
      if (!log.isLevelEnabled(level)) return;
      const line = { method, route, status, ms: rounded(ms), tenant, key, ...(end && lineOf(end)) };
      log[level](line, "request");
    },
    left({ span }) {
      span?.setStatus({ code: SpanStatusCode.ERROR, message: "The client went away." });
      span?.end();
    },
  };
}

/** What a log line says of an operation. */
export function lineOf({ name, type, outcome, codes }: OperationEnd): object {
  return { operation: name?.slice(0, 100), type, outcome, ...(codes.length > 0 && { codes }) };
}
