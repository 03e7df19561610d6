import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../../src/config/config-error.js";
import { readTrustedManifest } from "../../src/config/trusted-documents.js";
import { createSchema } from "../../src/graphql/schema.js";
import { QUERY_LIMITS } from "../../src/server/limits/query-limits.js";
import { openTrustedDocuments } from "../../src/server/limits/trusted-documents.js";
import { post as askToy, startToy } from "../server/toy.js";
import { KEY, startTestApp, type TestApp } from "../support/app.js";
import { firstEvent, liveClient } from "./live-client.js";

const VIEWER = "query Viewer { viewer { name } }";
const PAGE = 'query Page($first: Int!) { searchTickets(query: "project = PLAT", first: $first) { nodes { key } } }';
const CHANGES = "subscription { ticketChanged { kind } }";
const JOB = 'subscription Job { bulkJobProgress(id: "nothing") { state } }';
const STRANGE = "{ viewer { tenantId } }";
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

let folder: string;
let plain: string;
let apollo: string;
const write = async (name: string, content: unknown): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trusted-"));
  plain = await write("plain.json", Object.fromEntries([VIEWER, PAGE, CHANGES, JOB].map((text) => [hash(text), text])));
  const operations = [VIEWER, PAGE].map((body) => ({
    id: hash(body),
    name: /query (\w+)/.exec(body)?.[1],
    type: "query",
    body,
  }));
  apollo = await write("apollo.json", {
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: [...operations, { id: "named-by-hand", name: "Job", type: "subscription", body: JOB }],
  });
});
afterAll(() => rm(folder, { recursive: true }));

interface Answered {
  readonly status: number;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly { message: string; extensions: { code: string } }[];
  };
}
const post = async (test: TestApp, body: object): Promise<Answered> => {
  const headers = { "content-type": "application/json", "x-api-key": KEY };
  const response = await fetch(`${test.app.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Answered["body"] };
};
const data = { viewer: { name: "backend" } };

describe.each(["plain", "apollo"])("a manifest of the form %s", (form) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ config: { trustedDocuments: form === "plain" ? plain : apollo } });
  });
  afterAll(() => test.close());

  it.each([
    ["documentId with its algorithm", { documentId: `sha256:${hash(VIEWER)}` }],
    ["documentId alone", { documentId: hash(VIEWER) }],
    ["Apollo's extension", { extensions: { persistedQuery: { version: 1, sha256Hash: hash(VIEWER) } } }],
    [
      "Apollo's extension beside the text",
      { query: VIEWER, extensions: { persistedQuery: { version: 1, sha256Hash: hash(VIEWER) } } },
    ],
    ["a name beside another text, which doesn't count", { query: STRANGE, documentId: hash(VIEWER) }],
  ])("is asked by %s", async (_what, body) => {
    expect(await post(test, body)).toMatchObject({ status: 200, body: { data } });
  });

  it("is asked with variables, and by GET", async () => {
    expect(await post(test, { documentId: hash(PAGE), variables: { first: 1 }, operationName: "Page" })).toMatchObject({
      body: { data: { searchTickets: { nodes: [{}] } } },
    });
    const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash(PAGE) } }));
    const address = `${test.app.url}/graphql?extensions=${extensions}&variables=${encodeURIComponent('{"first":2}')}`;
    const answer = await fetch(address, { headers: { "x-api-key": KEY } });
    expect(await answer.json()).toMatchObject({ data: { searchTickets: { nodes: [{}, {}] } } });
    const byId = await fetch(`${test.app.url}/graphql?documentId=${hash(VIEWER)}`, { headers: { "x-api-key": KEY } });
    expect(await byId.json()).toMatchObject({ data });
  });

  it("says of an unknown hash what to do", async () => {
    const id = hash("unknown");
    const message = `There is no trusted document "${id}". Send the query's text, or have the server's operator add it to TRUSTED_DOCUMENTS.`;
    const errors = [{ message, extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }];
    expect(await post(test, { documentId: id })).toEqual({ status: 400, body: { errors } });
    expect(await post(test, { extensions: { persistedQuery: { version: 1, sha256Hash: id } } })).toEqual({
      status: 400,
      body: { errors },
    });
  });

  it("still takes other texts, with or without an unknown hash", async () => {
    expect((await post(test, { query: STRANGE })).body.data).toEqual({ viewer: { tenantId: "acme" } });
    expect(
      (await post(test, { query: STRANGE, extensions: { persistedQuery: { version: 1, sha256Hash: hash(STRANGE) } } }))
        .body.data,
    ).toEqual({ viewer: { tenantId: "acme" } });
  });

  it("is asked over a WebSocket", async () => {
    const client = liveClient(test.app.url, KEY);
    const documentId = form === "plain" ? `sha256:${hash(JOB)}` : "named-by-hand";
    expect((await firstEvent(client, { query: "", documentId })).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
    expect((await firstEvent(client, { query: "", documentId: "none" })).errors).toMatchObject([
      { extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } },
    ]);
    await client.dispose();
  });
});

describe("a server of trusted documents only", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ config: { trustedDocuments: plain, trustedDocumentsOnly: true } });
  });
  afterAll(() => test.close());
  const message =
    "This server runs only the documents of its manifest, and this is none of them. Have its operator add it to TRUSTED_DOCUMENTS.";
  const refusal = [{ message, extensions: { code: "UNTRUSTED_DOCUMENT" } }];

  it("takes them by hash, or word by word", async () => {
    expect((await post(test, { documentId: hash(VIEWER) })).body).toMatchObject({ data });
    expect((await post(test, { query: VIEWER })).body).toMatchObject({ data });
  });

  it.each([
    ["another text", { query: STRANGE }],
    ["one with another space", { query: `${VIEWER} ` }],
    ["introspection", { query: "{ __schema { queryType { name } } }" }],
    ["what is no GraphQL", { query: "{" }],
    [
      "a text that calls itself by a hash",
      { query: STRANGE, extensions: { persistedQuery: { version: 1, sha256Hash: hash(STRANGE) } } },
    ],
  ])("refuses %s", async (_what, body) => {
    expect(await post(test, body)).toEqual({ status: 400, body: { errors: refusal } });
  });

  it("refuses others by GET and over a WebSocket too", async () => {
    const headers = { "x-api-key": KEY, "apollo-require-preflight": "1" };
    const answer = await fetch(`${test.app.url}/graphql?query=${encodeURIComponent(STRANGE)}`, { headers });
    expect(await answer.json()).toEqual({ errors: refusal });
    const client = liveClient(test.app.url, KEY);
    const { errors } = await firstEvent(client, { query: "subscription { ticketChanged { at } }" });
    expect(errors).toMatchObject(refusal);
    expect(errors).toHaveLength(refusal.length);
    expect((await firstEvent(client, { query: JOB })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    await client.dispose();
  });
});

describe("without a manifest", () => {
  it("a name is answered in words", async () => {
    const server = await startToy();
    const answer = await askToy(server.url, JSON.stringify({ documentId: "abc" }));
    const message = `This server has no trusted documents, so "abc" names none. Send the query's text.`;
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      errors: [{ message, extensions: { code: "PERSISTED_QUERY_NOT_SUPPORTED" } }],
    });
    await server.close();
  });
});

