import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * The delivery ledger: one row for each write, committed before its first byte goes out. Whoever changes a row says which
 * `fence` it holds; taking a row over raises it, so that a late word of a former owner changes nothing.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    operation: text("operation").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the canonical request: the same key with another body is refused. */
    requestHash: text("request_hash").notNull(),
    marker: text("marker").notNull(),
    /** What the connector needs to find the ticket again; null where it couldn't. */
    trace: text("trace"),
    state: text("state").notNull(),
    attempts: integer("attempts").notNull(),
    fence: integer("fence").notNull(),
    /** When somebody else may take the row: the end of a lease, or the time of the next look. Null: never again. */
    dueAt: moment("due_at"),
    /** How often it has been looked for. */
    looks: integer("looks").notNull().default(0),
    sentAt: moment("sent_at").notNull(),
    draft: jsonb("draft").notNull(),
    /** The ticket, once there is one. */
    ref: jsonb("ref"),
    /** TicketErrors: why there is none, or what was left out of it. */
    errors: jsonb("errors")
      .notNull()
      .default(sql`'[]'::jsonb`),
    reconciledBy: text("reconciled_by"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    /** When a settled row may be forgotten. */
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    unique("deliveries_key").on(table.tenantId, table.connectionId, table.operation, table.key),
    index("deliveries_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    index("deliveries_state").on(table.tenantId, table.state, table.id),
    index("deliveries_expiry").on(table.expiresAt),
  ],
);

/** A bulk job: how far it is follows from its items. */
export const bulkJobs = pgTable(
  "bulk_jobs",
  {
    id: uuid("id").primaryKey(),
    /** In the order of their creation, for paging. */
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    kind: text("kind").notNull(),
    state: text("state").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    total: integer("total").notNull(),
    succeeded: integer("succeeded").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** How many wait no longer: those that succeeded, failed or need a person. */
    settled: integer("settled").notNull().default(0),
    /** Which connections its key may use, for the workers; the caller's own words. */
    caller: jsonb("caller").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    unique("bulk_jobs_key").on(table.tenantId, table.key),
    index("bulk_jobs_of_tenant").on(table.tenantId, table.number),
  ],
);

/** One ticket of a bulk job, and what became of it. */
export const bulkItems = pgTable(
  "bulk_items",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => bulkJobs.id, { onDelete: "cascade" }),
    index: integer("index").notNull(),
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    key: text("key").notNull(),
    ticket: jsonb("ticket").notNull(),
    /** WAITING until its fate is settled; then DELIVERED, REJECTED or NEEDS_REVIEW. */
    state: text("state").notNull(),
    identifier: text("identifier"),
    ref: jsonb("ref"),
    errors: jsonb("errors")
      .notNull()
      .default(sql`'[]'::jsonb`),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.index] }),
    index("bulk_items_failed")
      .on(table.jobId, table.index)
      .where(sql`state in ('REJECTED', 'NEEDS_REVIEW')`),
    index("bulk_items_to_review")
      .on(table.key)
      .where(sql`state = 'NEEDS_REVIEW'`),
  ],
);

/** What the gateway itself must remember: the key of its markers. */
export const secrets = pgTable("secrets", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});

/** The tickets of a tenant as they were when they were last seen; the columns beside `ticket` are for finding and ordering. */
export const syncedTickets = pgTable(
  "synced_tickets",
  {
    /** In the order of their arrival; breaks ties in every order. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    vendorId: text("vendor_id").notNull(),
    /** Its common fields. Nobody looks into it here, and plain JSON is written in half of the time. */
    ticket: json("ticket").notNull(),
    /** The vendor's record as it came. */
    data: json("data").notNull(),
    identifier: text("identifier"),
    status: text("status").notNull(),
    statusCategory: text("status_category").notNull(),
    /** 1 (lowest) to 5 (highest); 0 where it has none that we know. */
    priority: smallint("priority").notNull(),
    projectId: text("project_id"),
    parentId: text("parent_id"),
    assigneeIds: jsonb("assignee_ids").notNull(),
    tags: jsonb("tags").notNull(),
    /** The beginning of 1970 where the vendor tells none, so that there is an order. */
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    search: tsvector("search").notNull(),
    /** Whether anything of it has changed: a hash of all that the vendor said. */
    digest: text("digest").notNull(),
    /** In which run of the sync it was last seen: what a full run didn't see may be gone. */
    run: bigint("run", { mode: "number" }).notNull(),
    syncedAt: moment("synced_at").notNull(),
  },
  (table) => [
    unique("synced_tickets_key").on(table.tenantId, table.connectionId, table.vendorId),
    index("synced_tickets_created").on(table.tenantId, table.createdAt, table.id),
    index("synced_tickets_updated").on(table.tenantId, table.updatedAt, table.id),
    index("synced_tickets_priority").on(table.tenantId, table.priority, table.id),
    index("synced_tickets_project").on(table.tenantId, table.connectionId, table.projectId, table.updatedAt, table.id),
    index("synced_tickets_status").on(table.tenantId, table.status, table.updatedAt, table.id),
    index("synced_tickets_identifier")
      .on(table.tenantId, table.identifier)
      .where(sql`identifier is not null`),
    index("synced_tickets_assignees").using("gin", table.assigneeIds),
    index("synced_tickets_tags").using("gin", table.tags),
    index("synced_tickets_search").using("gin", table.search),
  ],
);

