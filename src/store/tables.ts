import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

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