describe("a manifest that is wrong is refused at the start", () => {
  const schema = createSchema();
  const starting = async (name: string, content: unknown): Promise<string> => {
    const path = await write(name, content);
    const opened = readTrustedManifest(path).then((manifest) =>
      openTrustedDocuments(manifest, true, schema, QUERY_LIMITS),
    );
    const error: unknown = await opened.then(
      () => undefined,
      (why: unknown) => why,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.replaceAll(path, "FILE");
  };

  it("with every document that can't run", async () => {
    const wrong = "{ viewer { nme } }";
    const deep = `{ node(id: "x") { ... on Ticket { ${"parent { ".repeat(12)}key${" }".repeat(12)} } } }`;
    const told = await starting("invalid.json", {
      [hash(VIEWER)]: VIEWER,
      [hash(wrong)]: wrong,
      byName: "{",
      [hash(deep)]: deep,
    });
    expect(told.split("\n")).toEqual([
      "TRUSTED_DOCUMENTS names FILE, in which these can't run here. Make the manifest anew with this server's schema:",
      `  - ${hash(wrong)}: Cannot query field "nme" on type "Viewer". Did you mean "name"?`,
      "  - byName: Syntax Error: Expected Name, found <EOF>.",
      `  - ${hash(deep)}: The query is 14 fields deep; 10 are allowed. Ask for what lies deeper in a second query.`,
    ]);
  });

  it("with every hash that isn't its text's", async () => {
    expect(await starting("hash.json", { [hash(VIEWER)]: VIEWER, [`sha256:${hash("x")}`]: STRANGE })).toBe(
      `TRUSTED_DOCUMENTS names FILE, in which these hashes are not the SHA-256 of their documents. Make it anew:\n  - ${hash("x")}`,
    );
  });

  it("when it is none", async () => {
    expect(await starting("list.json", ["a"])).toContain("which is no manifest");
    expect(await starting("text.json", "{")).toContain("which is no JSON");
    await expect(startTestApp({ config: { trustedDocuments: join(folder, "absent.json") } })).rejects.toMatchObject({
      name: "ConfigError",
      message: `TRUSTED_DOCUMENTS names ${join(folder, "absent.json")}, which can't be read. Give the path of a JSON manifest.`,
    });
  });
});
