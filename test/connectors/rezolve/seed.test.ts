import { describe, expect, it } from "@jest/globals";
import { readFault, refusesToken } from "../../../src/connectors/rezolve/faults.js";
import { refOf } from "../../../src/connectors/rezolve/create.js";
import { refusalOf } from "../../../src/connectors/rezolve/invalid.js";
import { ticketOf } from "../../../src/connectors/rezolve/map.js";
import { Found, Invalid, WireTicket, WireType } from "../../../src/connectors/rezolve/wire.js";
import { HARDWARE, SOFTWARE } from "../../../src/sandbox/rezolve/catalog.js";
import { draft, openTestRezolve } from "./support.js";

// Requests and answers as https://docs.rezolve.ai shows them under "Create Ticket".
const REASON = "ab13e5d1-9b9d-4c3e-8fc4-e86912c8cb53";
const DESCRIPTION = "7f111983-1013-41be-a056-989fff018bb5";
const WITHIN = "711ea9e6-1b73-4070-9eb2-941803f7f5d4";
const REQUEST = {
  source: "api",
  summary: "Hardware request - new laptop",
  ticketBody: {
    offerId: "23629",
    [REASON]: "Need a replacement laptop",
    [DESCRIPTION]: "<p>Current laptop battery no longer holds charge.</p>",
    [WITHIN]: "<2week",
  },
  attachments: {},
  ticketRelation: null,
};
const ANSWER = {
  success: true,
  message: "ticket created successfully",
  status: 200,
  objectId: "CTC-0054",
  ticket: {
    id: "51b101e4-e689-4b86-a0bb-d3fc8188e3b1",
    tenant_id: "820188ff-2036-4924-b80f-d11610735d86",
    object_id: "CTC-0054",
    etag: "f9d8ad0b-6e4f-45a8-bc14-a11362dc61bd",
    summary: "Hardware request - new laptop",
    data: {
      ...REQUEST.ticketBody,
      ccWatchers: [],
      toWatchers: [],
      submittedBy: "user@example.com",
      lastUpdatedBy: { lastName: "Doe", username: "user@example.com", firstName: "Jane" },
    },
    lookup_props: { teamId: "james", itemTypeId: "16910" },
    moved_to: null,
    deleted_seq: -1,
    version: 2,
    status_type: "Open",
    status_category: "To-do Category",
    created_at: "2025-07-10T12:34:56.737Z",
    updated_at: "2025-07-10T12:34:56.737Z",
    id_serial: 1458684,
    metrics: [],
    slas: [],
  },
};
const INVALID = {
  error: true,
  code: "INPUT_VALIDATION_FAILURE",
  message: "There occured an error during ticket data validation",
  status: 400,
  validationResult: {
    result: false,
    reason: {
      "93aabbc9-fd45-407d-8569-b140bf9cc6a7": ["Field Number is required"],
      "5b53c791-e047-40e8-9e88-bae13f153cc3": [
        "You have entered an invalid date value for Updated At, expects a proper date string",
      ],
    },
  },
};
const NO_PERMISSION = {
  error: true,
  code: "USER_PERMISSION_FAILURE",
  message: "You do not have the required permissions to create ticket",
  status: 401,
};
const site = {
  baseUrl: "",
  tenantId: "",
  realm: "",
  options: { teams: [], statusField: "Status", priorityField: "Priority" },
};
const types = [HARDWARE, SOFTWARE].map((type) => WireType.parse(type));

