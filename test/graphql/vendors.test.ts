import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Answer } from "../support/app.js";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";

const CREATE = `mutation ($input: CreateTicketInput!) {
  createTicket(input: $input) {
    ticket { id key }
    errors { code message path allowedValues retryable }
    delivery { state guarantee reconciledBy }
  }
}`;
const JIRA = { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" } };
const LEEN = { connectionId: "demo-leen", project: { vendorId: "SEC" }, type: { name: "Task" } };
const STACKONE = { connectionId: "demo-stackone", project: { vendorId: "project-001" } };
const REZOLVE = {
  connectionId: "demo-rezolve",
  project: { vendorId: "james" },
  type: { name: "Hardware Request" },
  vendor: { rezolve: { offerId: "23629" } },
};

/** What a dry run found. */
function foundBy({ data, errors }: Answer): {
  readonly valid: boolean;
  readonly errors: readonly { path: string[] }[];
} {
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as { validateTicket: ReturnType<typeof foundBy> }).validateTicket;
}

describe("several vendors behind one schema", () => {
  let test: VendorsApp;
  beforeAll(async () => {
    test = await startVendorsApp({ quietSeconds: 1, leaseSeconds: 30, waitSeconds: 5 });
  });
  afterEach(() => {
    for (const { faults } of [test.jira, test.leen, test.rezolve, test.stackone]) faults.clear();
  });
  afterAll(() => test.close());

  const writes = (sandbox: VendorsApp["jira" | "leen" | "rezolve" | "stackone"]) =>
    sandbox.calls.filter(({ method, path }) => method !== "GET" && !/token|search|list|bulkfetch/.test(path));
  const create = async (input: object) => (await test.query(CREATE, { input })).data.createTicket;

  it("gives what the others say when one of them is down, and names the one that is", async () => {
    test.leen.faults.add({ kind: "status", status: 503 });
    const { data, errors } = await test.query(
      '{ connections { vendor name projects(first: 1, query: "e") { nodes { name } } } }',
    );
    expect(errors).toMatchObject([
      {
        path: ["connections", 1, "projects"],
        message: expect.stringContaining('(connection "demo-leen")') as unknown,
        extensions: { code: "VENDOR_UNAVAILABLE", connectionId: "demo-leen", retryable: true },
      },
    ]);
    expect(data.connections.map(({ projects }: { projects: unknown }) => projects !== null)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it("answers from all at once, and tells what each can do", async () => {
    const { data, errors } = await test.query(`{
      connections {
        vendor
        projects(first: 5) { nodes { name } }
        capabilities { search bulkCreate bulkCreateMax guarantee richText statusAtCreation }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.connections).toMatchObject([
      {
        vendor: "JIRA",
        projects: { nodes: [{ name: "Operations" }, { name: "Platform" }, { name: "Customer Support" }] },
      },
      {
        vendor: "LEEN",
        projects: { nodes: [{ name: "Security" }, { name: "Infrastructure" }, { name: "Project of Today" }] },
      },
      { vendor: "REZOLVE", projects: { nodes: [{ name: "hr" }, { name: "it" }, { name: "james" }] } },
      { vendor: "STACKONE", projects: { nodes: [{ name: "Helpdesk" }, { name: "Facilities" }, { name: "People" }] } },
    ]);
    expect(data.connections.map((one: { capabilities: object }) => one.capabilities)).toMatchObject([
      { search: "JQL", bulkCreate: "NATIVE", guarantee: "EFFECTIVELY_ONCE", richText: "ADF" },
      { search: "JQL", bulkCreate: "NATIVE", bulkCreateMax: 50, guarantee: "EFFECTIVELY_ONCE", richText: "MARKDOWN" },
      { search: "TEXT", bulkCreate: "FAN_OUT", guarantee: "AT_MOST_ONCE", richText: "HTML", statusAtCreation: false },
      { search: null, bulkCreate: "FAN_OUT", guarantee: "EFFECTIVELY_ONCE", richText: "HTML" },
    ]);
  });

  it("creates tickets for several connections in one call, their results in request order", async () => {
    const inputs = [REZOLVE, JIRA, STACKONE, LEEN, JIRA, LEEN, { ...REZOLVE, vendor: null }, STACKONE];
    const tickets = inputs.map((input, n) => ({ ...input, name: `Across ${n}` }));
    const { data, errors } = await test.query(
      `mutation ($input: BulkCreateTicketsInput!) {
        bulkCreateTickets(input: $input) {
          total succeeded failed pending
          results { requestIndex success ticket { name connection { vendor } } errors { path code } }
        }
      }`,
      { input: { tickets } },
    );
    expect(errors).toBeUndefined();
    expect(data.bulkCreateTickets).toMatchObject({ total: 8, succeeded: 7, failed: 1, pending: 0 });
    const vendors = ["REZOLVE", "JIRA", "STACKONE", "LEEN", "JIRA", "LEEN", null, "STACKONE"];
    expect(data.bulkCreateTickets.results).toMatchObject(
      vendors.map((vendor, requestIndex) =>
        vendor === null
          ? {
              requestIndex,
              success: false,
              ticket: null,
              errors: [{ code: "INVALID_INPUT", path: ["tickets", "6", "vendor", "rezolve", "offerId"] }],
            }
          : {
              requestIndex,
              success: true,
              ticket: { name: `Across ${requestIndex}`, connection: { vendor } },
              errors: [],
            },
      ),
    );
  });

  it("refuses what a vendor can't take before any call, by its place", async () => {
    const calls = () => [test.leen, test.rezolve, test.stackone].map((sandbox) => sandbox.calls.length);
    const before = calls();
    const refused: [input: object, ...path: string[]][] = [
      [{ ...LEEN, tags: ["a"] }, "tags"],
      [{ ...LEEN, reporters: [{ vendorId: "somebody" }] }, "reporters"],
      [{ ...REZOLVE, assignees: [{ vendorId: "somebody" }] }, "assignees"],
      [{ ...REZOLVE, parent: { vendorId: "CTC-0001" } }, "parent"],
      [{ ...STACKONE, status: "New" }, "status"],
      [{ ...STACKONE, dueDate: "2026-12-31" }, "dueDate"],
      [{ ...STACKONE, identifier: "mine" }, "identifier"],
      [{ ...LEEN, vendor: { rezolve: { offerId: "1" } } }, "vendor", "rezolve"],
      [{ ...JIRA, vendor: { stackone: { creatorId: "1" } } }, "vendor", "stackone"],
      [{ ...STACKONE, vendor: { rezolve: { offerId: "1" } } }, "vendor", "rezolve"],
    ];
    for (const [input, ...path] of refused) {
      const { ticket, errors, delivery } = await create({ name: "Refused", ...input });
      expect([ticket, delivery.state]).toEqual([null, "REJECTED"]);
      expect(errors).toMatchObject([{ code: "UNSUPPORTED", path, retryable: false }]);
    }
    expect(calls()).toEqual(before);
    const both = { rezolve: { offerId: "1" }, stackone: { creatorId: "1" } };
    expect((await test.query(CREATE, { input: { ...LEEN, name: "x", vendor: both } })).errors?.[0]?.message).toContain(
      "VendorCreateInput",
    );
  });

  it("says beforehand what would be refused, by the same checks, and writes nothing", async () => {
    const query =
      "query ($input: CreateTicketInput!) { validateTicket(input: $input) { valid errors { code path allowedValues } } }";
    const validate = async (input: object) => foundBy(await test.query(query, { input: { name: "Dry", ...input } }));
    const count = () => [test.jira, test.leen, test.rezolve, test.stackone].map((one) => writes(one).length);
    const before = count();
    for (const good of [JIRA, LEEN, STACKONE, REZOLVE])
      expect(await validate(good)).toEqual({ valid: true, errors: [] });
    const bad: [input: object, ...path: string[]][] = [
      [{ ...JIRA, priority: "Urgent" }, "priority"],
      [{ ...JIRA, type: { name: "Bug" }, customFields: { Severity: "S9" } }, "customFields", "Severity"],
      [{ ...JIRA, type: { name: "Bug" }, customFields: { Colour: "red" } }, "customFields", "Colour"],
      [{ ...LEEN, name: "two\nlines" }, "name"],
      [{ ...LEEN, tags: ["a"] }, "tags"],
      [{ ...STACKONE, vendor: { stackone: { componentIds: ["nope"] } } }, "vendor", "stackone", "componentIds", "0"],
      [{ ...REZOLVE, vendor: { rezolve: { offerId: "23700" } } }, "vendor", "rezolve", "offerId"],
      [{ ...REZOLVE, customFields: { "Needed By": "soon" } }, "customFields", "Needed By"],
    ];
    for (const [input, ...path] of bad) {
      const { valid, errors } = await validate(input);
      expect([valid, errors[0]?.path]).toEqual([false, path]);
    }
    expect(count()).toEqual(before);
  });

  it("takes custom fields by the names that people read", async () => {
    const input = {
      ...JIRA,
      type: { name: "Bug" },
      name: "Named",
      customFields: { severity: "S2", "Story Points": 3 },
    };
    const { data } = await test.query(
      "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { vendorAttributes { data } } errors { message path allowedValues } } }",
      { input },
    );
    expect(data.createTicket.errors).toEqual([]);
    expect(JSON.stringify(data.createTicket.ticket.vendorAttributes.data.customfield_10010)).toContain("S2");
    const { errors } = await create({ ...input, customFields: { severity: "S2", customfield_10010: "S1" } });
    expect(errors).toMatchObject([{ path: ["customFields", "customfield_10010"] }]);
  });

  it("says of a vendor without search that it has none", async () => {
    const { errors } = await test.query(
      '{ searchTickets(connectionId: "demo-stackone", query: "x") { nodes { key } } }',
    );
    expect(errors).toMatchObject([{ message: "StackOne can't be searched.", extensions: { code: "UNSUPPORTED" } }]);
  });

  it("costs StackOne one call, and a second only for who asks for more than its answer tells", async () => {
    const input = { ...STACKONE, name: "Cheap" };
    const idOnly = "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } } }";
    await test.query(idOnly, { input });
    const from = test.stackone.calls.length;
    // What is still looked for after earlier tests is looked for in the list.
    const calls = () =>
      test.stackone.calls
        .slice(from)
        .map(({ method, path }) => `${method} ${path.replace("/unified/ticketing/", "")}`)
        .filter((call) => call !== "GET tickets");
    await test.query(idOnly, { input });
    expect(calls()).toEqual(["POST tickets"]);
    const { data } = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { name status } } }`,
      { input },
    );
    expect(data.createTicket.ticket).toEqual({ name: "Cheap", status: "New" });
    expect(calls()).toEqual([
      ...["POST tickets", "POST tickets"],
      expect.stringMatching(/^GET tickets\/ticket-\d+$/) as unknown,
    ]);
  });

  it("gives Rezolve's revision at no further cost, and each of its refusals in its place", async () => {
    const from = test.rezolve.calls.length;
    const mutation = `mutation ($input: CreateTicketInput!) {
      createTicket(input: $input) { ticket { key revision } errors { code path message allowedValues vendorStatus } }
    }`;
    const { data } = await test.query(mutation, { input: { ...REZOLVE, name: "With a revision" } });
    const made = test.rezolve.state.tickets.at(-1);
    expect(data.createTicket).toEqual({ ticket: { key: made?.objectId, revision: made?.etag }, errors: [] });
    expect(test.rezolve.calls.slice(from).filter(({ method }) => method === "GET")).toHaveLength(0);
    const long = "x".repeat(5_001);
    const wrong = { name: "Too long", description: long, customFields: { reason: long } };
    const refused = await test.query(mutation, { input: { ...REZOLVE, ...wrong } });
    expect(refused.data.createTicket).toMatchObject({
      ticket: null,
      errors: [
        {
          code: "VENDOR_REJECTED",
          path: ["customFields", "reason"],
          message: "Reason must be a text",
          vendorStatus: 400,
        },
        { code: "VENDOR_REJECTED", path: ["description"], vendorStatus: 400 },
      ],
    });
  });

  it("shows several assignees and reporters, and a priority's own word beside what it means", async () => {
    const input = {
      ...STACKONE,
      name: "Shared work",
      priority: "Burning",
      assignees: [{ vendorId: "user-002" }, { vendorId: "user-003" }],
      reporters: [{ vendorId: "user-001" }, { vendorId: "user-004" }],
    };
    const { data } = await test.query(
      `mutation ($input: CreateTicketInput!) {
        createTicket(input: $input) { ticket { priority priorityLevel assignees { name } reporters { name } } }
      }`,
      { input },
    );
    expect(data.createTicket.ticket).toEqual({
      priority: "Burning",
      priorityLevel: "HIGHEST",
      assignees: [{ name: "Ben Okri" }, { name: "Cleo Park" }],
      reporters: [{ name: "Ada Byron" }, { name: "Dov Stern" }],
    });
  });

  it("never drops a type that is named without a project", async () => {
    const base = { connectionId: "demo-stackone", name: "No project" };
    expect((await create({ ...base, type: { vendorId: "ticket-type-002" } })).errors).toEqual([]);
    expect(writes(test.stackone).at(-1)?.body).toMatchObject({ type: "ticket-type-002" });
    expect((await create({ ...base, type: { name: "Incident" } })).errors).toMatchObject([
      { code: "INVALID_INPUT", path: ["type", "name"] },
    ]);
    expect((await create({ ...base, type: { vendorId: "ticket-type-9" } })).errors).toMatchObject([
      { code: "NOT_FOUND", path: ["type"] },
    ]);
  });

  it("makes up for a lost answer by Leen's identifier and by StackOne's tag", async () => {
    test.leen.faults.add({ kind: "commit-reset", operation: "create_ticket", times: 1 });
    const leen = await create({ ...LEEN, name: "Lost at Leen" });
    expect(leen).toMatchObject({
      ticket: { key: expect.stringMatching(/^SEC-\d+$/) as unknown },
      delivery: { state: "DELIVERED", reconciledBy: "marker", guarantee: "EFFECTIVELY_ONCE" },
    });
    test.stackone.faults.add({ kind: "commit-reset", operation: "ticketing_create_ticket", times: 1 });
    const stackone = await create({ ...STACKONE, name: "Lost at StackOne" });
    expect(stackone).toMatchObject({ delivery: { state: "DELIVERED", reconciledBy: "marker" } });
    expect(test.leen.state.tickets.filter(({ name }) => name === "Lost at Leen")).toHaveLength(1);
    expect(test.stackone.state.tickets.filter(({ title }) => title === "Lost at StackOne")).toHaveLength(1);
  });

  it("leaves to a person what can't be found again, and never sends it twice", async () => {
    test.rezolve.faults.add({ kind: "commit-reset", operation: "create", times: 1 });
    const { delivery } = await create({ ...REZOLVE, name: "Lost at Rezolve" });
    expect(delivery.state).toMatch(/UNKNOWN|NEEDS_REVIEW/);
    expect(delivery.guarantee).toBe("AT_MOST_ONCE");
    // StackOne may sit before a system that keeps no tags: what isn't found there is not surely absent.
    test.stackone.faults.add({ kind: "reset", operation: "ticketing_create_ticket", times: 1 });
    const idempotencyKey = "lost-before";
    await create({ ...STACKONE, name: "Lost before StackOne", idempotencyKey });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const { data } = await test.query(
      `{ delivery(idempotencyKey: "${idempotencyKey}", connectionId: "demo-stackone") { state attempts } }`,
    );
    expect(data.delivery).toMatchObject({ state: "UNKNOWN", attempts: 1 });
    expect(test.stackone.state.tickets.filter(({ title }) => title === "Lost before StackOne")).toHaveLength(0);
  });
});
