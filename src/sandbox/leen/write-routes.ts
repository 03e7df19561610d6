import type { Answer, Request } from "../answer.js";
import { isObject, type JsonObject } from "../json.js";
import type { Route } from "../router.js";
import type { Nature } from "../start.js";
import { makeTicket, problemsOf } from "./create-ticket.js";
import { ticketRecord } from "./render.js";
import { PRIORITIES, STATUSES, uuid, type JobResult, type LeenState, type Ticket } from "./state.js";
import { invalid, notFound, refuse } from "./words.js";

const MOST = 50;

/** What the write operations work on; `jobMs` is how long a job takes. */
interface Desk extends Nature {
  readonly state: LeenState;
  readonly jobMs: () => number;
}

/** https://docs.leen.dev: ITSM Write Endpoints. */
export function writeRoutes(desk: Desk): readonly Route[] {
  const route = (name: string, method: string, path: string, answer: (request: Request) => Answer): Route => ({
    name,
    method,
    path: `/v1${path}`,
    answer,
  });
  return [
    route("create_ticket", "POST", "/itsm/tickets", (request) => create(desk, request)),
    route("update_ticket", "PATCH", "/itsm/tickets/{id}", (request) => patch(desk, request)),
    route("sync_bulk_create_tickets", "POST", "/itsm/tickets/bulk/sync", (request) => bulkSync(desk, request)),
    route("bulk_create_tickets", "POST", "/itsm/tickets/bulk", (request) => bulkAsync(desk, request)),
    route("bulk_update_tickets", "POST", "/itsm/tickets/bulk/update", (request) => bulkUpdate(desk, request)),
    route("get_job", "GET", "/jobs/{id}", ({ params }) => jobAnswer(desk, params["id"] ?? "")),
  ];
}

function create({ state, now }: Desk, { body }: Request): Answer {
  const problems = problemsOf(body);
  if (problems.length > 0) return invalid(problems);
  const made = makeTicket(state, body as JsonObject, true, now());
  if (typeof made === "string") return refuse(422, "VENDOR_ERROR", made);
  return { status: 200, body: { ...ticketRecord(made), ...echo(body as JsonObject) } };
}

/** "echoed back when vendor IDs were provided in the request". */
function echo(body: JsonObject): JsonObject {
  const fields = ["parent_ticket_vendor_id", "assigned_user_vendor_id", "type_vendor_id"];
  return Object.fromEntries(fields.filter((field) => body[field]).map((field) => [field, body[field]]));
}

/** The tickets of a bulk request; an answer where it isn't one. */
function ticketsOf(body: unknown): readonly JsonObject[] | Answer {
  const tickets = isObject(body) ? body["tickets"] : undefined;
  if (!Array.isArray(tickets)) return invalid([{ loc: ["tickets"], msg: "Field required" }]);
  if (tickets.length < 1 || tickets.length > MOST)
    return invalid([{ loc: ["tickets"], msg: `List should have 1 to ${MOST} items` }]);
  const problems = tickets.flatMap((ticket, n) =>
    problemsOf(ticket).map(({ loc, msg }) => ({ loc: ["tickets", n, ...loc], msg })),
  );
  return problems.length > 0 ? invalid(problems) : (tickets as readonly JsonObject[]);
}

function isAnswer(value: readonly JsonObject[] | Answer): value is Answer {
  return !Array.isArray(value);
}

const BY_VENDOR_ID = ["project_vendor_id", "assigned_user_vendor_id", "parent_ticket_vendor_id", "type_vendor_id"];

function bulkSync({ state, now, random }: Desk, { body, fault }: Request): Answer {
  const tickets = ticketsOf(body);
  if (isAnswer(tickets)) return tickets;
  const reached = fault?.kind === "half" ? tickets.slice(0, Math.ceil(tickets.length / 2)) : tickets;
  const results = reached.map((ticket, request_index) => {
    const isStruck = fault?.kind === "partial" && random() < (fault.share ?? 0.5);
    const isKept = !BY_VENDOR_ID.some((field) => ticket[field]);
    const made = isStruck ? "Jira refused this issue" : makeTicket(state, ticket, isKept, now());
    const common = { request_index, identifier: ticket["identifier"] ?? null };
    if (typeof made === "string")
      return { success: false, ...common, ticket_id: null, vendor_ticket_id: null, error: made };
    return { success: true, ...common, ticket_id: made.id, vendor_ticket_id: made.key, error: null };
  });
  const succeeded = results.filter(({ success }) => success).length;
  return { status: 200, body: { total: results.length, succeeded, failed: results.length - succeeded, results } };
}

