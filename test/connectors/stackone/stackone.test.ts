import { afterEach, describe, expect, it } from "@jest/globals";
import type { Connection } from "../../../src/connectors/connection.js";
import { readFault, readLimit } from "../../../src/connectors/stackone/faults.js";
import { stackone as vendor } from "../../../src/connectors/stackone/index.js";
import { commentOf, ticketOf } from "../../../src/connectors/stackone/map.js";
import { WireComment, WireTicket } from "../../../src/connectors/stackone/wire.js";
import { openApi } from "../../../src/connectors/stackone/api.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { openHttp } from "../../../src/http/open-http.js";
import {
  startStackOneSandbox,
  type StackOneSandbox,
  type StackOneSandboxOptions,
} from "../../../src/sandbox/stackone/server.js";
import { connect } from "../../support/connect.js";
import { keptTokens } from "../../support/kept-tokens.js";

const INTERACTIVE = { lane: "interactive" } as const;
const opened: { readonly sandbox: StackOneSandbox; readonly connection: Connection }[] = [];
afterEach(async () => {
  for (const { sandbox, connection } of opened.splice(0)) {
    await connection.close();
    await sandbox.close();
  }
});

async function open(
  options: StackOneSandboxOptions & { readonly settings?: object; readonly timeoutMs?: number } = {},
) {
  const sandbox = await startStackOneSandbox(options);
  const { url: baseUrl, accountId, apiKey } = sandbox;
  const http = options.timeoutMs === undefined ? {} : { http: { timeoutMs: options.timeoutMs } };
  const connection = connect(vendor, { baseUrl, accountId, credentials: { apiKey }, ...options.settings }, http);
  opened.push({ sandbox, connection });
  return { sandbox, connection };
}

function draft(name: string, change: Partial<TicketDraft> = {}): TicketDraft {
  const nothing = { assigneeIds: [], reporterIds: [], tags: [], customFields: {} };
  return { name, projectId: "project-001", typeId: "ticket-type-001", ...nothing, ...change };
}

// The request that https://docs.stackone.com shows under "Create Ticket".
const REQUEST = {
  title: "System outage in production environment",
  creator_id: "user-001",
  reporters: ["user-001", "user-002"],
  assignees: ["user-001", "user-002"],
  content: [{ plain: "This is some content", html: "<p>This is some content</p>" }],
  parent_id: "ticket-002",
  priority: { id: "001", value: "medium", source_value: "Normal" },
  tags: ["tag-001", "tag-002"],
  collections: ["collection-001", "collection-002"],
  type: "ticket-type-001",
  organization_id: "organization-001",
};

