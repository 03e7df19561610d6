import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createLogger } from "../../src/server/logger.js";
import { openObserver } from "../../src/server/observe.js";
import type { Figures } from "../../src/domain/figures.js";
import { KEY, startTestApp, type TestApp } from "../support/app.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { until } from "../support/until.js";

type Line = Readonly<Record<string, unknown>>;

describe.each(ENGINES)("what a gateway tells of itself, with the store on %s", (engine) => {
  let place: Place;
  let test: TestApp;
  const lines: Line[] = [];
  /** Fields that a line says twice, which parsing it would hide. */
  const twice = new Set<string>();
  const write = (text: string): void => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    for (const name of Object.keys(line)) if (text.split(`"${name}":`).length > 2) twice.add(name);
  };
  beforeAll(async () => {
    place = await newPlace(engine);
    test = await startTestApp({
      store: place.where,
      sync: { everyMinutes: 60, fullEveryHours: 24 },
      log: createLogger("info", { write }),
    });
    test.jira.setDelay(20);
  });
  afterAll(async () => {
    await test.close();
    await place.drop();
  });

  const ask = (query: string, requestId: string): Promise<Response> =>
    fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": KEY, "x-request-id": requestId },
      body: JSON.stringify({ query }),
    });
  const scrape = async (): Promise<string> => (await fetch(`${test.app.url}/metrics`)).text();
  /** The value of a series that has these labels, whatever else it has. */
  const valueOf = (text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined => {
    const found = text.split("\n").find((line) => {
      if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) return false;
      return Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`));
    });
    return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(" ")));
  };

  it("has one id for a request, its calls to the vendor and its answer", async () => {
    const answer = await ask(
      'query Some { searchTickets(query: "project = PLAT", first: 3) { nodes { name } } }',
      "mine",
    );
    expect(answer.headers.get("x-request-id")).toBe("mine");
    await answer.text();
    const own = lines.filter(({ requestId }) => requestId === "mine");
    expect(own).toEqual([
      expect.objectContaining({
        ...{ msg: "vendor call", tenant: "acme", connection: "jira", kind: "read", method: "POST", status: 200 },
        attempt: 1,
      }),
      expect.objectContaining({ msg: "request", operation: "Some", type: "query", outcome: "ok", status: 200 }),
    ]);
  });

  it("says for how many a joined call went out, under the id of who asked first", async () => {
    const found = await ask('{ searchTickets(query: "project = PLAT", first: 12) { nodes { id } } }', "ids");
    const { data } = (await found.json()) as { data: { searchTickets: { nodes: { id: string }[] } } };
    const ids = data.searchTickets.nodes.map(({ id }) => JSON.stringify(id));
    let asked = 0;
    let calls: Line[] = [];
    // Together, and again where a busy machine took them so far apart that each found nobody under way.
    const areJoined = async (): Promise<boolean> => {
      const answers = await Promise.all(ids.map((id) => ask(`{ ticket(id: ${id}) { name } }`, `joined-${asked++}`)));
      for (const answer of answers) expect(await answer.json()).toMatchObject({ data: { ticket: {} } });
      calls = lines.filter(({ msg, requestId }) => msg === "vendor call" && /^joined-/.test(String(requestId)));
      return calls.length < asked;
    };
    await until(areJoined);
    expect(calls.reduce((sum, { joined }) => sum + Number(joined), 0)).toBe(asked);
    expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(calls.length);
    const text = await scrape();
    const saved = valueOf(text, "ticketgraph_vendor_calls_saved_total", { connection: "jira", kind: "ticket" });
    expect(saved).toBe(asked - calls.length);
    expect(valueOf(text, "ticketgraph_batch_items_sum", { connection: "jira", kind: "ticket" })).toBe(asked);
  });

  it("tells a failing operation from a refused one", async () => {
    test.jira.faults.add({ kind: "status", status: 400, times: 1 });
    for (const [query, id] of [
      ['{ searchTickets(query: "project = PLAT", first: 2) { nodes { name } } }', "vendor-refuses"],
      ['{ searchTickets(query: "project = PLAT", first: 2, connectionId: "nowhere") { nodes { name } } }', "nowhere"],
    ] as const)
      await (await ask(query, id)).text();
    test.jira.faults.clear();
    const outcomeOf = (id: string) => lines.find(({ requestId, msg }) => requestId === id && msg === "request");
    expect(outcomeOf("vendor-refuses")).toMatchObject({ outcome: "refused", codes: ["BAD_USER_INPUT"] });
    expect(outcomeOf("nowhere")).toMatchObject({ outcome: "refused", codes: ["NOT_FOUND"] });
  });

  it("counts writes, work and what waits in the database", async () => {
    const ticket = 'project: { vendorId: "PLAT" } type: { name: "Task" }';
    const made = await ask(
      `mutation Make { createTicket(input: { name: "One" ${ticket} }) { ticket { key } }
        startBulkCreateTickets(input: { tickets: [{ name: "Two" ${ticket} }, { name: "Three" ${ticket} }] }) { job { id } } }`,
      "make",
    );
    expect(await made.json()).toMatchObject({ data: { startBulkCreateTickets: { job: {} } } });
    const idle = { connection: "jira", state: "IDLE" };
    const isSynced = (text: string): boolean =>
      valueOf(text, "ticketgraph_sync_lag_seconds") !== undefined &&
      valueOf(text, "ticketgraph_sync_state", idle) === 1;
    let text = "";
    const hasAll = async (): Promise<boolean> => {
      text = await scrape();
      const delivered = valueOf(text, "ticketgraph_deliveries_total", { connection: "jira", state: "DONE" });
      return (
        delivered === 3 && isSynced(text) && valueOf(text, "ticketgraph_work_total", { kind: "slice" }) !== undefined
      );
    };
    await until(hasAll);
    expect(valueOf(text, "ticketgraph_store_up")).toBe(1);
    expect(valueOf(text, "ticketgraph_queue_jobs", { queue: "bulk-slices", state: "ready" })).toBe(0);
    expect(valueOf(text, "ticketgraph_connection_state", { connection: "jira", vendor: "jira", state: "ACTIVE" })).toBe(
      1,
    );
    expect(valueOf(text, "ticketgraph_operations_total", { operation: "Make", type: "mutation", outcome: "ok" })).toBe(
      1,
    );
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    const slices = lines.filter(({ slice }) => slice === "0-2");
    expect(slices.map(({ msg }) => msg)).toEqual(expect.arrayContaining(["vendor call", "background work"]));
    expect(slices.every(({ requestId, job }) => requestId === undefined && typeof job === "string")).toBe(true);
    expect([...twice]).toEqual([]);
  });
});

describe("an observer", () => {
  const place = { tenantId: "acme", connectionId: "gone" };
  const call = { operation: "issue.get", kind: "read", method: "GET", status: 200, ms: 5, attempt: 1 } as const;

  it("forgets a connection that is left, and not one that was only opened anew", async () => {
    const observer = openObserver(createLogger("silent"));
    observer.enter(place, new URL("https://acme.test")).http.onCall(call);
    observer.enter({ ...place, connectionId: "stays" }, new URL("https://acme.test")).http.onCall(call);
    observer.enter(place, new URL("https://acme.test"));
    observer.leave(place);
    expect(await observer.scrape()).toContain('connection="gone"');
    observer.leave(place);
    await until(async () => !(await observer.scrape()).includes('connection="gone"'));
    expect(await observer.scrape()).toContain('connection="stays"');
  });

  it("says that the database is away instead of what it said before", async () => {
    const observer = openObserver(createLogger("silent"));
    observer.ask({ connections: () => [], figures: () => Promise.reject(new Error("away")) });
    const text = await observer.scrape();
    expect(text).toMatch(/^ticketgraph_store_up 0$/m);
    expect(text).not.toMatch(/^ticketgraph_(jobs|job_items_waiting|queue_jobs|ledger_rows)[ {]/m);
  });

  it("asks the database once for all who scrape at a time, and shortly after", async () => {
    let asked = 0;
    const nothing: Figures = { ledger: [], jobs: [], queues: [], syncs: [], inbox: [] };
    const observer = openObserver(createLogger("silent"));
    observer.ask({
      connections: () => [],
      async figures() {
        asked += 1;
        return { ...nothing, ledger: [{ ...place, state: "UNKNOWN", rows: 3, oldest: 7_200 }] };
      },
    });
    await Promise.all([observer.scrape(), observer.scrape()]);
    const text = await observer.scrape();
    expect(asked).toBe(1);
    expect(text).toMatch(
      /^ticketgraph_ledger_oldest_seconds\{tenant="acme",connection="gone",state="UNKNOWN"\} 7200$/m,
    );
  });

  it("says less of what a vendor's status was than the vendor could make up", async () => {
    const observer = openObserver(createLogger("silent"));
    const { http } = observer.enter(place, new URL("https://acme.test"));
    for (let status = 500; status < 600; status += 1) http.onCall({ ...call, status });
    for (let n = 0; n < 200; n += 1) http.onCall({ ...call, operation: `made.up.${n}` });
    const counted = (await observer.scrape()).match(/^ticketgraph_vendor_calls_total\{.*$/gm) ?? [];
    expect(counted.length).toBeLessThan(110);
  });
});
