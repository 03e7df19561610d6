import { writeFileSync } from "node:fs";
import { openStore } from "../../src/store/open.js";

// Makes the embedded store once, into the file that is named: most tests need one, and making it takes seconds.
const store = await openStore("memory");
if (store.engine.kind !== "pglite") throw new Error("The store in memory is embedded.");
const image = await store.engine.lite.dumpDataDir("none");
await store.close();
writeFileSync(process.argv[2] ?? "", Buffer.from(await image.arrayBuffer()));
