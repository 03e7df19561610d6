import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { lockFolder } from "./lock-folder.js";
import { MIGRATIONS } from "./migrations.js";
import type { Db, Store } from "./store.js";

/** Opens PostgreSQL embedded in this process, in a folder or (without one) in memory, where it may begin as an image. Throws FolderLocked. */
export async function openPglite(folder: string | undefined, image?: string): Promise<Store> {
  const unlock = folder === undefined ? () => {} : lockFolder(folder);
  try {
    const lite = await PGlite.create({
      ...(folder !== undefined && { dataDir: join(folder, "pglite") }),
      ...(image !== undefined && { loadDataDir: new Blob([await readFile(image)]) }),
    });
    const db = drizzle(lite);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return {
      engine: { kind: "pglite", lite },
      db: db as unknown as Db,
      listen: (channel, work) => lite.listen(channel, work),
      async close() {
        await lite.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
