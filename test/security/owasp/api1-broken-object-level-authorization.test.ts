import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Client } from "graphql-ws";
import { SCOPES } from "../../../src/domain/caller.js";
import { partGlobalId } from "../../../src/domain/global-id.js";
import { createSchema } from "../../../src/graphql/schema.js";
import { startJiraSandbox, type JiraSandbox } from "../../../src/sandbox/jira/server.js";
import { type Answer, KEY, startTestApp, STRANGER_KEY, type TestApp } from "../../support/app.js";
import { callWith, idPlaces, type Fillers, type IdPlace } from "../../support/id-places.js";
import { until } from "../../support/until.js";
import { liveClient } from "../live-client.js";

const places = idPlaces(createSchema({ federation: true }));

const KINDS = [
  "ticket",
  "project",
  "type",
  "user",
  "connection",
  "name",
  "job",
  "jobNumber",
  "key",
  "comment",
  "attachment",
] as const;
type Ids = Record<(typeof KINDS)[number], string>;

let strangerJira: JiraSandbox;
let test: TestApp;
let live: Client;
let own: Ids;
let foreign: Ids;
let absent: Ids;
beforeAll(async () => {
  strangerJira = await startJiraSandbox();
  // The calls ask for all that can be read, which is more than people may ask for at once.
  const limits = { queryTokens: 50_000, vendorCalls: 100_000, queryDepth: 20 };
  const delivery = { quietSeconds: 1, leaseSeconds: 30, waitSeconds: 10 };
  const sync = { everyMinutes: 60, fullEveryHours: 24 };
  test = await startTestApp({
    config: { federation: true },
    strangerJira,
    limits,
    sync,
    delivery,
    onUnknown: "review",
  });
  // Before there is anything else on its way to Jira that the fault could strike.
  await loseOne();
  live = liveClient(test.app.url, KEY);
  [own, foreign] = await Promise.all([idsOf(KEY, "jira"), idsOf(STRANGER_KEY, "stranger-jira")]);
  await Promise.all([copied(KEY), copied(STRANGER_KEY)]);
  absent = absentLike(foreign, "no-such-jira!");
});
afterAll(async () => {
  await live.dispose();
  await test.close();
  await strangerJira.close();
});

/** Waits until the tenant's tickets are in the store, for the filters to find, and nothing else is asked of its Jira. */
async function copied(key: string): Promise<void> {
  await until(async () => {
    const query = "{ connections { lastSyncedAt } bulkJobs { nodes { finishedAt } } }";
    const { connections, bulkJobs } = (await test.query(query, {}, key)).data;
    return [connections[0].lastSyncedAt, ...bulkJobs.nodes.map((job: Told) => job.finishedAt)].every(Boolean);
  });
}
interface Told {
  readonly finishedAt: string | null;
}

/** One of each kind of thing that a tenant has, whose connection is named so. */
async function idsOf(key: string, name: string): Promise<Ids> {
  const ask = async (document: string) => (await test.query(document, {}, key)).data;
  const { projects, searchTickets, connections } = await ask(`{
    connections { id } searchTickets(query: "project = PLAT AND assignee IS NOT EMPTY", first: 1) { nodes { id assignees { id } } }
    projects(query: "PLAT") { nodes { id issueTypes { nodes { id name } } } } }`);
  const [project] = projects.nodes;
  const [{ id: ticket, assignees }] = searchTickets.nodes;
  const { addComment, startBulkCreateTickets } = await ask(`mutation {
    addComment(input: { ticket: { id: "${ticket}" } body: "One." }) { comment { id } }
    startBulkCreateTickets(input: { tickets: [{ name: "One" project: { vendorId: "PLAT" } type: { name: "Task" } }] }) { job { id } } }`);
  const made = await test.query(
    `mutation ($scopes: [String!]!) {
      createApiKey(input: { name: "spare", scopes: $scopes }) { apiKey { id } }
      createConnection(input: { id: "${name}", name: "Taken", settings: { leen: {
        credentials: { apiKey: "a key", connectionId: "one" } } } }) { errors { code } } }`,
    { scopes: SCOPES },
    key,
  );
  return {
    ticket,
    project: project.id,
    type: project.issueTypes.nodes.find((type: { name: string }) => type.name === "Task").id,
    user: assignees[0].id,
    connection: connections[0].id,
    name,
    job: startBulkCreateTickets.job.id,
    jobNumber:
      Buffer.from(startBulkCreateTickets.job.id as string, "base64url")
        .toString()
        .split(":")[2] ?? "",
    key: made.data.createApiKey.apiKey.id,
    comment: addComment.comment.id,
    // Those of a ticket are found without a call of their own: it needn't be there.
    attachment: partGlobalId("Attachment", name, "10001", "10000"),
  };
}

