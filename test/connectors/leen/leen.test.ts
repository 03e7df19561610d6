import { describe, expect, it } from "@jest/globals";
import { VendorError } from "../../../src/domain/errors.js";
import { readFault } from "../../../src/connectors/leen/faults.js";
import { foundOf } from "../../../src/connectors/leen/map.js";
import { startLeenSandbox } from "../../../src/sandbox/leen/server.js";
import { uuid } from "../../../src/sandbox/leen/state.js";
import { draft, leenDescription, NO_DESCRIPTION, openTestLeen, SEC } from "./support.js";

const INTERACTIVE = { lane: "interactive" } as const;
const writes = (calls: readonly { readonly method: string; readonly path: string; readonly body: unknown }[]) =>
  calls.filter(({ method }) => method !== "GET").map(({ method, path, body }) => [`${method} ${path}`, body]);

describe("creating through Leen", () => {
  it("names each thing by Leen's id or by the vendor's, never by both", async () => {
    const { leen, connection } = await openTestLeen();
    const [own, vendors] = [
      draft("By Leen's ids", {
        projectId: SEC,
        assigneeIds: [uuid(2, 2)],
        parentId: leen.state.tickets[0]?.id ?? "",
        identifier: "mine-1",
      }),
      draft("By the vendor's", {
        projectId: "PROJ",
        assigneeIds: [leen.state.people[0]?.accountId ?? ""],
        parentId: "SEC-1",
        identifier: "mine-2",
      }),
    ];
    await connection.createTickets([own], INTERACTIVE);
    await connection.createTickets([vendors], INTERACTIVE);
    expect(writes(leen.calls)).toEqual([
      [
        "POST /v1/itsm/tickets",
        {
          name: "By Leen's ids",
          project_id: SEC,
          type_vendor_id: "10034",
          assigned_user_id: uuid(2, 2),
          parent_ticket_id: leen.state.tickets[0]?.id,
          identifier: "mine-1",
        },
      ],
      [
        "POST /v1/itsm/tickets",
        {
          name: "By the vendor's",
          project_vendor_id: "PROJ",
          type_vendor_id: "10034",
          assigned_user_vendor_id: leen.state.people[0]?.accountId,
          parent_ticket_vendor_id: "SEC-1",
          identifier: "mine-2",
        },
      ],
    ]);
  });

  it("sends many in one call, and alone those that need Leen's own id afterwards", async () => {
    const { leen, connection } = await openTestLeen();
    const drafts = [draft("a"), draft("b"), draft("c", { status: "IN_PROGRESS" }), draft("d")];
    const outcomes = await connection.createTickets(drafts, INTERACTIVE);
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "done", "done", "done"]);
    expect(
      writes(leen.calls)
        .map(([call]) => call)
        .sort(),
    ).toEqual([
      expect.stringMatching(/^PATCH .*\/itsm\/tickets\/[0-9a-f-]{36}$/),
      "POST /v1/itsm/tickets",
      "POST /v1/itsm/tickets/bulk/sync",
    ]);
    const tickets = await Promise.all(
      outcomes.map((outcome) => connection.ticket(outcome.state === "done" ? outcome.value.vendorId : "")),
    );
    expect(tickets.map((ticket) => ticket?.name)).toEqual(["a", "b", "c", "d"]);
    expect(tickets[2]?.status).toBe("IN_PROGRESS");
  });

  it("tells when the ticket was made and only its status could not be set", async () => {
    const { leen, connection } = await openTestLeen();
    leen.faults.add({ kind: "status", operation: "update_ticket", status: 500 });
    const [down] = await connection.createTickets([draft("a", { status: "RESOLVED" })], INTERACTIVE);
    leen.faults.clear();
    const [unknown] = await connection.createTickets([draft("b", { status: "Frozen" })], INTERACTIVE);
    for (const outcome of [down, unknown])
      expect(outcome).toMatchObject({ state: "done", faults: [{ path: ["status"] }] });
    expect(down?.state === "done" && down.faults?.[0]?.message).toContain("it is not certain that its status was set");
    expect(unknown?.state === "done" && unknown.faults?.[0]?.message).toContain("Available: TODO, IN_PROGRESS");
    expect(leen.state.tickets.slice(-2).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("finds out which one it is when Leen refuses a whole call for one bad ticket", async () => {
    const { leen, connection } = await openTestLeen();
    leen.faults.add({ kind: "429", operation: "nothing" });
    const outcomes = await connection.createTickets([draft("good"), draft(""), draft("fine")], INTERACTIVE);
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "rejected", "done"]);
    expect(outcomes[1]).toMatchObject({ error: { code: "INVALID", path: ["name"] } });
    expect(leen.state.tickets.slice(-2).map(({ name }) => name)).toEqual(["good", "fine"]);
  });

  it("knows nothing of tickets of which half an answer says nothing", async () => {
    const { leen, connection } = await openTestLeen();
    const bulk = "sync_bulk_create_tickets";
    leen.faults.add({ kind: "half", operation: bulk });
    const outcomes = await connection.createTickets([draft("a"), draft("b"), draft("c")], INTERACTIVE);
    expect(outcomes.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("is looked for by its identifier only where Leen keeps a record, and never taken for an older one", async () => {
    const { leen, connection } = await openTestLeen();
    expect(await connection.traces([draft("a", { identifier: "x-1" }), draft("b", { identifier: "x-2" })])).toEqual([
      null,
      null,
    ]);
    expect(await connection.traces([draft("a")])).toEqual([null]);
    const story = leen.state.tickets[0];
    const [trace] = await connection.traces([draft(story?.name ?? "", { identifier: story?.identifier ?? "" })]);
    expect(await connection.findByMarker([{ marker: "m", trace: trace ?? "" }])).toEqual(new Map());
  });
});

describe("changing through Leen", () => {
  it("gives tickets the same values by one of its jobs, and others one by one", async () => {
    const { leen, connection } = await openTestLeen();
    const ids = leen.state.tickets.map(({ id }) => id ?? "");
    const changes = [
      { ticketId: ids[0] ?? "", priority: "LOW" },
      { ticketId: ids[1] ?? "", priority: "LOW" },
      { ticketId: ids[2] ?? "", name: "Another name" },
    ];
    const outcomes = await connection.updateTickets(changes, INTERACTIVE);
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(writes(leen.calls)).toEqual(
      expect.arrayContaining([
        ["POST /v1/itsm/tickets/bulk/update", { ticket_ids: ids.slice(0, 2), updates: { priority: "LOW" } }],
        [`PATCH /v1/itsm/tickets/${ids[2]}`, { name: "Another name" }],
      ]),
    );
    expect(leen.state.tickets.slice(0, 3).map(({ priority }) => priority)).toEqual(["LOW", "LOW", "MEDIUM"]);
  });

  it("tells of each ticket of a failed job whether it was changed", async () => {
    const { leen, connection } = await openTestLeen();
    const [first, second] = leen.state.tickets.map(({ id }) => id ?? "");
    const gone = uuid(3, 999);
    const outcomes = await connection.updateTickets(
      [first, gone, second].map((ticketId) => ({ ticketId: ticketId ?? "", status: "CLOSED" })),
      INTERACTIVE,
    );
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "rejected", "done"]);
    expect(outcomes[1]).toMatchObject({ error: { message: "Ticket not found." } });
  });

  it("doesn't know what became of a job that can't be asked after", async () => {
    const { leen, connection } = await openTestLeen();
    leen.faults.add({ kind: "html-404", operation: "get_job" });
    const changes = leen.state.tickets.slice(0, 2).map(({ id }) => ({ ticketId: id ?? "", priority: "LOW" }));
    const outcomes = await connection.updateTickets(changes, INTERACTIVE);
    expect(outcomes.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
  });

  it("says that a ticket which Leen hasn't synced can't be changed yet", async () => {
    const { connection } = await openTestLeen();
    const [outcome] = await connection.updateTickets([{ ticketId: "SEC-1", name: "x" }], INTERACTIVE);
    expect(outcome).toMatchObject({ state: "rejected", error: { path: ["ticket"] } });
  });
});

describe("reading through Leen", () => {
  it("reads a ticket by Leen's id and by the vendor's key, and keeps what it says", async () => {
    const { leen, connection } = await openTestLeen();
    const [story] = leen.state.tickets;
    const own = await connection.ticket(story?.id ?? "");
    expect(own).toMatchObject({
      vendorId: story?.id,
      key: "SEC-1",
      identifier: "VULN-CVE-2024-1234",
      name: "CVE-2024-1234 in the payment service",
      status: "IN_PROGRESS",
      statusCategory: "IN_PROGRESS",
      priority: "CRITICAL",
      priorityLevel: "HIGHEST",
      typeId: "10035",
      projectId: SEC,
      assigneeIds: [uuid(2, 1)],
      active: true,
      url: "https://acme.atlassian.net/browse/SEC-1",
      data: { vendor_attributes: { vendor: "JIRA", data: { statusCategory: "indeterminate", customFields: {} } } },
    });
    const native = await connection.ticket("SEC-1");
    expect(native).toMatchObject({
      vendorId: "SEC-1",
      name: own?.name,
      projectId: "SEC",
      priority: "CRITICAL",
      status: "In Progress",
      statusCategory: "IN_PROGRESS",
    });
    expect(await connection.user(own?.assigneeIds[0] ?? "")).toMatchObject({ name: "Ana Duarte" });
    expect(await connection.user(native?.assigneeIds[0] ?? "")).toMatchObject({ name: "Ana Duarte" });
    expect(await connection.project(SEC)).toMatchObject({ key: "SEC", name: "Security" });
  });

  it("finds a user who has come since the last sync", async () => {
    const { leen, connection } = await openTestLeen();
    const newcomer = leen.state.people.find(({ id }) => id === null);
    expect(await connection.user(newcomer?.accountId ?? "")).toMatchObject({ name: newcomer?.name });
  });

  it("passes on the words of a query that can't be read", async () => {
    const { connection } = await openTestLeen();
    await expect(connection.searchTickets("nonsense = 1", { first: 5 })).rejects.toThrow(
      "Field 'nonsense' does not exist or you do not have permission to view it.",
    );
  });

  it("takes found tickets in Jira's form and in a flat one", () => {
    expect(
      foundOf({ vendor_id: "SEC-9", name: "Flat", status: "Done", type: "Bug", priority: "Odd", tags: ["a"] }),
    ).toMatchObject({
      vendorId: "SEC-9",
      name: "Flat",
      status: "Done",
      statusCategory: "DONE",
      priority: "Odd",
      priorityLevel: null,
      projectId: "SEC",
      tags: ["a"],
    });
  });

  it("takes addresses of the settings where the documentation names none", async () => {
    const paths = { projects: "itsm/elsewhere/projects" };
    const { leen, connection } = await openTestLeen({ settings: { options: { paths } } });
    await expect(connection.listProjects(undefined, { first: 1 })).rejects.toBeInstanceOf(VendorError);
    expect(leen.calls.at(-1)?.path).toBe("/v1/itsm/elsewhere/projects");
  });
});

describe("Leen's refusals", () => {
  it.each([
    [
      422,
      { type: "e", code: "c", message: "Bad.", detail: [{ loc: ["body", "project_id"], msg: "unknown" }] },
      "INVALID",
      "Bad. unknown",
      ["project"],
    ],
    [422, { detail: "Just words" }, "INVALID", "Just words", undefined],
    [404, { message: "Ticket not found." }, "NOT_FOUND", "Ticket not found.", undefined],
    [
      401,
      undefined,
      "AUTH",
      "Leen refused the credentials of this connection. Check the API key and the connection id.",
      undefined,
    ],
    [
      500,
      { message: "secret stack" },
      "UNAVAILABLE",
      "Leen, or the system behind it, has a problem of its own (HTTP 500).",
      undefined,
    ],
    [418, undefined, "INVALID", "Leen refused the request (HTTP 418).", undefined],
  ] as const)("%s %j", (status, body, code, message, path) => {
    expect(readFault(status, body)).toEqual({ code, message, ...(path && { path }) });
  });
});

describe("Leen's own description", () => {
  const description = leenDescription();
  (description ? it : it.skip)(description ? "is what the sandbox answers by" : NO_DESCRIPTION, async () => {
    const leen = await startLeenSandbox();
    const send = async (body: unknown) => {
      const response = await fetch(`${leen.baseUrl}/itsm/tickets/bulk/sync`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": leen.apiKey, "x-connection-id": leen.connectionId },
        body: JSON.stringify(body),
      });
      const call = { method: "POST", path: "/v1/itsm/tickets/bulk/sync", query: new URLSearchParams(), body };
      return description?.checkAnswer(call, response.status, await response.json());
    };
    const good = { name: "a", project_vendor_id: "SEC", type: "Task" };
    expect(await send({ tickets: [good, { ...good, type: "Nonsense" }] })).toEqual([]);
    expect(await send({ tickets: [{ ...good, name: undefined }] })).toEqual([]);
    await leen.close();
    // What the description refuses would be seen: a status that isn't described, or a body of another form.
    const call = { method: "POST", path: "/v1/itsm/tickets/bulk/sync", query: new URLSearchParams() };
    expect(description?.check({ ...call, body: { tickets: [{ project_id: "no uuid" }] } })).not.toEqual([]);
    expect(description?.checkAnswer({ ...call, body: {} }, 200, { results: "none" })).not.toEqual([]);
  });
});
