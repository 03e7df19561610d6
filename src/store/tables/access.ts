import { sql } from "drizzle-orm";
import { bigint, uniqueIndex, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.js";

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
  (table) => [
    index("api_keys_of_tenant").on(table.tenantId, table.number),
    // Those that open something are told apart by their names.
    uniqueIndex("api_keys_name")
      .on(table.tenantId, table.name)
      .where(sql`revoked_at is null`),
  ],
);

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
