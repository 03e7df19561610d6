/** What the estimate knows of whoever asks. */
export interface Fleet {
  /** How many connections the caller may use. */
  readonly connections: number;
}

/** The value of one of the field's arguments, its default where it isn't given. */
export type Argument = (name: string) => unknown;

/** What one field costs its vendor, and how much hangs below it. */
export interface VendorCalls {
  /** Calls each time, by the vendor that needs the most; those that only a mistake in the input causes are counted too. */
  readonly calls: number | ((argument: Argument, fleet: Fleet) => number);
  /** "batch": once for all objects that came in one answer, a hundred at a time. "each": once for each of them. */
  readonly per: "batch" | "each";
  /** How many objects it gives of each object that it is asked of; one where this is absent. */
  readonly items?: number | ((argument: Argument, fleet: Fleet) => number);
  /** Whether those objects may be of several connections: what is read together is read together for each of them. */
  readonly across?: true;
}

/** How many things one call reads together, at most vendors. */
export const BATCH = 100;
/** The longest page: a larger `first` is refused when it is run. */
const PAGE_MAX = 100;
/** Most vendors know one assignee or reporter; nobody gives a ticket more than a few. */
const PEOPLE = 5;
/** Tickets are usually read by one call; Request Tracker keeps their texts elsewhere, in two steps. */
const TICKETS = 3;
/** A comment's text is kept elsewhere there too. */
const COMMENTS = 2;
/** Project, types, fields, people and parent of one ticket, and what there is instead of a wrong one. */
const LOOKUPS = 12;
/** What a router refers to, by kind: read together, or one by one. What isn't here asks no vendor. */
const ENTITIES: Readonly<Record<string, { readonly calls: number; readonly per: VendorCalls["per"] }>> = {
  Ticket: { calls: TICKETS, per: "batch" },
  Project: { calls: 1, per: "batch" },
  IssueType: { calls: 1, per: "batch" },
  User: { calls: 1, per: "batch" },
  Comment: { calls: COMMENTS, per: "each" },
  Attachment: { calls: 1, per: "each" },
};
/** Who one is, what one may do, and where. */
const CHECKS = 6;

const first = (argument: Argument): number => within(argument("first"));
const idCount = (argument: Argument): number => lengthOf(argument("ids"));
const ticketCount = (argument: Argument): number =>
  lengthOf((argument("input") as { tickets?: unknown } | null)?.tickets);
const everyConnection = (_: Argument, { connections }: Fleet): number => connections;

const FREE: VendorCalls = { calls: 0, per: "batch" };
const free = (items: NonNullable<VendorCalls["items"]>): VendorCalls => ({ ...FREE, items });
const across = (items: NonNullable<VendorCalls["items"]>): VendorCalls => ({ ...free(items), across: true });
const batched = (calls = 1, items?: number): VendorCalls => ({ calls, per: "batch", ...(items && { items }) });
const each = (calls: VendorCalls["calls"], items?: VendorCalls["items"]): VendorCalls => ({
  calls,
  per: "each",
  ...(items !== undefined && { items }),
});

/** A page's items are counted where the page is asked for. */
const pageOf = (...names: readonly string[]): Record<string, VendorCalls> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}Connection.nodes`, free(1)],
      [`${name}Connection.edges`, free(1)],
      [`${name}Connection.pageInfo`, FREE],
      [`${name}Edge.node`, FREE],
    ]),
  );

/** What became of one write or of many: no vendor is asked but for a ticket that is to be read back. */
const payloadOf = (...names: readonly string[]): Record<string, VendorCalls> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}.ticket`, batched(TICKETS)],
      [`${name}.errors`, free(PEOPLE)],
      [`${name}.delivery`, FREE],
    ]),
  );

/**
 * Which field makes which calls to vendors. Every field that takes arguments or gives an object stands here, and those scalars that
 * ask a vendor. What vendors are asked once a minute for everybody (lists of types, queues, users) is not counted.
 */
