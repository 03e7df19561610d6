import type { Settings } from "../config/settings.js";
import { checkConnection, connectionName, untriable } from "./check-connection.js";
import { failed, skipped, type Finding } from "./finding.js";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import { ForbiddenAddress } from "../http/guard.js";
import { openConnection, type OpenWith } from "../gateway/open-connection.js";
import { openStoredConnection } from "../gateway/open-stored-connection.js";
import type { OpenedConnection } from "../operations/connection-book.js";
import { createLogger } from "../server/logger.js";
import { openObserver } from "../server/observe.js";
import { allConnections } from "../store/connections.js";
import type { Owner } from "../domain/owner.js";
import { Unsealable } from "../store/seal.js";
import type { Db, Store } from "../store/store.js";
import { openVault, type Vault } from "../store/vault.js";
import { tokensToLook, type LookingTokens } from "./tokens-to-look.js";
import type { KeyWrapper } from "../store/key-wrapper.js";

/** What connections are tried with. */
interface ConnectionsToExamine {
  readonly settings: Settings;
  /** Absent where it can't be looked into: then those that hang on it are left alone. */
  readonly store?: Pick<Store, "of" | "system">;
  /** Absent where there is no master key. */
  readonly wrapper?: KeyWrapper;
  /** The calendar, in milliseconds since 1970; the machine's unless told. */
  readonly now?: () => number;
}

/** So many vendors are asked at once. */
const AT_ONCE = 8;

/** Tries every connection of the configuration and of the store at its vendor, and changes nothing there or here. */
export async function examineConnections(examined: ConnectionsToExamine): Promise<readonly Finding[]> {
  const { settings } = examined;
  const works: (() => Promise<Finding>)[] = [];
  const configured = new Set<string>();
  for (const { id: tenantId, connections } of settings.tenants)
    for (const connection of connections) {
      configured.add(connectionName(tenantId, connection.id));
      const owner = { tenantId, connectionId: connection.id };
      works.push(() =>
        examine(examined, owner, async (open) =>
          openConnection(open, { ...connection, tenantId, madeBy: "configuration" }),
        ),
      );
    }
  const tenants = new Set(settings.tenants.map(({ id }) => id));
  const rows = examined.store ? await allConnections(examined.store.system) : [];
  for (const row of rows) {
    const isServed = tenants.has(row.tenantId) && !configured.has(connectionName(row.tenantId, row.connectionId));
    if (isServed) works.push(() => examine(examined, row, (open) => openStoredConnection(open, row, settings.hosts)));
  }
  return inTurn(works);
}

type Open = (open: OpenWith) => Promise<OpenedConnection | undefined>;

async function examine(
  { store = NO_STORE, wrapper, now }: ConnectionsToExamine,
  { tenantId, connectionId }: Owner,
  open: Open,
): Promise<Finding> {
  const what = connectionName(tenantId, connectionId);
  const vault: Vault = openVault(store, wrapper ?? NO_KEY);
  let tokens: LookingTokens | undefined;
  const tokensOf: OpenWith["tokensOf"] = (opening) => (tokens = tokensToLook(store, vault, opening));
  try {
    const one = await open({ store, vault, observer: openObserver(createLogger("silent")), tokensOf });
    if (!one) return skipped(what, "Nobody has signed in at its vendor yet.");
    try {
      if (!(await tokens?.mayAsk())) return untriable(tenantId, connectionId);
      return await checkConnection(tenantId, one.connection, now && { now });
    } finally {
      await one.connection.close();
    }
  } catch (error) {
    if (error instanceof ForbiddenAddress) return failed(what, error.message);
    if (error instanceof Unsealable) return failed(what, `Its secrets can't be read. ${error.message}`);
    // Where the key of a connection is gone a gateway would make another one, which this may not.
    if (error instanceof StoreUnavailable) return failed(what, "Its secrets can't be read from the store.");
    throw error;
  }
}

/** Has no keys: what is sealed stays so. */
const NO_KEY: KeyWrapper = {
  keyId: "none",
  wrap: () => Promise.reject(new Unsealable("There is no master key.")),
  unwrap: (_wrapped, keyId) => Promise.reject(new Unsealable(`The master key "${keyId}" is missing here.`)),
};

/** A store in which there is nothing. */
const NOTHING: Db = {
  execute: () => Promise.resolve({ rows: [] }),
  transaction: (work) => work(NOTHING),
  plain: (work) => work(NOTHING),
};
const NO_STORE: Pick<Store, "of" | "system"> = { of: () => NOTHING, system: NOTHING };

async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  const left = [...works.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
