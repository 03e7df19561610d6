import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { KEY, startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

/** The first time a query is interpreted, the second time compiled and run, the third time run as compiled before. */
async function threeTimes(query: string, variables: Record<string, unknown> = {}, key = KEY): Promise<unknown> {
  // What is left of the key's requests is another number each time.
  const ask = async (): Promise<unknown> =>
    JSON.parse(JSON.stringify({ ...(await test.query(query, variables, key)), extensions: undefined }));
  const interpreted = await ask();
  expect(await ask()).toEqual(interpreted);
  expect(await ask()).toEqual(interpreted);
  return interpreted;
}

const PAGE = "($query: String!, $first: Int! = 2, $after: String) { searchTickets(query: $query, first: $first";

describe("a compiled query answers as an interpreted one", () => {
  const examples = new URL("../../schema/examples/", import.meta.url);
  const variables = { query: "project = PLAT", id: "nothing", projectId: "nothing", ids: ["nothing"] };
  it.each(readdirSync(examples).filter((file) => !/mutation/.test(readFileSync(new URL(file, examples), "utf8"))))(
    "%s",
    async (file) => {
      expect(await threeTimes(readFileSync(new URL(file, examples), "utf8"), variables)).toBeTruthy();
    },
  );

  it("with inputs whose fields have defaults", async () => {
    const query = "query ($input: CreateTicketInput!) { validateTicket(input: $input) { valid } }";
    const input = { name: "Dry", project: { vendorId: "PLAT" }, type: { name: "Task" } };
    expect(await threeTimes(query, { input })).toEqual({ data: { validateTicket: { valid: true } } });
  });

  it("with a variable within a JSON that is written out", async () => {
    const query = `query ($severity: String!) { validateTicket(input: { name: "Dry", project: { vendorId: "PLAT" }
      type: { name: "Bug" }, customFields: { Severity: $severity } }) { valid errors { path } } }`;
    expect(await threeTimes(query, { severity: "S2" })).toEqual({
      data: { validateTicket: { valid: true, errors: [] } },
    });
    const wrong = { errors: [{ path: ["customFields", "Severity"] }] };
    expect(await threeTimes(query, { severity: "S9" })).toMatchObject({ data: { validateTicket: wrong } });
  });

  it("with defaults of variables, nested kinds, fragments, aliases and directives", async () => {
    const query = `query Page${PAGE}, after: $after) {
      nodes { ...T again: name assignees { name @skip(if: true) id } parent { ...T } }
      edges { cursor node { __typename ... on Node { id } ... on Ticket { project { key connection { id } } } } }
      pageInfo { endCursor hasNextPage } } }
      fragment T on Ticket { id key status type { name } description(format: PLAIN) createdAt statusCategory }`;
    const answer = await threeTimes(query, { query: "project = PLAT ORDER BY created DESC" });
    expect(answer).toMatchObject({ data: { searchTickets: { pageInfo: { hasNextPage: true } } } });
    expect(JSON.stringify(answer)).not.toContain("errors");
  });

  it("with a fragment used twice on other conditions, and its fields where they were asked for", async () => {
    const query = `query Twice($yes: Boolean!, $no: Boolean!) {
      searchTickets(query: "project = PLAT", first: 1) { nodes { ...T @include(if: $no) key ...T @include(if: $yes) status } } }
      fragment T on Ticket { name id }`;
    const { data } = (await threeTimes(query, { yes: true, no: false })) as {
      data: { searchTickets: { nodes: object[] } };
    };
    expect(Object.keys(data.searchTickets.nodes[0] ?? {})).toEqual(["key", "name", "id", "status"]);
  });

  it("with variables within inputs, left out and null, and within JSON", async () => {
    const query = `query Within($projectIds: [ID!], $text: String, $field: String) {
      tickets(filter: { projectIds: $projectIds, text: $text }) { totalCount }
      validateTicket(input: { name: "Dry", project: { vendorId: "PLAT" }, type: { vendorId: "10003" }, customFields: { customfield_10010: $field } }) { valid errors { path } } }`;
    const without = await threeTimes(query, { field: "S2" });
    expect(without).toMatchObject({ data: { tickets: { totalCount: 0 }, validateTicket: { valid: true } } });
    expect(await threeTimes(query, { projectIds: [], text: null, field: "S2" })).not.toHaveProperty("errors");
    expect(await threeTimes(query, { field: "no such choice" })).toMatchObject({
      data: { validateTicket: { valid: false } },
    });
  });

  it("with a variable that is missing, null or of a wrong kind", async () => {
    const query = `query Wrong${PAGE}, after: $after) { totalCount } }`;
    expect(await threeTimes(query, {})).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(await threeTimes(query, { query: "project = PLAT", first: null })).toHaveProperty("errors");
    expect(await threeTimes(query, { query: "project = PLAT", first: "many" })).toHaveProperty("errors");
    expect(await threeTimes(query, { query: "project = PLAT", first: 1, after: null })).not.toHaveProperty("errors");
  });

  it("with the vendor's words for what it refuses, in their place", async () => {
    const query =
      'query Refused {\r\n  ok: viewer { __typename }\r\n  searchTickets(query: "x = ") { totalCount }\r\n}';
    const answer = await threeTimes(query);
    expect(answer).toMatchObject({ errors: [{ path: ["searchTickets"], locations: [{ line: 3, column: 3 }] }] });
  });

  it("with what a stranger is told", async () => {
    const query = '{ searchTickets(connectionId: "jira", query: "project = PLAT") { nodes { id } } }';
    const answer = await threeTimes(query, {}, STRANGER_KEY);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
  });

  it("with the schema itself", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    expect(await threeTimes(getIntrospectionQuery())).toHaveProperty("data.__schema");
  });

  it("by the operation that is named", async () => {
    const query = "query A { a: viewer { __typename } } query B { b: viewer { __typename } }";
    const ask = async (operationName: string): Promise<unknown> => {
      const response = await fetch(`${test.app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": KEY },
        body: JSON.stringify({ query, operationName }),
      });
      return ((await response.json()) as { data: unknown }).data;
    };
    for (let n = 0; n < 3; n += 1) {
      expect(await ask("A")).toHaveProperty("a");
      expect(await ask("B")).toHaveProperty("b");
    }
  });
});
