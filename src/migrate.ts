import { readEnvironment } from "./config/env.js";
import { migrateBoss } from "./jobs/boss.js";
import { queueState } from "./jobs/queue-state.js";
import { newerSentence } from "./gateway/newer-schema.js";
import { openOwnStore } from "./gateway/open-own-store.js";

/**
 * Brings the tables of the store and of the job queue up to date and says what was done, for an upgrade that has a step of its own
 * for it. Gateways of the version before go on meanwhile. Throws ConfigError where the store can't be used.
 */
export async function migrate(): Promise<void> {
  const { databaseUrl, dataDir, queueBackend } = readEnvironment(process.env);
  const store = await openOwnStore(databaseUrl === undefined ? { folder: dataDir } : { url: databaseUrl });
  try {
    const before = (await queueState(store.db)).version;
    await migrateBoss(store, { backend: queueBackend, onError: (error) => console.error(error) });
    const after = (await queueState(store.db)).version;
    const { ran, newer } = store.schema;
    console.log(
      ran.length > 0
        ? `The store's tables are up to date: ${ran.length === 1 ? "a migration was" : `${ran.length} migrations were`} run (${ran.join(", ")}).`
        : "The store's tables were up to date already.",
    );
    if (newer > 0) console.log(newerSentence(newer));
    console.log(
      before === after
        ? "The job queue's tables were up to date already."
        : `The job queue's tables are up to date: version ${after}${before === undefined ? "" : `, before ${before}`}.`,
    );
  } finally {
    await store.close();
  }
}
