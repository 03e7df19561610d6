import { readFileSync } from "node:fs";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

let registry: Registry | undefined;

/** The process's own metrics: one registry however many gateways it holds, for what it watches can't be let go of again. */
export function processRegistry(): Registry {
  if (registry) return registry;
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const build = new Gauge({
    name: "ticketgraph_build_info",
    help: "Which version runs, on which Node: always 1.",
    labelNames: ["version", "node"] as const,
    registers: [registry],
  });
  build.set({ version: ownVersion(), node: process.version }, 1);
  return registry;
}

/** As package.json has it. */
export function ownVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
