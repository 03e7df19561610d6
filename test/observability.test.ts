import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { parse as parseYaml } from "yaml";
import { Registry } from "prom-client";
import { processRegistry } from "../src/server/metrics/process-metrics.js";
import { requestMetrics } from "../src/server/metrics/request-metrics.js";
import { storeMetrics } from "../src/server/metrics/store-metrics.js";
import { vendorMetrics } from "../src/server/metrics/vendor-metrics.js";
import { workMetrics } from "../src/server/metrics/work-metrics.js";
import { startToy } from "./server/toy.js";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly description: string };
}
interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const { groups } = parseYaml(read("ops/prometheus/alerts.yaml")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read("ops/grafana/ticketgraph.json")) as {
  panels: Panel[];
  templating: { list: { query: string; type: string }[] };
};
/** Labels that Prometheus itself adds, and the one metric that is its own. */
const ADDED = ["instance", "job"];
const OWN: Readonly<Record<string, readonly string[]>> = { up: [] };

/** What an expression names: its metrics, each with the labels that it is matched by, and the labels that are grouped by. */
function namedIn(expression: string) {
  // Grafana's own variables stand for a duration.
  const text = expression.replaceAll("$__rate_interval", "5m");
  const metrics: { name: string; labels: string[] }[] = [];
  const grouped: string[] = [];
  const errors: string[] = [];
  const walk = (node: SyntaxNode): void => {
    const own = text.slice(node.from, node.to);
    if (node.type.isError) errors.push(`${expression}, at ${node.from}`);
    if (node.name === "VectorSelector") {
      const labels: string[] = [];
      const within = (inner: SyntaxNode): void => {
        if (inner.name === "LabelName") labels.push(text.slice(inner.from, inner.to));
        for (let child = inner.firstChild; child; child = child.nextSibling) within(child);
      };
      within(node);
      metrics.push({ name: /^[a-zA-Z_:][\w:]*/.exec(own)?.[0] ?? "", labels });
      return;
    }
    if (node.name === "LabelName") grouped.push(own);
    for (let child = node.firstChild; child; child = child.nextSibling) walk(child);
  };
  walk(parser.parse(text).topNode);
  return { metrics, grouped, errors };
}

/** Every metric of a gateway, as it is declared. */
function allMetrics() {
  const registry = new Registry();
  for (const make of [requestMetrics, vendorMetrics, workMetrics, storeMetrics]) make(registry);
  return [...registry.getMetricsAsArray(), ...processRegistry().getMetricsAsArray()].map((metric) => {
    const { name, type, labelNames = [] } = metric as unknown as { name: string; type: string; labelNames?: string[] };
    return { name, type: String(type), labelNames };
  });
}

describe("what is shipped for operators", () => {
  const labelsOf = new Map<string, readonly string[]>(Object.entries(OWN));
  for (const { name, type, labelNames } of allMetrics()) {
    const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const suffix of suffixes)
      labelsOf.set(name + suffix, [...labelNames, ...(suffix === "_bucket" ? ["le"] : [])]);
  }

  const expressions = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
    ...dashboard.templating.list.flatMap(({ query, type }) => {
      const [, selector] = /^label_values\((.*), \w+\)$/.exec(query) ?? [];
      return type === "query" ? [["a variable", selector ?? "not understood("] as const] : [];
    }),
  ];

  it.each(expressions)("names only metrics and labels that there are: %s", (_, expression) => {
    const { metrics, grouped, errors } = namedIn(expression);
    expect(errors).toEqual([]);
    expect(metrics.length).toBeGreaterThan(0);
    for (const { name, labels } of metrics) {
      expect([name, labelsOf.has(name)]).toEqual([name, true]);
      const known = [...(labelsOf.get(name) ?? []), ...ADDED];
      for (const label of [...labels, ...grouped])
        expect([name, label, known.includes(label)]).toEqual([name, label, true]);
    }
  });

  it("would find what there isn't", () => {
    expect(namedIn('sum by (nothing) (rate(no_metric{no_label="x"}[5m]))')).toEqual({
      metrics: [{ name: "no_metric", labels: ["no_label"] }],
      grouped: ["nothing"],
      errors: [],
    });
    expect(namedIn("sum by (a (b)").errors).not.toEqual([]);
  });

  it("has a summary and a description for each alert", () => {
    expect(rules.length).toBeGreaterThanOrEqual(12);
    for (const { alert, annotations } of rules)
      expect([alert, /\S/.test(annotations.summary), annotations.description.length > 40]).toEqual([alert, true, true]);
  });

  it("says of every metric of the gateway what it is and which labels it has", () => {
    const table = [...read("docs/observability.md").matchAll(/^\| `(ticketgraph_\w+)` +\| (\w+) +\| ([^|]*?) *\|/gm)];
    const told = table.map(([, name, type, labels = ""]) => [
      name,
      type,
      [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
    ]);
    const own = allMetrics().filter(({ name }) => name.startsWith("ticketgraph_"));
    expect(told.sort()).toEqual(own.map(({ name, type, labelNames }) => [name, type, labelNames]).sort());
  });

  it("speaks of metrics that a gateway has", async () => {
    const server = await startToy();
    const page = await (await fetch(`${server.url}/metrics`)).text();
    await server.close();
    const declared = [...page.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    expect(declared.sort()).toEqual(
      allMetrics()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
