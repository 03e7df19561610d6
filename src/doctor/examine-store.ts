import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../config/config-error.js";
import type { Config } from "../config/env.js";
import { checkClock } from "./check-clock.js";
import { checkSchema } from "./check-schema.js";
import { checkServer } from "./check-server.js";
import { checkLedger, checkQueue } from "./check-work.js";
import { failed, ok, skipped, type Finding } from "./finding.js";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import { queueState } from "../jobs/queue-state.js";
import { unopened } from "../gateway/open-own-store.js";
import { ledgerSummary } from "../store/ledger-summary.js";
import { holderOf } from "../store/lock-folder.js";
import { lookIntoStore } from "../store/look.js";
import { PGLITE_FOLDER } from "../store/open-pglite.js";
import { serverState } from "../store/server-state.js";
import type { Store } from "../store/store.js";

const WHAT = "store";

/** A store that was looked into. */
interface ExaminedStore {
  readonly findings: readonly Finding[];
  /** Open, to look and not to touch, and whole; absent where it can't be used yet. To be closed. */
  readonly store: Store | undefined;
}

/** Looks into the store that a gateway with this environment would open, and changes nothing. */
export async function examineStore(config: Config, now: () => number = Date.now): Promise<ExaminedStore> {
  const { databaseUrl, dataDir, settingsPath } = config;
  if (databaseUrl !== undefined) return look({ url: databaseUrl }, `The database at ${new URL(databaseUrl).host}`, now);
  if (settingsPath === undefined)
    return { findings: [ok(WHAT, "The demo keeps everything in memory.")], store: undefined };
  if (!existsSync(join(dataDir, PGLITE_FOLDER)))
    return {
      findings: [ok(WHAT, `There is none in ${dataDir} yet; it is made at the first start.`)],
      store: undefined,
    };
  const holder = holderOf(dataDir);
  if (holder !== undefined) {
    const found = `The one in ${dataDir} is in use by the process ${holder}, so what is in it wasn't looked at. Stop that to look.`;
    return { findings: [skipped(WHAT, found)], store: undefined };
  }
  return look({ folder: dataDir }, `The embedded one in ${dataDir}`, now);
}

async function look(
  where: Parameters<typeof lookIntoStore>[0],
  name: string,
  now: () => number,
): Promise<ExaminedStore> {
  let store: Store;
  try {
    store = await lookIntoStore(where);
  } catch (error) {
    const told = unopened(error, where);
    if (!(told instanceof ConfigError)) throw told;
    return { findings: [failed(WHAT, told.message)], store: undefined };
  }
  try {
    const { findings, isWhole } = await inside(store, now);
    if (!isWhole) await store.close();
    return { findings: [ok(WHAT, `${name} answers.`), ...findings], store: isWhole ? store : undefined };
  } catch (error) {
    await store.close();
    const { code } = (error instanceof StoreUnavailable ? error.cause : error) as { readonly code?: unknown };
    // What carries no code of the database is a bug, and keeps its stack.
    if (typeof code !== "string") throw error;
    const found = `${name} can't be looked at: ${error instanceof Error ? error.message : ""} (${code}).`;
    return { findings: [failed(WHAT, found, "Check what its user may do, and the server's log.")], store: undefined };
  }
}

async function inside(store: Store, now: () => number) {
  const began = now();
  const server = await serverState(store.db);
  // The answer was made somewhere in between.
  const aheadMs = (began + now()) / 2 - server.now;
  const queue = await queueState(store.db);
  const isWhole = store.schema.pending.length === 0 && server.missingRoles.length === 0;
  const isMade = store.schema.pending.length === 0;
  const findings = [
    // Before the first migration nothing can be in its place.
    ...(isMade ? checkServer(server, store.engine.kind === "pglite") : []),
    ...checkSchema(store.schema, queue),
    ...(store.engine.kind === "pglite" ? [] : [checkClock(aheadMs)]),
    ...(queue.version === undefined ? [] : checkQueue(queue)),
    ...(isWhole ? checkLedger(await ledgerSummary(store.system)) : [skipped("deliveries", "The tables come first.")]),
  ];
  return { findings, isWhole };
}
