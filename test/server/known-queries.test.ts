import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { compiledQueries } from "../../src/server/compiled-queries.js";
import type { Executor } from "../../src/server/executor.js";
import type { RunningServer } from "../../src/server/http.js";
import { KEY, READER_KEY, startTestApp, type TestApp } from "../support/app.js";
import { post, startToy } from "./toy.js";

const PAGE =
  'query Page($first: Int = 2) { searchTickets(query: "project = PLAT", first: $first) { nodes { key name } } }';
const TWO = `${PAGE} query Other { viewer { name } }`;
const ASKED: Readonly<Record<string, object>> = {
  "a page": { query: PAGE },
  "a page with its name": {
    query: PAGE,
    operationName: "Page",
    variables: { first: 1 },
    extensions: { clientLibrary: {} },
  },
  "one of two": { query: TWO, operationName: "Other", variables: null },
  "none of two": { query: TWO },
  "a name that isn't there": { query: PAGE, operationName: "Nothing" },
  "a name without letters": { query: PAGE, operationName: "" },
  "a variable of another kind": { query: PAGE, variables: { first: "many" } },
  "variables that are a list": { query: PAGE, variables: [1] },
  "a part that fails": { query: '{ viewer { name } searchTickets(query: "nonsense =", first: 1) { nodes { key } } }' },
  "a whole that fails": { query: "{ tickets(first: 1000) { totalCount } }" },
  "what the key may not": { query: "{ auditLog(first: 1) { nodes { action } } }" },
  "the schema": { query: "{ __schema { queryType { name } } __typename }" },
  "a text that isn't valid": { query: "{ nothing }" },
  "a hash beside the text": { query: PAGE, extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } },
};
const ACCEPTED = [
  undefined,
  "*/*",
  "application/json",
  "application/graphql-response+json",
  "application/graphql-response+json, application/json;q=0.9",
  "application/json, application/graphql-response+json",
  "text/html;q=0.1, application/*",
  "text/plain",
  "multipart/mixed",
];

describe("a query that comes again", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  /** All that a client sees, but for what is another each time. */
  async function answerTo(body: object, accept: string | undefined, key = READER_KEY): Promise<object> {
    const response = await fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": key, ...(accept !== undefined && { accept }) },
      body: JSON.stringify(body),
    });
    const {
      date: _date,
      "x-request-id": _id,
      "content-length": _length,
      ...headers
    } = Object.fromEntries(response.headers);
    const text = (await response.text()).replace(/"left":\d+|"resetsAt":"[^"]*"|"reference":"[^"]*"/g, "…");
    return { status: response.status, headers, text };
  }

  it.each(Object.keys(ASKED))("is answered as it was the first time: %s", async (name) => {
    for (const accept of ACCEPTED) {
      // Another text each time round, so that each way of accepting has a first answer.
      const body = { ...ASKED[name], query: `${String((ASKED[name] as { query: string }).query)} # ${String(accept)}` };
      const first = await answerTo(body, accept);
      expect(await answerTo(body, accept)).toEqual(first);
      expect(await answerTo(body, accept)).toEqual(first);
    }
  });

  it("is refused to whom it isn't for, however often it was run for others", async () => {
    const query = "query Keys { apiKeys(first: 1) { nodes { id } } }";
    const allowed = await answerTo({ query }, undefined, KEY);
    expect(await answerTo({ query }, undefined, KEY)).toEqual(allowed);
    expect(await answerTo({ query }, undefined)).toMatchObject({ text: expect.stringContaining("FORBIDDEN") });
    expect(await answerTo({ query }, undefined, "nobody")).toMatchObject({ status: 401 });
  });
});

describe("Apollo Server", () => {
  let server: RunningServer;
  const seen: { context: object; path: string }[] = [];
  const made: object[] = [];
  beforeAll(async () => {
    const compiled = compiledQueries();
    // It copies a context, so whoever gets the very same one was not called by it.
    const executor: Executor = (operation) => {
      seen.push({ context: operation.context, path: made.includes(operation.context) ? "known" : "apollo" });
      return compiled(operation);
    };
    const context = (): object => {
      const one = {};
      made.push(one);
      return one;
    };
    server = await startToy({ executor, context });
  });
  afterAll(() => server.close());

  const ways = async (...bodies: object[]): Promise<readonly string[]> => {
    seen.length = 0;
    for (const body of bodies) await post(server.url, JSON.stringify(body));
    return seen.map(({ path }) => path);
  };

  it("sees each text once", async () => {
    expect(
      await ways({ query: "{ hello }" }, { query: "{ hello }" }, { query: "{ hello }" }, { query: "{hello}" }),
    ).toEqual(["apollo", "known", "known", "apollo"]);
  });

  it("sees each operation of a text", async () => {
    const query = "query A { hello } query B { hello }";
    const [a, b] = ["A", "B"].map((operationName) => ({ query, operationName }));
    expect(await ways(a as object, a as object, b as object, b as object)).toEqual([
      "apollo",
      "known",
      "apollo",
      "known",
    ]);
  });

  it("sees every mutation, and whatever is asked for by GET", async () => {
    const query = "mutation { touch }";
    expect(await ways({ query }, { query })).toEqual(["apollo", "apollo"]);
    await ways({ query: "query Got { hello }" });
    seen.length = 0;
    const headers = { "x-api-key": "toy_key_of_at_least_24_characters" };
    await fetch(`${server.url}/graphql?query=${encodeURIComponent("query Got { hello }")}`, { headers });
    expect(seen.map(({ path }) => path)).toEqual(["apollo"]);
  });
});
