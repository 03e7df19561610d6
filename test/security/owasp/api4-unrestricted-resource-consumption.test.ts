import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { KEY, startTestApp, type TestApp } from "../../support/app.js";
import { makeKey } from "../../support/make-key.js";
import { post } from "../../support/post.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ limits: { requestsPerMinute: 100 }, config: { bodyLimit: 100_000 } });
});
afterAll(() => test.close());

const refused = async (query: string, variables: Record<string, unknown> = {}) => {
  const calls = test.jira.calls.length;
  const { status, body } = await post(test, query, variables);
  expect(test.jira.calls.length).toBe(calls);
  expect(body.data).toBeUndefined();
  return { status, message: body.errors?.[0]?.message ?? "" };
};

describe("what one request may ask for", () => {
  it.each([
    ["aliases", `{ ${Array.from({ length: 500 }, (_, n) => `a${n}: __typename`).join(" ")} }`],
    [
      "depth",
      `{ connections ${"{ projects { nodes { issueTypes { nodes { connection ".repeat(4)}{ id }${" } } } } }".repeat(4)} }`,
    ],
    ["tokens", `{ viewer { ${"name ".repeat(5_000)} } }`],
    ["directives", `{ viewer { name ${"@include(if: true) ".repeat(100)} } }`],
    [
      "vendor calls",
      '{ projects(first: 100) { nodes { issueTypes(first: 100) { nodes { fields(project: { vendorId: "PLAT" }) { id } } } } } }',
    ],
  ])("is bounded in %s, before anybody is asked", async (_what, query) => {
    expect((await refused(query)).status).toBe(400);
  });

  it("is bounded in bytes, and in tickets", async () => {
    expect(await refused("{ __typename }", { much: "x".repeat(100_000) })).toMatchObject({ status: 413 });
    const tickets = Array.from({ length: 51 }, () => ({ name: "One" }));
    const { body } = await post(
      test,
      "mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) { total } }",
      { input: { tickets } },
    );
    expect(body.errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
    expect(test.jira.calls.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("is bounded in pages: 101 of anything are refused", async () => {
    const { body } = await post(test, "{ projects(first: 101) { nodes { id } } }");
    expect(body.errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  });
});

describe("what one key may ask for in a minute", () => {
  it("is bounded, told with each answer, and others aren't the worse for it", async () => {
    const { key } = await makeKey(test, "eager", ["tickets:read"]);
    const ask = () => post(test, "{ viewer { name } }", {}, { "x-api-key": key });
    const first = await ask();
    expect(first.body.extensions.cost.requests).toMatchObject({ limit: 100, left: 99 });
    const answers = await Promise.all(Array.from({ length: 150 }, ask));
    const late = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length + late.length).toBe(150);
    expect(late.length).toBeGreaterThan(0);
    expect(Number(late[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await post(test, "{ viewer { name } }", {}, { "x-api-key": KEY })).status).toBe(200);
  });
});
