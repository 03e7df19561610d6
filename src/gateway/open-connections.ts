import { ConfigError } from "../config/config-error.js";
import type { Settings } from "../config/settings.js";
import type { Connection } from "../connectors/connection.js";
import { ForbiddenAddress } from "../http/guard.js";
import { openConnection, type OpenWith } from "./open-connection.js";
import { openStoredConnection } from "./open-stored-connection.js";
import type { ConnectionBook, OpenedConnection } from "../operations/connection-book.js";
import { allConnections, CONNECTIONS_CHANNEL, findConnectionRow, type ConnectionRow } from "../store/connections.js";
import { ownerKey, type Owner } from "../domain/owner.js";
import type { Logger } from "../server/logger.js";
import type { Store } from "../store/store.js";

/** How long a connection that was changed or taken away serves those who have it in hand, in milliseconds. */
const RETIRED_MS = 60_000;

/** The connections of a process, until they are closed. */
interface OpenConnections extends ConnectionBook {
  close(): Promise<void>;
}

/**
 * Opens every connection of the settings and of the store, and follows what becomes of the latter on any replica. One of the store
 * that can't be opened is logged and left out, so that it takes no other with it. Throws ConfigError for an address of the settings
 * that may not be dialled.
 */
export async function openConnections(
  settings: Settings,
  open: OpenWith & { readonly store: Store; readonly log: Logger },
): Promise<OpenConnections> {
  const { store, log, observer } = open;
  const tenants = new Map(settings.tenants.map(({ id }) => [id, new Map<string, Connection>()]));
  const opened = new Map<string, OpenedConnection>();
  const closing = new Set<Promise<void>>();
  const retired = new Map<OpenedConnection, NodeJS.Timeout>();

  function put(owner: Owner, one: OpenedConnection | undefined): void {
    const place = ownerKey(owner);
    const before = opened.get(place);
    if (one) {
      opened.set(place, one);
      tenants.get(owner.tenantId)?.set(owner.connectionId, one.connection);
    } else {
      opened.delete(place);
      tenants.get(owner.tenantId)?.delete(owner.connectionId);
    }
    if (!before) return;
    // Whoever has it in hand may finish with it.
    const timer = setTimeout(() => retire(before), RETIRED_MS).unref();
    retired.set(before, timer);
  }
  function retire(one: OpenedConnection): void {
    clearTimeout(retired.get(one));
    retired.delete(one);
    const end = one.connection
      .close()
      .catch((error: unknown) => log.error({ err: error }, "closing a connection failed"))
      .finally(() => observer.leave({ tenantId: one.tenantId, connectionId: one.connection.id }));
    closing.add(end);
    void end.finally(() => closing.delete(end));
  }

  for (const { id: tenantId, connections } of settings.tenants)
    for (const connection of connections)
      put(
        { tenantId, connectionId: connection.id },
        dialable(tenantId, connection.id, () =>
          openConnection(open, { ...connection, tenantId, madeBy: "configuration" }),
        ),
      );

  async function openRow(row: ConnectionRow): Promise<void> {
    const before = opened.get(ownerKey(row));
    // What the operator calls so goes first.
    if (before?.madeBy === "configuration" || !tenants.has(row.tenantId)) return;
    put(row, await tried(row));
  }
  async function tried(row: ConnectionRow): Promise<OpenedConnection | undefined> {
    const { tenantId, connectionId: id } = row;
    try {
      return await openStoredConnection(open, row, settings.hosts);
    } catch (error) {
      log.error({ err: error, tenant: tenantId, connection: id }, "a connection of the store can't be opened");
      return undefined;
    }
  }

  async function reload(owner: Owner): Promise<void> {
    const before = opened.get(ownerKey(owner));
    if (before?.madeBy === "configuration") return;
    const row = await findConnectionRow(store.of(owner.tenantId), owner);
    if (row) await openRow(row);
    else put(owner, undefined);
  }
  async function reloadAll(): Promise<void> {
    const rows = await allConnections(store.system);
    const there = new Set(rows.map(ownerKey));
    for (const { tenantId, connection, madeBy } of [...opened.values()]) {
      const owner = { tenantId, connectionId: connection.id };
      if (madeBy === "api" && !there.has(ownerKey(owner))) put(owner, undefined);
    }
    for (const row of rows) await openRow(row);
  }
  // One after another, in the order in which they were told.
  let following: Promise<void> = Promise.resolve();
  const follow = (payload: string): void => {
    following = following
      .then(() => (payload === "" ? reloadAll() : reload(JSON.parse(payload) as Owner)))
      .catch((error: unknown) => log.error({ err: error }, "a change of a connection could not be followed"));
  };
  const stop = await store.listen(CONNECTIONS_CHANNEL, follow);
  await reloadAll();

  return {
    of: (tenantId) => tenants.get(tenantId) ?? new Map(),
    find: (owner) => opened.get(ownerKey(owner)),
    named: (connectionId) =>
      [...tenants.keys()].flatMap((tenantId) => opened.get(ownerKey({ tenantId, connectionId })) ?? []),
    all: () => opened.values(),
    hasTenant: (tenantId) => tenants.has(tenantId),
    async reload(owner) {
      following = following.then(() => reload(owner));
      await following;
    },
    async close() {
      await stop();
      await following.catch(() => {});
      for (const one of [...retired.keys()]) retire(one);
      await Promise.all([...closing, ...[...opened.values()].map(({ connection }) => connection.close())]);
    },
  };
}

/** A wrong address is the operator's to mend, so it is told as a mistake in the configuration. */
function dialable<T>(tenantId: string, id: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    throw new ConfigError(`The connection "${id}" of the tenant "${tenantId}" can't be opened: ${error.message}`);
  }
}
