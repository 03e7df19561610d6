import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../src/sandbox/random.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { until } from "../support/until.js";
import { ask, setUp, startGateway, tearDown, type Gateway, type Setup } from "./gateway.js";

const SYNC = `mutation { syncConnection(id: "vendor", full: true) { id } }`;
const STATE = `{ connection(id: "vendor") { sync { state error tickets } } tickets(first: 1) { totalCount } }`;
const PAGE = `query ($after: String) { tickets(first: 100, after: $after) { nodes { vendorId name } pageInfo { hasNextPage endCursor } } }`;
const FIND = `query ($text: String!) { tickets(filter: { text: $text }) { nodes { vendorId name } } }`;
const SECRET = "webhook_secret_0123456789";

interface State {
  readonly connection: { readonly sync: { readonly state: string; readonly tickets: number } };
  readonly tickets: { readonly totalCount: number };
}
interface Page {
  readonly tickets: {
    readonly nodes: readonly { readonly vendorId: string; readonly name: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

let jira: JiraSandbox;
let setup: Setup;
let place: Place | undefined;
let gateway: Gateway;
afterEach(async () => {
  await gateway.kill();
  await jira.close();
  await tearDown(setup);
  await place?.drop();
});

describe.each(ENGINES)("a gateway over %s that is killed", (engine) => {
  const start = async (issues: number, delayMs: number) => {
    jira = await startJiraSandbox({ issues, delayMs });
    place = await newPlace(engine);
    const { email, apiToken } = jira;
    const webhook = { secret: SECRET };
    const connection = { vendor: "jira", baseUrl: jira.url, credentials: { email, apiToken }, webhook };
    setup = await setUp(connection, place.url, 1);
    gateway = await startGateway(setup);
  };
  const state = async (): Promise<State | undefined> => ask<State>(gateway.url, STATE);
  const tell = (id: string) => {
    const body = JSON.stringify({ timestamp: Date.now(), webhookEvent: "jira:issue_updated", issue: { id } });
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    const headers = { "x-hub-signature": `sha256=${signature}` };
    return fetch(gateway.url.replace("/graphql", "/webhooks/vendor"), { method: "POST", headers, body });
  };

  it("has all of it in the end, without being asked again: what it was copying, and what it was told of", async () => {
    await start(900, 80);
    await ask(gateway.url, SYNC);
    await until(async () => ((await state())?.tickets.totalCount ?? 0) > 0);
    // It has been read, so only the message brings what became of it.
    const [first] = (await ask<Page>(gateway.url, PAGE, { after: null }))?.tickets.nodes ?? [];
    const issue = jira.state.byId(Number(first?.vendorId));
    if (!issue) throw new Error("Nothing was read.");
    jira.state.put({ ...issue, summary: "Told before the power cut", updated: Date.now() });
    expect((await state())?.connection.sync.state).toBe("RUNNING");
    const { status } = await tell(String(issue.id));
    await wait(seededRandom(process.pid)() * 150);
    await gateway.kill();
    expect(status).toBe(202);
    gateway = await startGateway(setup);
    const isDone = async () => (await state())?.connection.sync.state === "IDLE" && (await told()).length === 1;
    const told = async () => (await ask<Page>(gateway.url, FIND, { text: "power cut" }))?.tickets.nodes ?? [];
    await until(isDone);
    const kept: (readonly [string, string])[] = [];
    for (let after: string | null = null; ;) {
      const page: Page | undefined = await ask<Page>(gateway.url, PAGE, { after });
      kept.push(...(page?.tickets.nodes ?? []).map(({ vendorId, name }) => [vendorId, name] as const));
      if (!page?.tickets.pageInfo.hasNextPage) break;
      after = page.tickets.pageInfo.endCursor;
    }
    const there = [...jira.state.all()].map(({ id, summary }) => [String(id), summary] as const);
    expect(kept.sort()).toEqual(there.sort());
  }, 60_000);
});
