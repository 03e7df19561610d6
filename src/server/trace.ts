import {
  ROOT_CONTEXT,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type Tracer,
} from "@opentelemetry/api";

/** Makes spans. There is none where nobody asked for an exporter, and then nothing of this is run. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what was recorded. */
  close(): Promise<void>;
}

/** Begins a span under a parent; without one, as the root of a trace. */
export function beginSpan(
  { tracer }: Tracing,
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  parent?: SpanContext | undefined,
  links: readonly Link[] = [],
): Span {
  return tracer.startSpan(name, { kind, attributes, links: [...links] }, contextOf(parent));
}

function contextOf(parent: SpanContext | undefined): Context {
  return parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

// https://www.w3.org/TR/trace-context/#traceparent-header
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The span in which a client asks, by its header `traceparent`; undefined where there is none or it isn't valid. */
export function readTraceparent(header: string | string[] | undefined): SpanContext | undefined {
  const [, version, traceId = "", spanId = "", flags = "", more] = TRACEPARENT.exec(String(header)) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

/** The header `traceparent` for whoever is called within a span. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & 1).toString().padStart(2, "0")}`;
}