describe("Rezolve's documented examples", () => {
  it("the request is what a draft becomes, word by word", async () => {
    const { rezolve, connection } = await openTestRezolve({ tickets: 5 });
    const description = { format: "MARKDOWN" as const, text: "Current laptop battery no longer holds charge." };
    const customFields = { [REASON]: "Need a replacement laptop", "Needed Within": "<2week" };
    const own = { offerId: "23629", supportRequest: false };
    const wanted = draft("Hardware request - new laptop", { description, customFields, own });
    const [outcome] = await connection.createTickets([wanted], { lane: "interactive" });
    const call = rezolve.calls.find(({ method }) => method === "POST");
    expect(call?.path).toBe("/api/v2/ticketing/ticket/create/james/16910");
    expect(Object.fromEntries(call?.query ?? [])).toEqual({ type: "template", module: "ticketing" });
    expect(call?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/json",
      "x-tenantid": rezolve.tenantId,
      realmname: rezolve.realm,
      issupportrequest: "false",
    });
    expect(call?.body).toEqual(REQUEST);
    expect(outcome).toEqual({
      state: "done",
      value: { vendorId: "CTC-0054", key: "CTC-0054", url: null, revision: rezolve.state.tickets.at(-1)?.etag },
    });
  });

  it("the answer is read, and the sandbox answers in its form", async () => {
    expect(refOf(ANSWER)).toEqual({
      vendorId: "CTC-0054",
      key: "CTC-0054",
      url: null,
      revision: "f9d8ad0b-6e4f-45a8-bc14-a11362dc61bd",
    });
    const { rezolve } = await openTestRezolve();
    const response = await fetch(
      `${rezolve.url}/api/v2/ticketing/ticket/create/james/16910?type=template&module=ticketing`,
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${rezolve.token}`,
          "x-tenantid": rezolve.tenantId,
          realmname: rezolve.realm,
        },
        body: JSON.stringify(REQUEST),
      },
    );
    const answered = (await response.json()) as typeof ANSWER;
    const changing = ["id", "etag", "created_at", "updated_at", "id_serial"] as const;
    for (const field of changing) expect(typeof answered.ticket[field]).toBe(typeof ANSWER.ticket[field]);
    const kept = Object.fromEntries(changing.map((field) => [field, ANSWER.ticket[field]]));
    expect({ ...answered, ticket: { ...answered.ticket, ...kept } }).toEqual(ANSWER);
  });

  it("the ticket is told in common words", () => {
    const ticket = ticketOf(WireTicket.parse(ANSWER.ticket), types, site);
    expect({ ...ticket, description: ticket.description?.to("MARKDOWN") }).toMatchObject({
      vendorId: "CTC-0054",
      key: "CTC-0054",
      name: "Hardware request - new laptop",
      description: "Current laptop battery no longer holds charge.",
      status: "Open",
      statusCategory: "TODO",
      typeId: "16910",
      projectId: "james",
      createdById: "user@example.com",
      revision: "f9d8ad0b-6e4f-45a8-bc14-a11362dc61bd",
      createdAt: new Date("2025-07-10T12:34:56.737Z"),
      data: ANSWER.ticket,
    });
  });

  it("a failed validation is one fault for each field, with its name and its place", () => {
    const paths = new Map([["5b53c791-e047-40e8-9e88-bae13f153cc3", ["customFields", "updated_at"]]]);
    expect(refusalOf(Invalid.parse(INVALID), types[1] as WireType, paths)).toMatchObject({
      state: "rejected",
      error: { code: "INVALID", message: "Field Number is required", path: ["customFields", "Field Number"] },
      also: [
        {
          message: "You have entered an invalid date value for Updated At, expects a proper date string",
          path: ["customFields", "updated_at"],
        },
      ],
    });
  });

  it("a missing role is no question of credentials", () => {
    expect(readFault(401, NO_PERMISSION)).toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("You do not have the required permissions") as unknown,
    });
    expect([refusesToken(NO_PERMISSION), refusesToken({ code: "TOKEN_EXPIRED" }), refusesToken(undefined)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(readFault(401, undefined)).toMatchObject({ code: "AUTH" });
    expect(readFault(404, undefined)).toMatchObject({ code: "NOT_FOUND" });
    expect(readFault(404, { message: "Tenant not found" })).toMatchObject({ code: "AUTH" });
    expect(
      readFault(422, { success: false, error: { code: "INVALID_FILTER", message: "No such column" } }),
    ).toMatchObject({
      code: "INVALID",
      message: "No such column",
    });
  });

  it("older pages show another form, which is read too", () => {
    const older = {
      ticketNumber: "CTC-0001",
      subject: "An older one",
      status: "In Progress",
      priority: "High",
      assignee: { id: "u-2", name: "Omar Sy", email: "omar@example.com" },
      team: "it",
      createdAt: "2025-01-01T00:00:00Z",
    };
    const { tickets, total, hasMore } = Found.parse({
      success: true,
      data: { tickets: [older], pagination: { total: 3, top: 1, offset: 0, hasMore: true } },
    });
    expect([total, hasMore]).toEqual([3, true]);
    expect(ticketOf(tickets[0] as WireTicket, types, site)).toMatchObject({
      vendorId: "CTC-0001",
      name: "An older one",
      status: "In Progress",
      statusCategory: "IN_PROGRESS",
      priority: "High",
      priorityLevel: "HIGH",
      projectId: "it",
      assigneeIds: ["omar@example.com"],
      revision: null,
    });
    expect(Found.parse({ data: { rows: [older], count: 1 } })).toMatchObject({ total: 1, hasMore: false });
  });
});