export const VENDOR_CALLS: Readonly<Record<string, VendorCalls>> = {
  ...pageOf(
    "Ticket",
    "Comment",
    "Project",
    "IssueType",
    "User",
    "BulkJob",
    "BulkTicketResult",
    "Delivery",
    "ApiKey",
    "AuditEntry",
  ),
  ...payloadOf("CreateTicketPayload", "UpdateTicketPayload", "BulkTicketResult"),

  "Query.node": each(TICKETS),
  // Tickets and the like are read together for each connection, comments and files one by one.
  "Query.nodes": {
    ...each((argument, { connections }) => Math.max(idCount(argument), TICKETS * connections), idCount),
    across: true,
  },
  "Query._entities": { ...each(entityCalls, (argument) => lengthOf(argument("representations"))), across: true },
  "Query._service": FREE,
  "Query.ticket": each(TICKETS),
  "Query.searchTickets": each(TICKETS, first),
  "Query.tickets": across(first),
  "Query.projects": each(1, first),
  // The project is looked up, and those that there are where it isn't one.
  "Query.issueTypes": each(3, first),
  "Query.assignableUsers": each(3, first),
  "Query.connections": across(everyConnection),
  "Query.connection": FREE,
  "Query.bulkJob": FREE,
  "Query.bulkJobs": free(first),
  "Query.delivery": FREE,
  "Query.deliveries": across(first),
  "Query.validateTicket": each(LOOKUPS),
  "Query.viewer": FREE,
  "Query.apiKeys": free(first),
  "Query.auditLog": free(first),

  "Mutation.createTicket": each(LOOKUPS + 2),
  "Mutation.updateTicket": each(LOOKUPS + 2),
  "Mutation.addComment": each(TICKETS + 2),
  // A vendor that writes one by one needs a call or more for each; look-ups are shared by tickets that are alike.
  "Mutation.bulkCreateTickets": each((argument) => LOOKUPS + 2 * ticketCount(argument), ticketCount),
  "Mutation.bulkUpdateTickets": each((argument) => LOOKUPS + 3 * ticketCount(argument), ticketCount),
  // Jobs and syncs are worked on in the background, at a pace of their own.
  "Mutation.startBulkCreateTickets": FREE,
  "Mutation.startBulkUpdateTickets": FREE,
  "Mutation.cancelBulkJob": FREE,
  "Mutation.resolveDelivery": each(TICKETS + 2),
  "Mutation.syncConnection": FREE,

  "Mutation.createApiKey": FREE,
  "Mutation.revokeApiKey": FREE,
  "Mutation.createConnection": FREE,
  "Mutation.updateConnection": FREE,
  "Mutation.authorizeConnection": FREE,
  "Mutation.deleteConnection": FREE,
  "Mutation.testConnection": each(CHECKS),

  "Subscription.bulkJobProgress": FREE,
  "Subscription.ticketChanged": FREE,

  "Ticket.connection": FREE,
  "Ticket.description": FREE,
  "Ticket.type": batched(),
  "Ticket.project": batched(),
  "Ticket.assignees": batched(1, PEOPLE),
  "Ticket.createdBy": batched(),
  "Ticket.reporters": batched(1, PEOPLE),
  "Ticket.parent": batched(TICKETS),
  "Ticket.children": each(TICKETS, first),
  "Ticket.comments": each(COMMENTS, first),
  "Ticket.attachments": each(1, PEOPLE),
  "Ticket.revision": each(1),
  "Ticket.vendorAttributes": FREE,
  "Comment.author": batched(),
  "Comment.body": FREE,
  "Project.connection": FREE,
  "Project.issueTypes": each(1, first),
  "Project.assignableUsers": each(1, first),
  "IssueType.connection": FREE,
  "IssueType.fields": each(3, PAGE_MAX),
  "FieldDefinition.allowedValues": free(PAGE_MAX),
  "User.connection": FREE,
  "VendorConnection.capabilities": FREE,
  "VendorConnection.sync": FREE,
  "VendorConnection.project": each(2),
  "VendorConnection.projects": each(1, first),
  "VendorConnection.ticket": each(2 * TICKETS),

  "AddCommentPayload.comment": each(COMMENTS),
  "AddCommentPayload.errors": free(PEOPLE),
  "AddCommentPayload.delivery": FREE,
  "BulkCreateTicketsPayload.results": across(1),
  "BulkUpdateTicketsPayload.results": across(1),
  "BulkTicketResult.error": FREE,
  "BulkJob.results": across(first),
  "StartBulkJobPayload.job": FREE,
  "StartBulkJobPayload.errors": free(PAGE_MAX),
  "Delivery.connection": FREE,
  "Delivery.ticket": batched(TICKETS),
  "Delivery.errors": free(PEOPLE),
  "TicketValidation.errors": free(PEOPLE),
  "TicketChange.ticket": FREE,
  "ConnectionPayload.connection": FREE,
  "ConnectionPayload.errors": free(PEOPLE),
  "ConnectionTest.checks": free(PEOPLE),
  "ApiKey.connections": across(everyConnection),
  "ApiKey.defaultConnection": FREE,
  "CreateApiKeyPayload.apiKey": FREE,
  "CreateApiKeyPayload.errors": free(PEOPLE),
  "Viewer.connections": across(everyConnection),
};

function within(size: unknown): number {
  return typeof size === "number" ? Math.min(Math.max(size, 0), PAGE_MAX) : PAGE_MAX;
}

function lengthOf(list: unknown): number {
  // One thing stands for a list of one: https://spec.graphql.org/October2021/#sec-List.Input-Coercion
  return Array.isArray(list) ? list.length : list == null ? 0 : 1;
}

function entityCalls(argument: Argument, { connections }: Fleet): number {
  const counts = new Map<unknown, number>();
  for (const one of [argument("representations")].flat()) {
    const kind = (one as { __typename?: unknown } | null | undefined)?.__typename;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  let sum = 0;
  for (const [kind, { calls, per }] of Object.entries(ENTITIES)) {
    const count = counts.get(kind) ?? 0;
    const least = Math.min(count, connections);
    const times = per === "each" || count === 0 ? count : least + Math.floor((count - least) / BATCH);
    sum += times * calls;
  }
  return sum;
}
