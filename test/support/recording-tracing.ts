import { tracing } from "@opentelemetry/sdk-node";
import type { Tracing } from "../../src/server/trace.js";

/** Makes real spans and keeps all that would be exported of them. */
export function recordingTracing(spans: object[]): Tracing {
  const exporter: tracing.SpanExporter = {
    export(ended, done) {
      for (const { name, kind, attributes, events, links, status, resource } of ended)
        spans.push({ name, kind, attributes, events, links, status, resource: resource.attributes });
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const provider = new tracing.BasicTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
  return { tracer: provider.getTracer("test"), close: () => provider.shutdown() };
}
