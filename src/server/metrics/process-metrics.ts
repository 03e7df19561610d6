import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { ownVersion } from "../own-version.js";

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