/** The same of a connection, a job and a key that nobody has, each as long as what it stands for. */
function absentLike(ids: Ids, connection: string): Ids {
  const [job, key] = [randomUUID(), randomUUID()];
  const moved = (id: string): string => {
    const [letter = "", at = "", ...rest] = Buffer.from(id, "base64url").toString().split(":");
    const other = { B: job, Y: key }[letter];
    return Buffer.from([letter, ...(other ? [at, other] : [connection, ...rest])].join(":")).toString("base64url");
  };
  const opaque = Object.entries(ids).map(([kind, id]) => [kind, moved(id)]);
  return { ...(Object.fromEntries(opaque) as Ids), name: connection, jobNumber: job };
}

/** What a call needs beside the id in question, so that nothing else stands in its way. */
const fillers = (): Fillers => ({
  name: '"One"',
  body: '"One."',
  project: '{ vendorId: "PLAT" }',
  type: '{ name: "Task" }',
  ticket: `{ id: "${own.ticket}" }`,
  scopes: '["tickets:read"]',
  idempotencyKey: "$key",
});

/** How to get to the objects whose fields take an id; those of the roots are asked for as they are. */
const WAYS: Readonly<Record<string, (call: string) => string>> = {
  Query: (call) => `{ ${call} }`,
  Mutation: (call) => `mutation { ${call} }`,
  Subscription: (call) => `subscription { ${call} }`,
  VendorConnection: (call) => `{ connection(id: "jira") { ${call} } }`,
  IssueType: (call) => `{ node(id: "${own.type}") { ... on IssueType { ${call} } } }`,
};

/** The answer to a call with this id: free of the id, of the connection's name that it holds, and of what no two answers share. */
async function answerTo(place: IdPlace, id: string): Promise<string> {
  const way = WAYS[place.type.name];
  if (!way) throw new Error(`Say how to get to a ${place.type.name}: ${place.name} takes an id.`);
  const call = way(callWith(place, "$id", fillers()));
  const kind = place.type.name === "Subscription" ? "subscription" : call.startsWith("mutation") ? "mutation" : "query";
  const takes = `($id: ID!${call.includes("$key") ? ", $key: String!" : ""})`;
  const query = `${kind} ${takes} ${call.slice(call.indexOf("{"))}`;
  const payload = { query, variables: { id, ...(call.includes("$key") && { key: keyFor(place) }) } };
  const answer = await (kind === "subscription" ? subscribed(payload) : asked(payload));
  const [job] = place.field.name.startsWith("startBulk") ? (/QjotO[\w-]+/.exec(answer) ?? []) : [];
  return told(job === undefined ? answer : answer + (await outcomeOf(job)), id);
}

/** Where a ticket is told to be what a lost write made, the write must have been lost. */
function keyFor({ name }: IdPlace): string {
  return name === "Mutation.resolveDelivery(input.delivered.ticket.id)" ? "lost" : randomUUID();
}

/** A write whose answer was lost, and which waits for a person. */
async function loseOne(): Promise<void> {
  test.jira.faults.add({ kind: "status", status: 502, operation: "/createIssues?$/", times: 1 });
  const { data } = await test.query(`mutation { createTicket(input: { name: "One" idempotencyKey: "lost"
    project: { vendorId: "PLAT" } type: { name: "Task" } }) { delivery { state } } }`);
  expect(data.createTicket.delivery.state).toBe("UNKNOWN");
}