/** Projects, issue types and users that synced tickets speak of; null where the vendor knows none of that id. */
export const syncedThings = pgTable(
  "synced_things",
  {
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    kind: text("kind").notNull(),
    vendorId: text("vendor_id").notNull(),
    thing: jsonb("thing"),
    syncedAt: moment("synced_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectionId, table.kind, table.vendorId] })],
);

/** How far the sync of a connection is: whoever works on it holds its `fence` until `due_at`, and goes on where the row says. */
export const syncs = pgTable(
  "syncs",
  {
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    /** IDLE, QUEUED, RUNNING or FAILED. */
    state: text("state").notNull(),
    /** What somebody asked for that no run has begun: FULL or CHANGES. */
    wanted: text("wanted"),
    run: bigint("run", { mode: "number" }).notNull().default(0),
    /** Of the run under way, or of the last one: FULL or CHANGES. */
    mode: text("mode"),
    /** READING the vendor's lists, then LOOKING for what wasn't in them; null where no run is under way. */
    phase: text("phase"),
    cursor: text("cursor"),
    /** Notices a list that goes round: a cursor that was there before, how many steps ago, and when the next one is kept. */
    mark: jsonb("mark"),
    since: moment("since"),
    tickets: integer("tickets").notNull().default(0),
    error: text("error"),
    fence: integer("fence").notNull().default(0),
    dueAt: moment("due_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    /** When the last whole run began: what changed since then is not in the store for sure. */
    syncedAt: moment("synced_at"),
    fullAt: moment("full_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectionId] })],
);

/** What vendors told by themselves: kept until it is worked off, and longer, so that what comes again is known. */
export const inbox = pgTable(
  "inbox",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    /** The vendor's own id of the message, or a hash of it. */
    deliveryId: text("delivery_id").notNull(),
    /** The tickets that it speaks of. */
    ticketIds: jsonb("ticket_ids").notNull(),
    receivedAt: moment("received_at").notNull().defaultNow(),
    /** When somebody else may take it; null: it is worked off. */
    dueAt: moment("due_at"),
  },
  (table) => [
    unique("inbox_key").on(table.tenantId, table.connectionId, table.deliveryId),
    index("inbox_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    index("inbox_received").on(table.receivedAt),
  ],
);

/** The keys that were made while the gateway ran. Of the key itself only its hash is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey(),
    /** In the order of their creation, for paging. */
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    name: text("name").notNull(),
    /** How the key begins, for people to recognize it by. */
    prefix: text("prefix").notNull(),
    /** SHA-256 of the key, base64url. */
    hash: text("hash").notNull().unique("api_keys_hash"),
    scopes: jsonb("scopes").notNull(),
    /** Null: all of the tenant's, those to come included. */
    connections: jsonb("connections"),
    defaultConnection: text("default_connection"),
    createdAt: moment("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
    revokedBy: text("revoked_by"),
  },
  (table) => [index("api_keys_of_tenant").on(table.tenantId, table.number)],
);

/** The connections that were made while the gateway ran. */
export const connections = pgTable(
  "connections",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    vendor: text("vendor").notNull(),
    name: text("name").notNull(),
    /** All that is no secret. */
    settings: jsonb("settings").notNull(),
    /** Credentials and the webhook's secret, encrypted with the connection's data key. */
    sealed: text("sealed").notNull(),
    /** Raised by each change; part of what the encryption is bound to. */
    version: integer("version").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** One key for each connection, itself encrypted ("wrapped") with the master key or by a key service. */
export const dataKeys = pgTable(
  "data_keys",
  {
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    /** Which master key wraps it. */
    keyId: text("key_id").notNull(),
    wrapped: text("wrapped").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    wrappedAt: moment("wrapped_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectionId] }), index("data_keys_key_id").on(table.keyId)],
);

/** What a vendor's authorization server gave last: the next refresh token is here before the access token is used. */
export const vendorTokens = pgTable(
  "vendor_tokens",
  {
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    /** From which credentials they grew: others begin anew. */
    seed: text("seed").notNull(),
    /** Encrypted; null until there are any. */
    sealed: text("sealed"),
    version: integer("version").notNull().default(0),
    /** Who asks for the next ones, and until when nobody else may. */
    holder: uuid("holder"),
    dueAt: moment("due_at"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectionId] })],
);

/** Authorizations that somebody has begun at a vendor and not yet come back from. */
export const oauthPending = pgTable(
  "oauth_pending",
  {
    /** SHA-256 of the ticket or the state, base64url. */
    stateHash: text("state_hash").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    connectionId: text("connection_id").notNull(),
    sealed: text("sealed").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("oauth_pending_expiry").on(table.expiresAt)],
);

/** How much of the present minute's allowance is given out, over all replicas. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  windowStart: moment("window_start").notNull(),
  used: integer("used").notNull(),
});

/** Who did what: rows are added and never changed. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    at: moment("at").notNull().defaultNow(),
    /** The key's stable id: of a key made by the API its uuid, else "config:" or "jwt:" and a name. */
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    /** The address that it came from; null for what the gateway does for a job. */
    source: text("source"),
    action: text("action").notNull(),
    connectionId: text("connection_id"),
    /** The ticket's id at its vendor; null where there is none yet. */
    ticketId: text("ticket_id"),
    /** What else it was done to: a key, a job, an idempotency key. */
    subject: text("subject"),
    outcome: text("outcome").notNull(),
    /** Why, where it was refused: codes, never texts of tickets. */
    reason: text("reason"),
  },
  (table) => [
    index("audit_log_of_tenant").on(table.tenantId, table.id),
    index("audit_log_ticket").on(table.tenantId, table.connectionId, table.ticketId, table.id),
    index("audit_log_actor").on(table.tenantId, table.actorId, table.id),
  ],
);
