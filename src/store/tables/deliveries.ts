import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { moment } from "./columns.js";

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