function bulkAsync(desk: Desk, { body }: Request): Answer {
  const tickets = ticketsOf(body);
  if (isAnswer(tickets)) return tickets;
  return start(
    desk,
    tickets.map((ticket, request_index) => {
      const made = makeTicket(desk.state, ticket, true, desk.now());
      const identifier = (ticket["identifier"] as string | undefined) ?? null;
      return {
        success: typeof made !== "string",
        error: typeof made === "string" ? made : null,
        request_index,
        identifier,
      };
    }),
  );
}

function start({ state, now, jobMs }: Desk, results: readonly JobResult[]): Answer {
  const id = uuid(4, state.jobs.size + 1);
  state.jobs.set(id, { id, endsAt: now() + jobMs(), results });
  return { status: 202, body: { job_id: id } };
}

/** QUEUED, RUNNING, then SUCCESS without any data, or FAILED with JSON in a text. */
function jobAnswer({ state, now, jobMs }: Desk, id: string): Answer {
  const job = state.jobs.get(id);
  if (!job) return notFound("Job");
  const left = job.endsAt - now();
  if (left > 0) return { status: 200, body: { id, status: left > jobMs() / 2 ? "QUEUED" : "RUNNING" } };
  const failed = job.results.filter(({ success }) => !success).length;
  if (failed === 0) return { status: 200, body: { id, status: "SUCCESS", failure_reason: null } };
  const total = job.results.length;
  const reason = { total, succeeded: total - failed, failed, results: job.results };
  return { status: 200, body: { id, status: "FAILED", failure_reason: JSON.stringify(reason) } };
}

function patch({ state, now }: Desk, { body, params }: Request): Answer {
  const ticket = state.tickets.find(({ id }) => id !== null && id === params["id"]);
  if (!ticket) return notFound("Ticket");
  if (!isObject(body)) return invalid([{ loc: [], msg: "Input should be a valid object" }]);
  const wrong = change(state, ticket, body, now());
  if (wrong !== undefined) return refuse(422, "VENDOR_ERROR", wrong);
  return { status: 200, body: ticketRecord(ticket) };
}

function bulkUpdate(desk: Desk, { body, fault }: Request): Answer {
  const { ticket_ids: ids, updates } = isObject(body) ? body : {};
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > MOST)
    return invalid([{ loc: ["ticket_ids"], msg: `List should have 1 to ${MOST} items` }]);
  if (!isObject(updates)) return invalid([{ loc: ["updates"], msg: "Field required" }]);
  return start(
    desk,
    ids.map((id: unknown, request_index) => {
      const ticket = desk.state.tickets.find((one) => one.id !== null && one.id === id);
      const isStruck = fault?.kind === "partial" && desk.random() < (fault.share ?? 0.5);
      const struck = isStruck ? "Jira refused this change" : undefined;
      const error = struck ?? (ticket ? change(desk.state, ticket, updates, desk.now()) : "Ticket not found.");
      return { success: error === undefined, error: error ?? null, request_index, ticket_id: String(id) };
    }),
  );
}

/** Changes a ticket in Jira, or says in Jira's words why not. */
function change(state: LeenState, ticket: Ticket, updates: JsonObject, now: number): string | undefined {
  const { name, description, status, priority, assigned_user_id: assignee } = updates;
  const word = typeof status === "string" ? status.toUpperCase().replace(/ /g, "_") : undefined;
  if (word !== undefined && !STATUSES.includes(word))
    return `No transition to "${String(status)}". Available: ${STATUSES.join(", ")}`;
  if (typeof priority === "string" && !PRIORITIES.includes(priority.toUpperCase()))
    return `The priority selected is invalid: ${priority}`;
  const person = assignee ? state.people.find(({ id }) => id === assignee) : null;
  if (person === undefined) return "Specify a valid value for assignee";
  if (typeof name === "string") ticket.name = name;
  if (description !== undefined) ticket.description = typeof description === "string" ? description : null;
  if (word !== undefined && word !== ticket.status) {
    ticket.status = word;
    ticket.statusUpdatedAt = now;
  }
  if (priority !== undefined) ticket.priority = typeof priority === "string" ? priority.toUpperCase() : null;
  if (assignee !== undefined) ticket.assignee = person;
  ticket.updatedAt = now;
  return undefined;
}
