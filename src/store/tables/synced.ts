import { sql } from "drizzle-orm";
import { bigint, index, integer, json, jsonb, pgTable, primaryKey, smallint, text, unique } from "drizzle-orm/pg-core";
import { moment, tsvector } from "./columns.js";

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
