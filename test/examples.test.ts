import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { sampleQuery } from "../src/sample-query.js";
import { startTestApp, type TestApp } from "./support/app.js";

const folder = new URL("../schema/examples/", import.meta.url);
const examples = readdirSync(folder).filter((file) => file.endsWith(".graphql"));
const documents = readdirSync(new URL("../docs/", import.meta.url), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".md"));
const schema = buildSchema(readFileSync(new URL("../schema/schema.graphql", import.meta.url), "utf8"));
const plat = { vendorId: "PLAT" };
const ticket = { project: plat, type: { name: "Bug" }, name: "The printer is on fire" };

/** What a reader of the examples would give them. */
const VARIABLES: Record<string, (ticketId: string) => Record<string, unknown>> = {
  "bulk-jobs.graphql": () => ({}),
  "start-bulk-create-tickets.graphql": () => ({ input: { tickets: [ticket, ticket], idempotencyKey: "import-7" } }),
  "bulk-create-tickets.graphql": () => ({ input: { tickets: [ticket, { ...ticket, priority: "Low" }] } }),
  "connections.graphql": () => ({}),
  "create-form.graphql": () => ({ project: plat }),
  "create-ticket.graphql": () => ({ input: ticket }),
  "deliveries.graphql": () => ({}),
  "search-tickets.graphql": () => ({ query: "project = PLAT" }),
  "ticket.graphql": (id) => ({ id }),
  "validate-ticket.graphql": () => ({ input: { ...ticket, customFields: { Severity: "S2" } } }),
  "add-comment.graphql": (id) => ({ input: { ticket: { id }, body: "Seen on the third floor, **again**." } }),
  "ticket-parts.graphql": (id) => ({ id }),
  "tickets.graphql": () => ({ filter: { statusCategories: ["TODO"], text: "printer" } }),
  "sync-connection.graphql": () => ({ id: "jira" }),
  "update-ticket.graphql": (id) => ({ input: { ticket: { id }, statusCategory: "DONE", priority: "Low" } }),
  "bulk-update-tickets.graphql": (id) => ({ input: { tickets: [{ ticket: { id }, tags: ["seen"] }] } }),
  "start-bulk-update-tickets.graphql": (id) => ({ input: { tickets: [{ ticket: { id }, dueDate: null }] } }),
};

describe("what readers are given to copy", () => {
  let test: TestApp;
  let ticketId: string;
  beforeAll(async () => {
    test = await startTestApp();
    const { data } = await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }');
    ticketId = data.searchTickets.nodes[0].id;
  });
  afterAll(() => test.close());

  // First of all, while the vendor is as a reader finds it.
  it.each(["README.md", "docs/writing.md"])("what %s shows is answered as it says", async (file) => {
    const page = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
    const shown = [...page.matchAll(/```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)];
    expect(shown.filter(([, , answer]) => answer !== undefined)).toHaveLength(1);
    for (const [, operation = "", answer] of shown) {
      const { data, errors } = await test.query(operation);
      expect(errors).toBeUndefined();
      if (answer !== undefined) expect({ data }).toEqual(JSON.parse(answer));
    }
  });

  it("a page of fifty takes as many calls as the README says", async () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const [, operation = ""] = /```graphql\n([\s\S]*?)```/.exec(readme) ?? [];
    const before = test.jira.calls.length;
    const { data } = await test.query(operation.replace("first: 2", "first: 50"));
    expect(data.searchTickets.nodes).toHaveLength(50);
    expect(test.jira.calls.length - before).toBe(2);
  });

  it.each(examples)("%s works", async (file) => {
    const variables = VARIABLES[file]?.(ticketId);
    if (!variables) throw new Error(`Say in this test which variables ${file} is to be tried with.`);
    const { data, errors } = await test.query(readFileSync(new URL(file, folder), "utf8"), variables);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toContain('"errors":[{');
    expect(data).not.toBeNull();
  });

  it("the explorer's sample works", async () => {
    for (const operationName of ["Tickets", "AcrossVendors", "Everywhere", "File"]) {
      const response = await fetch(`${test.app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": "test_key_0123456789abcdefghij" },
        body: JSON.stringify({ query: sampleQuery, operationName }),
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      expect(errors).toBeUndefined();
    }
  });

  it.each(["../README.md", ...documents.map((file) => `../docs/${file}`)])("%s speaks our schema", (file) => {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    for (const [, operation = ""] of text.matchAll(/```graphql\n([\s\S]*?)```/g))
      expect(validate(schema, parse(operation)).map(({ message }) => message)).toEqual([]);
  });
});
