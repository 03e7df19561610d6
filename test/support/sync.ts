import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Connection } from "../../src/connectors/connection.js";
import type { Connector, Vendor } from "../../src/connectors/connector.js";
import { jira } from "../../src/connectors/jira/index.js";
import { richTextOf } from "../../src/connectors/rich-text.js";
import { StoreUnavailable } from "../../src/domain/store-unavailable.js";
import type { Ticket } from "../../src/domain/ticket.js";
import type { Http } from "../../src/http/http.js";
import type { Kernel } from "../../src/operations/kernel.js";
import { DELIVERY_DEFAULTS } from "../../src/operations/delivery/options.js";
import { runSync, type SyncEnd } from "../../src/operations/sync/run-sync.js";
import type { Owner } from "../../src/domain/owner.js";
import { rowsOf, type Db } from "../../src/store/store.js";
import { findSyncs, type SyncRow } from "../../src/store/syncs.js";

/** What a process that syncs has: its way to the store, and its connection. */
interface Syncing {
  readonly db: Db;
  readonly connection: Connection;
  readonly owner: Owner;
  readonly signal?: AbortSignal;
}

/** Runs a sync as a process would. */
export function run({ db, connection, owner, signal = new AbortController().signal }: Syncing): Promise<SyncEnd> {
  const kernel = {
    dbOf: () => db,
    connectionsOf: () => new Map([[owner.connectionId, connection]]),
    delivery: DELIVERY_DEFAULTS,
  };
  return runSync(kernel as unknown as Kernel, owner, signal);
}

/** A tenant that nobody has used before. */
export const newOwner = (connectionId = "stub"): Owner => ({ tenantId: randomUUID(), connectionId });

/** As if the process that holds a sync had said nothing for as long as its lease. */
export async function leaseRunsOut(db: Db, { tenantId }: Owner): Promise<void> {
  await db.execute(sql`update syncs set due_at = now() where tenant_id = ${tenantId} and due_at is not null`);
}

/** A ticket of the store: the common fields, the vendor's record, and in how many rows it is. */
interface Kept {
  readonly vendorId: string;
  readonly ticket: { readonly name: string; readonly [field: string]: unknown };
  readonly data: unknown;
}

/** All that the store has of an owner, by id. */
export async function keptOf(db: Db, { tenantId }: Owner): Promise<readonly Kept[]> {
  const result = await db.execute(
    sql`select vendor_id as "vendorId", ticket, data from synced_tickets where tenant_id = ${tenantId} order by vendor_id collate "C"`,
  );
  return rowsOf<Kept>(result);
}

/** How a sync is doing. Throws where there is none. */
export async function syncOf(db: Db, { tenantId, connectionId }: Owner): Promise<SyncRow> {
  const [row] = await findSyncs(db, tenantId, [connectionId]);
  if (!row) throw new Error("There is no such sync.");
  return row;
}

/** A connection to a vendor that does nothing but what is told here. */
export function stubbed(connector: Partial<Connector>): Connection {
  const none = () => Promise.resolve([]);
  const stub = { tickets: none, projects: none, issueTypes: none, users: none, ...connector } as Connector;
  const vendor: Vendor = {
    ...jira,
    name: "stub",
    title: "Stub",
    capabilities: { ...jira.capabilities, richText: "PLAIN" },
    readText: richTextOf,
    idPattern: /^/,
    connect: () => stub,
  };
  const settings = { baseUrl: "https://stub.example", credentials: {} };
  return new Connection({ id: "stub", name: "Stub", vendor, settings, http: { close: async () => {} } as Http });
}

/** A ticket with nothing but what is told. */
export function newTicketOf(vendorId: string, rest: Partial<Ticket> = {}): Ticket {
  return {
    vendorId,
    key: null,
    identifier: null,
    name: `Ticket ${vendorId}`,
    description: null,
    status: "Open",
    statusCategory: "TODO",
    statusUpdatedAt: null,
    priority: null,
    priorityLevel: null,
    typeId: null,
    projectId: null,
    assigneeIds: [],
    createdById: null,
    reporterIds: [],
    parentId: null,
    tags: [],
    active: true,
    url: null,
    createdAt: null,
    updatedAt: null,
    dueDate: null,
    closedAt: null,
    revision: null,
    data: {},
    ...rest,
  };
}

/** A store that fails at its n-th transaction: before it, or with all of it done and only the answer lost. */
export function breaking(db: Db, { how, after }: { readonly how: string; readonly after: number }): Db {
  let transactions = 0;
  const transaction: Db["transaction"] = async (work) => {
    const isLast = (transactions += 1) > after;
    if (isLast && how === "store") throw new StoreUnavailable("The gateway's database does not answer.");
    const answer = await db.transaction(work);
    if (isLast) throw new StoreUnavailable("The gateway's database does not answer.");
    return answer;
  };
  return Object.create(db, { transaction: { value: transaction } }) as Db;
}
