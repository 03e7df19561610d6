import type { Connection } from "../../connectors/connection.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import type { SyncState } from "../../domain/sync.js";
import type { Owner } from "../../domain/owner.js";
import { dueSyncs, findSyncs, wantSync, type SyncRow } from "../../store/syncs.js";
import { findConnection, need } from "../access.js";
import type { Kernel } from "../kernel.js";
import type { SyncPlan } from "./options.js";

/** Asks for a run of a connection's sync, which begins as soon as a worker is free. Throws RequestError. */
export async function startSync(kernel: Kernel, caller: Caller, id: string, isFull: boolean): Promise<Connection> {
  need(caller, "connections:admin");
  const connection = findConnection(kernel, caller, id);
  if (!connection) throw new RequestError("NOT_FOUND", `There is no connection "${id}".`);
  if (!connection.capabilities.sync)
    throw new RequestError(
      "UNSUPPORTED",
      `${connection.vendor.title} can't list its tickets, so they can't be synced.`,
    );
  const owner = { tenantId: caller.tenantId, connectionId: connection.id };
  await wantSync(kernel.dbOf(owner.tenantId), owner, isFull ? "FULL" : "CHANGES");
  await kernel.wakeSync(owner);
  await kernel.audit(caller, [{ action: "syncConnection", connectionId: connection.id, outcome: "DONE" }]);
  return connection;
}

/** Wakes every sync whose time has come, that broke off, or whose process is gone. */
export async function wakeDueSyncs(kernel: Kernel, now: number): Promise<void> {
  for (const [tenantId, plans] of plansOf(kernel)) {
    const rows = new Map(
      (await findSyncs(kernel.dbOf(tenantId), tenantId, [...plans.keys()])).map((row) => [row.connectionId, row]),
    );
    for (const [connectionId, plan] of plans) {
      const owner: Owner = { tenantId, connectionId };
      const row = rows.get(connectionId);
      const isWaiting = row?.phase != null || row?.wanted != null;
      const begun = row?.startedAt?.getTime() ?? 0;
      if (isWaiting || now - begun < plan.everyMs) continue;
      await wantSync(kernel.dbOf(owner.tenantId), owner, isOlder(row, now - plan.fullEveryMs) ? "FULL" : "CHANGES");
    }
  }
  for (const owner of await dueSyncs(kernel.systemDb))
    if (kernel.connectionsOf(owner.tenantId).has(owner.connectionId)) await kernel.wakeSync(owner);
}

/** The plans of each tenant's connections. */
function plansOf({ connections }: Kernel): ReadonlyMap<string, ReadonlyMap<string, SyncPlan>> {
  const plans = new Map<string, Map<string, SyncPlan>>();
  for (const { tenantId, connection, sync } of connections.all()) {
    if (!sync) continue;
    const own = plans.get(tenantId) ?? new Map<string, SyncPlan>();
    plans.set(tenantId, own.set(connection.id, sync));
  }
  return plans;
}

function isOlder(row: SyncRow | undefined, moment: number): boolean {
  return (row?.fullAt?.getTime() ?? 0) <= moment;
}

/** How the syncs of some connections are doing, in order. */
export async function syncStates(
  { dbOf }: Kernel,
  tenantId: string,
  connectionIds: readonly string[],
): Promise<readonly SyncState[]> {
  const rows = new Map(
    (await findSyncs(dbOf(tenantId), tenantId, connectionIds)).map((row) => [row.connectionId, row]),
  );
  return connectionIds.map((id) => rows.get(id) ?? NEVER);
}

const NEVER: SyncState = {
  state: "NEVER",
  mode: null,
  tickets: 0,
  startedAt: null,
  finishedAt: null,
  syncedAt: null,
  error: null,
};
