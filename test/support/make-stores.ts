import { writeFileSync } from "node:fs";
import { migrateBoss } from "../../src/jobs/boss.js";
import { openStore, type Where } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";

// Makes what stores of tests begin as, once: an image of the embedded one, into the file that is named, and all tables in the
// database at the address that is named after it. Most tests need a store, and making one takes seconds.
const [, , image = "", url] = process.argv;

async function make(where: Where): Promise<Store> {
  const store = await openStore(where);
  const onError = (error: unknown): void => {
    throw error;
  };
  await migrateBoss(store, { backend: "postgres", onError });
  return store;
}

const embedded = await make("memory");
if (embedded.engine.kind !== "pglite") throw new Error("The store in memory is embedded.");
const dump = await embedded.engine.lite.dumpDataDir("none");
await embedded.close();
writeFileSync(image, Buffer.from(await dump.arrayBuffer()));
if (url !== undefined) await (await make({ url })).close();
