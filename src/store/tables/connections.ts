import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.js";

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
