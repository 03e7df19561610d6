import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { wantsTracing } from "../../src/server/open-tracing.js";
import { readTraceparent } from "../../src/server/trace.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { KEY, setUp, startGateway, tearDown, type Gateway, type Setup } from "../faults/gateway.js";
import { attributeOf, startCollector, type Collector } from "../support/collector.js";
import { FROM_SOURCES } from "../support/from-sources.js";
import { until } from "../support/until.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;
const SERVER = 2;
const CLIENT = 3;

describe("spans", () => {
  let jira: JiraSandbox;
  let collector: Collector;
  let setup: Setup;
  let gateway: Gateway;
  beforeAll(async () => {
    jira = await startJiraSandbox();
    jira.setDelay(20);
    collector = await startCollector();
    const credentials = { email: jira.email, apiToken: jira.apiToken };
    const made = await setUp({ id: "jira", vendor: "jira", baseUrl: jira.url, credentials });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
    setup = { ...made, env };
    gateway = await startGateway(setup);
  });
  afterAll(async () => {
    await gateway.kill();
    await collector.close();
    await jira.close();
    await tearDown(setup);
  });

  const ask = async (query: string, headers: Record<string, string> = {}): Promise<Response> => {
    const body = JSON.stringify({ query });
    const all = { "content-type": "application/json", "x-api-key": KEY, ...headers };
    return fetch(gateway.url, { method: "POST", headers: all, body });
  };

  it("lead from the client over the operation to the vendor's calls, to jobs, and out before the end", async () => {
    const search = '{ searchTickets(query: "project = PLAT", first: 6) { nodes { id } } }';
    const answer = await ask(`query Search ${search}`, { traceparent: PARENT });
    expect(answer.headers.get("x-request-id")).toBe(TRACE);
    const { data } = (await answer.json()) as { data: { searchTickets: { nodes: { id: string }[] } } };
    const [call] = jira.calls;
    expect(call?.headers["traceparent"]).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    const ids = data.searchTickets.nodes.map(({ id }) => JSON.stringify(id));
    let asked = 0;
    // Together, and again where a busy machine took them so far apart that each found nobody under way.
    const areJoined = async (): Promise<boolean> => {
      const before = jira.calls.length;
      await Promise.all(ids.map(async (id) => (await ask(`query One { ticket(id: ${id}) { name } }`)).text()));
      asked += ids.length;
      return jira.calls.length - before < ids.length;
    };
    await until(areJoined);
    const item = '{ name: "Traced" project: { vendorId: "PLAT" } type: { name: "Task" } }';
    await (await ask(`mutation { startBulkCreateTickets(input: { tickets: [${item}] }) { job { id } } }`)).text();
    await until(() => jira.calls.some(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path)));
    await until(async () => /"DONE"/.test(await (await ask("{ bulkJobs { nodes { state } } }")).text()));

    gateway.process.kill("SIGTERM");
    await once(gateway.process, "close");
    const { spans } = collector;
    const operation = spans.find(({ name }) => name === "query Search");
    expect(operation).toMatchObject({ traceId: TRACE, parentSpanId: "b7ad6b7169203331", kind: SERVER });
    expect(attributeOf(operation, "graphql.operation.type")).toBe("query");
    expect(attributeOf(operation, "ticketgraph.outcome")).toBe("ok");
    const calls = spans.filter(({ parentSpanId }) => parentSpanId === operation?.spanId);
    expect(calls).toEqual([expect.objectContaining({ traceId: TRACE, kind: CLIENT })]);
    expect(call?.headers["traceparent"]).toBe(`00-${TRACE}-${calls[0]?.spanId}-01`);
    expect(attributeOf(calls[0], "server.address")).toBe("127.0.0.1");
    expect(attributeOf(calls[0], "ticketgraph.connection")).toBe("jira");

    // Calls that several share are under the first who asked, and linked to the others.
    const ones = new Set(spans.filter(({ name }) => name === "query One").map(({ spanId }) => spanId));
    expect(ones.size).toBe(asked);
    const shared = spans.filter(({ parentSpanId }) => ones.has(parentSpanId ?? ""));
    expect(shared.length).toBeLessThan(asked);
    const linked = shared.flatMap(({ parentSpanId, links = [] }) => [parentSpanId, ...links.map((one) => one.spanId)]);
    expect(new Set(linked)).toEqual(ones);

    const slice = spans.find(({ name }) => name === "slice");
    expect(slice?.parentSpanId || undefined).toBeUndefined();
    expect(attributeOf(slice, "ticketgraph.slice")).toBe("0-1");
    expect(spans.some(({ parentSpanId, kind }) => parentSpanId === slice?.spanId && kind === CLIENT)).toBe(true);
    // Neither documents, variables, addresses nor keys.
    expect(collector.text()).toContain('"service.name"');
    for (const secret of ["searchTickets(", "Traced", "project = PLAT", "/rest/api", KEY, jira.apiToken])
      expect([secret, collector.text().includes(secret)]).toEqual([secret, false]);
  });
});

describe("tracing", () => {
  it("loads nothing of the SDK where nobody asks for it", () => {
    const program = `
      import { createRequire } from "node:module";
      await import("./src/serve.js");
      const { openTracing } = await import("./src/server/open-tracing.js");
      const { cache } = createRequire(import.meta.url);
      const hasSdk = () => Object.keys(cache).some((file) => file.includes("/@opentelemetry/sdk-"));
      const told = [await openTracing({}), hasSdk()];
      const tracing = await openTracing({ OTEL_TRACES_EXPORTER: "console" });
      console.log(JSON.stringify([...told, hasSdk()]));
      await tracing.close();`;
    const ran = spawnSync(process.execPath, [...FROM_SOURCES, "--input-type=module", "--eval", program], { cwd: ROOT });
    expect([ran.stderr.toString(), JSON.parse(ran.stdout.toString())]).toEqual(["", [null, false, true]]);
  });

  it.each([
    [{}, false],
    [{ OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, false],
    [{ OTEL_TRACES_EXPORTER: "otlp" }, true],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector:4318/v1/traces" }, true],
    [{ OTEL_SDK_DISABLED: "true", OTEL_TRACES_EXPORTER: "otlp" }, false],
    [{ OTEL_TRACES_EXPORTER: " " }, false],
  ])("is wanted by %j: %s", (env, isWanted) => {
    expect(wantsTracing(env)).toBe(isWanted);
  });

  it.each([
    [PARENT, TRACE],
    [`cc-${TRACE}-b7ad6b7169203331-01-more`, TRACE],
    [`00-${TRACE}-b7ad6b7169203331-01-more`, undefined],
    [`00-${"0".repeat(32)}-b7ad6b7169203331-01`, undefined],
    [`ff-${TRACE}-b7ad6b7169203331-01`, undefined],
    [`00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`, undefined],
    ["nonsense", undefined],
    [undefined, undefined],
  ])("reads the parent of %j", (header, traceId) => {
    expect(readTraceparent(header)?.traceId).toBe(traceId);
  });
});
