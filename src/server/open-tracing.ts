import { trace } from "@opentelemetry/api";
import { ownVersion } from "./own-version.js";
import type { Tracing } from "./trace.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the standard variables ask for spans to be exported: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function wantsTracing(env: Environment): boolean {
  const given = (name: string): string => env[name]?.trim() ?? "";
  if (given("OTEL_SDK_DISABLED").toLowerCase() === "true") return false;
  const exporter = given("OTEL_TRACES_EXPORTER");
  if (exporter !== "") return exporter.toLowerCase() !== "none";
  return given("OTEL_EXPORTER_OTLP_ENDPOINT") !== "" || given("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") !== "";
}

/** How long spans may take on their way out when the process ends, in milliseconds. */
const FLUSH_MS = 5_000;

/**
 * Starts OpenTelemetry's SDK where the environment asks for it; undefined where it doesn't, and then nothing of the SDK is loaded.
 * Metrics and logs are not exported by it unless their own variables say so. Of the machine it tells what
 * OTEL_RESOURCE_ATTRIBUTES says, never the command line.
 */
export async function openTracing(env: NodeJS.ProcessEnv): Promise<Tracing | undefined> {
  if (!wantsTracing(env)) return undefined;
  env["OTEL_METRICS_EXPORTER"] ??= "none";
  env["OTEL_LOGS_EXPORTER"] ??= "none";
  const { NodeSDK, resources } = await import("@opentelemetry/sdk-node");
  const sdk = new NodeSDK({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ "service.name": "ticketgraph", "service.version": ownVersion() })),
    resourceDetectors: [resources.envDetector],
    instrumentations: [],
    textMapPropagator: null,
    contextManager: null as never,
  });
  sdk.start();
  return {
    tracer: trace.getTracer("ticketgraph", ownVersion()),
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
      // A collector that is away must not keep the gateway from ending.
      await Promise.race([sdk.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}
