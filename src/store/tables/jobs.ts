import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.js";

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
