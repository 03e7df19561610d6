import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { migrateBoss } from "../../src/jobs/boss.js";
import { openStore, type Where } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";

// Makes what stores of tests begin as, once, for it takes seconds: images of the embedded one, without a table and with all of
// them, in the folder that is named, and all tables in the database whose address is named after it.
const [, , folder = "", url] = process.argv;

async function keep(lite: PGlite, name: string): Promise<string> {
  const dump = await lite.dumpDataDir("none");
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  return path;
}

async function withTables(where: Where): Promise<Store> {
  const store = await openStore(where);
  const onError = (error: unknown): void => {
    throw error;
  };
  await migrateBoss(store, { backend: "postgres", onError });
  return store;
}

const lite = await PGlite.create();
const image = await keep(lite, "empty.tar");
await lite.close();
const embedded = await withTables({ image });
if (embedded.engine.kind !== "pglite") throw new Error("The store of an image is embedded.");
await keep(embedded.engine.lite, "tables.tar");
await embedded.close();
if (url !== undefined) await (await withTables({ url })).close();