/** What a job came to: an id in one of its tickets is looked at when it runs. */
async function outcomeOf(id: string): Promise<string> {
  const query = `query ($id: ID!) { bulkJob(id: $id) { state finishedAt results { nodes { error { code message path } } } } }`;
  for (;;) {
    const { data } = await test.query(query, { id });
    if (data.bulkJob.finishedAt !== null) return JSON.stringify(data);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Which ids are tried in a place: where something is referred to, one of that kind; anywhere else, of every kind. */
function kindsFor({ path }: IdPlace): readonly (keyof Ids)[] {
  const of = path.at(-1) === "id" ? path.at(-2) : path.at(-1);
  return REFERRED[of ?? ""] ?? KINDS;
}
const REFERRED: Readonly<Record<string, readonly (keyof Ids)[]>> = {
  project: ["project"],
  type: ["type"],
  ticket: ["ticket"],
  parent: ["ticket"],
  assignees: ["user"],
  reporters: ["user"],
  connectionId: ["connection", "name"],
};

interface Payload {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

async function asked(payload: Payload, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${test.app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": KEY, ...headers },
    body: JSON.stringify(payload),
  });
  const { extensions: _cost, ...answer } = (await response.json()) as Answer;
  return JSON.stringify({ status: response.status, ...answer });
}

/** The first that a subscription says, or that it says nothing. */
function subscribed(payload: Payload): Promise<string> {
  return new Promise((resolve) => {
    const end = live.subscribe(
      { ...payload },
      {
        next: ({ data, errors }) => resolve(JSON.stringify({ data, errors })),
        error: (errors) => resolve(JSON.stringify({ errors })),
        complete: () => resolve("ended"),
      },
    );
    setTimeout(() => (resolve("waits"), end()), 1_500);
  });
}

function told(answer: string, id: string): string {
  return answer
    .replaceAll(id, "<id>")
    .replaceAll(new RegExp(`${foreign.name}|${absent.name}`, "g"), "<connection>")
    .replaceAll(/QjotO[\w-]+/g, "<job>")
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":"<request>"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
}

/** One after another in a few lines at once: hundreds of calls must not crowd each other out. */
async function forAll<T>(things: readonly T[], act: (thing: T) => Promise<void>): Promise<void> {
  const waiting = [...things];
  const line = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: 8 }, line));
}

describe("an id of another tenant", () => {
  it("is answered exactly as one that doesn't exist, wherever the schema takes an id", async () => {
    expect(places.length).toBeGreaterThan(60);
    const calls = strangerJira.calls.length;
    const differing: object[] = [];
    await forAll(
      places.flatMap((place) => kindsFor(place).map((kind) => ({ place, kind }))),
      async ({ place, kind }) => {
        const [theirs, nobodys] = [await answerTo(place, foreign[kind]), await answerTo(place, absent[kind])];
        if (theirs !== nobodys) differing.push({ place: place.name, kind, theirs, nobodys });
      },
    );
    expect(differing).toEqual([]);
    expect(strangerJira.calls.length).toBe(calls);
  });

  it("is looked at in all of these places: an own id is answered otherwise there", async () => {
    const unreached: string[] = [];
    await forAll(places, async (place) => {
      for (const kind of kindsFor(place))
        if ((await answerTo(place, own[kind])) !== (await answerTo(place, absent[kind]))) return;
      unreached.push(place.name);
    });
    expect(unreached).toEqual([]);
  });

  it("is no more known in a header, and none of its files can be read or added to", async () => {
    const calls = strangerJira.calls.length;
    const send = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
      const all = { "x-api-key": KEY, "content-type": "application/json", ...headers };
      const response = await fetch(`${test.app.url}${path}`, { method, headers: all, ...(body && { body }) });
      return `${response.status} ${await response.text()}`;
    };
    const query = JSON.stringify({ query: "{ projects(first: 1) { nodes { id } } }" });
    const answers = (ids: Ids) =>
      Promise.all([
        send("POST", "/graphql", { "x-connection-id": ids.name }, query),
        send("POST", "/graphql", { "x-connection-id": ids.connection }, query),
        send("GET", `/attachments/${ids.attachment}`, {}),
        send("POST", `/attachments/${ids.ticket}?name=a.txt`, {}, "A file."),
      ]);
    const said = async (ids: Ids) =>
      (await answers(ids)).map((answer) =>
        Object.values(ids).reduce((text, id) => told(text, id), answer.replaceAll(/"(left|resetsAt)":[^,}]+/g, "")),
      );
    expect(await said(foreign)).toEqual(await said(absent));
    expect(strangerJira.calls.length).toBe(calls);
  });
});