describe("creating through StackOne", () => {
  it("sends the documented request, word by word, and reads nothing back", async () => {
    const { sandbox, connection } = await open();
    const [outcome] = await connection.createTickets(
      [
        draft(REQUEST.title, {
          projectId: null,
          reporterIds: REQUEST.reporters,
          assigneeIds: REQUEST.assignees,
          description: { format: "MARKDOWN", text: "This is some content" },
          parentId: "ticket-002",
          priority: "Normal",
          tags: REQUEST.tags,
          own: {
            creatorId: "user-001",
            organizationId: "organization-001",
            collections: REQUEST.collections,
            priorityId: "001",
            priorityLevel: "MEDIUM",
          },
        }),
      ],
      INTERACTIVE,
    );
    expect(outcome).toMatchObject({ state: "done", value: { key: null, url: null } });
    expect(sandbox.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /unified/ticketing/tickets"]);
    expect(sandbox.calls[0]?.body).toEqual(REQUEST);
    expect(sandbox.calls[0]?.headers).toMatchObject({ "x-account-id": sandbox.accountId, "user-agent": "ticketgraph" });
  });

  it("tells a priority's meaning from its word where that is one of StackOne's", async () => {
    const { sandbox, connection } = await open();
    await connection.createTickets(
      [draft("a", { priority: "High" }), draft("b", { priority: "Burning" })],
      INTERACTIVE,
    );
    expect(sandbox.calls.map(({ body }) => (body as typeof REQUEST).priority)).toEqual([
      { value: "high", source_value: "High" },
      { source_value: "Burning" },
    ]);
  });

  it("refuses a component that the project hasn't, saying which it has", async () => {
    const { sandbox, connection } = await open();
    const [outcome] = await connection.createTickets(
      [draft("a", { own: { componentIds: ["component-009"] } })],
      INTERACTIVE,
    );
    expect(outcome).toMatchObject({
      state: "rejected",
      error: {
        path: ["vendor", "stackone", "componentIds", "0"],
        allowedValues: ["component-001", "component-002"],
      },
    });
    expect(sandbox.calls.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("writes components and collections as the settings say", async () => {
    const options = { componentIdsAs: "text", legacyCollections: true };
    const { sandbox, connection } = await open({ settings: { options } });
    await connection.createTickets(
      [draft("a", { own: { componentIds: ["component-001", "component-002"] } })],
      INTERACTIVE,
    );
    expect(sandbox.calls.at(-1)?.body).toMatchObject({
      component_ids: "component-001,component-002",
      collections: ["project-001"],
    });
  });

  it("never sends a create again after a time-out of StackOne's own, which may have made it", async () => {
    const { sandbox, connection } = await open();
    sandbox.faults.add({ kind: "status", status: 408, operation: "ticketing_create_ticket" });
    const [outcome] = await connection.createTickets([draft("a")], INTERACTIVE);
    expect(outcome).toMatchObject({ state: "unknown", error: { code: "TIMEOUT" } });
    expect(sandbox.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("keeps its markers among the tags, and out of people's sight", async () => {
    const { sandbox, connection } = await open();
    const marker = "gw-abcdefghijklmnopqrstuvwxyz";
    const [outcome] = await connection.createTickets([draft("a", { tags: ["red"], marker })], INTERACTIVE);
    expect(sandbox.state.tickets.at(-1)?.tags).toEqual(["red", marker]);
    if (outcome?.state !== "done") throw outcome?.error;
    expect((await connection.ticket(outcome.value.vendorId))?.tags).toEqual(["red"]);
    const without = await open({ settings: { options: { markerTag: false } } });
    expect(await without.connection.traces([draft("a")])).toEqual([null]);
  });
});

describe("reading through StackOne", () => {
  it("keeps several assignees and reporters, and a priority with its source's word", () => {
    const ticket = ticketOf(
      WireTicket.parse({
        id: "1",
        title: "A ticket",
        assignees: ["user-001", { id: "user-002", name: "Ben" }],
        reporters: ["user-003"],
        priority: { id: "9", value: "high", source_value: "Schnell" },
        status: { id: "2", name: null, type: { value: "in-progress", source_value: "Dran" } },
        collections: [{ id: "c-1", name: "Hardware" }],
        content: [{ plain: "one" }, { plain: "two < three", html: null }],
        tags: null,
      }),
    );
    expect({ ...ticket, description: ticket.description?.to("PLAIN") }).toMatchObject({
      assigneeIds: ["user-001", "user-002"],
      reporterIds: ["user-003"],
      priority: "Schnell",
      priorityLevel: "HIGH",
      status: "Dran",
      statusCategory: "IN_PROGRESS",
      projectId: "c-1",
      description: "one\n\ntwo < three",
      tags: [],
      key: null,
      url: null,
    });
    const nothing = ticketOf(WireTicket.parse({ id: 7 }));
    expect(nothing).toMatchObject({
      vendorId: "7",
      name: "",
      status: "",
      statusCategory: "UNKNOWN",
      description: null,
    });
    expect(commentOf(WireComment.parse({ id: "1", content: [{ html: "<b>x</b>" }] })).body.to("MARKDOWN")).toBe(
      "**x**",
    );
  });

  it("gives comments and attachments", async () => {
    const { connection } = await open();
    const { items, next } = await connection.parts.listComments("ticket-001", { first: 2 });
    expect(items.map(({ body, authorId }) => [body.to("PLAIN"), authorId])).toEqual([
      ["Have you tried turning it off and on?", "user-001"],
      ["Twice.", "user-002"],
    ]);
    expect((await connection.parts.listComments("ticket-001", { first: 2, after: next ?? "" })).items).toHaveLength(1);
    expect(await connection.parts.listAttachments("ticket-001")).toMatchObject([
      { name: "screenshot.png", mediaType: "image/png", size: 12_345 },
    ]);
  });

  it("serves each of StackOne's operations", async () => {
    const { sandbox } = await open();
    const settings = vendor.settings.parse({
      baseUrl: sandbox.url,
      accountId: sandbox.accountId,
      credentials: { apiKey: sandbox.apiKey },
    });
    const refreshTokens = keptTokens();
    const http = openHttp({ wire: vendor.wire, settings, allowPrivateAddress: true, refreshTokens });
    const api = openApi(http);
    const call = { signal: new AbortController().signal, lane: "interactive" } as const;
    const page = { size: 2 };
    expect((await api.tickets(page, call)).items).toHaveLength(2);
    expect(await api.comment("ticket-001", "comment-002")(call)).toMatchObject({ user_id: "user-002" });
    expect(await api.attachment("ticket-001", "attachment-001")(call)).toMatchObject({ file_name: "screenshot.png" });
    expect((await api.statuses("ticket-001")(page, call)).items).toHaveLength(2);
    expect((await api.types(page, call)).items).toHaveLength(2);
    expect(await api.component("project-001", "component-001")(call)).toMatchObject({ name: "Mail" });
    expect(await api.component("project-001", "component-009")(call)).toBeUndefined();
    await http.close();
  });

  it("says which statuses a ticket can get", async () => {
    const { connection } = await open();
    expect(await connection.updateTickets([{ ticketId: "ticket-001", status: "Gone" }], INTERACTIVE)).toMatchObject([
      { state: "rejected", error: { path: ["status"], allowedValues: ["New", "Working on it", "Solved"] } },
    ]);
  });
});

describe("StackOne's refusals", () => {
  it("come with the words of the system behind", async () => {
    const { connection } = await open();
    const [outcome] = await connection.createTickets([draft("a", { priority: "Purple" })], INTERACTIVE);
    expect(outcome).toMatchObject({
      state: "rejected",
      error: {
        message: "Bad Request There is no priority Purple. Known words are: lowest, low, medium, high, highest.",
        path: ["priority"],
      },
    });
  });

  it("of a disabled account make the connection one that must be looked at", async () => {
    const { sandbox, connection } = await open();
    sandbox.setDisabled(true);
    await expect(connection.ticket("ticket-001")).rejects.toMatchObject({ code: "AUTH" });
    expect(connection.state).toBe("UNAUTHORIZED");
  });

  it("for too many calls hold the whole connection", () => {
    expect(readLimit(429, { "retry-after": "7" })).toEqual({ waitMs: 7_000, scope: "connection" });
    expect(readLimit(429, {})).toEqual({ waitMs: 60_000, scope: "connection" });
    expect(readLimit(200, {})).toBeUndefined();
  });

  it.each([
    [501, { message: "Not Implemented" }, "UNSUPPORTED", "Not Implemented"],
    [
      422,
      { message: "Unprocessable", provider_errors: [{ status: 422, raw: { errorMessages: ["No such field"] } }] },
      "INVALID",
      "Unprocessable No such field",
    ],
    [408, { message: "secret" }, "TIMEOUT", "StackOne gave up after a minute of waiting for the system behind it."],
    [502, undefined, "UNAVAILABLE", "StackOne, or the system behind it, has a problem of its own (HTTP 502)."],
    [400, undefined, "INVALID", "StackOne refused the request (HTTP 400)."],
  ] as const)("%s %j", (status, body, code, message) => {
    expect(readFault(status, body)).toEqual({ code, message });
  });
});
