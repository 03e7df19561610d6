import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { lockFolder } from "./lock-folder.js";
import { MIGRATIONS, schemaState } from "./migrations.js";
import { ENSURE_ROLES } from "./roles.js";
import { becoming, scoped, type Engine } from "./scoped.js";
import { startPglite } from "./start-pglite.js";
import type { Store } from "./store.js";

/** The folder of a data folder that holds the database. */
export const PGLITE_FOLDER = "pglite";

/** Opens PostgreSQL embedded in this process, in a folder or (without one) in memory, where it may begin as an image. Throws FolderLocked. */
export async function openPglite(folder: string | undefined, image?: string): Promise<Store> {
  const unlock = folder === undefined ? () => {} : lockFolder(folder);
  try {
    const lite = await startPglite({
      ...(folder !== undefined && { dataDir: join(folder, PGLITE_FOLDER) }),
      ...(image !== undefined && { loadDataDir: new Blob([await readFile(image)]) }),
    });
    const db = drizzle(lite);
    await lite.exec(ENSURE_ROLES);
    const { pending, newer } = await schemaState(db);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return { ...storeOn(lite, unlock), schema: { ran: pending, pending: [], newer } };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A store on a database that is open; `unlock` is called when it was closed. */
export function storeOn(lite: PGlite, unlock: () => void | Promise<void>): Omit<Store, "schema"> {
  const db = drizzle(lite);
  const engine: Engine = {
    execute: (statement) => db.execute(statement),
    transaction: (scope, work) =>
      db.transaction(async (tx) => {
        if (scope) await tx.execute(becoming(scope));
        return work((statement) => tx.execute(statement));
      }),
  };
  return {
    engine: { kind: "pglite", lite },
    db: scoped(engine),
    of: (tenantId) => scoped(engine, { tenantId }),
    system: scoped(engine, "system"),
    listen: (channel, work) => lite.listen(channel, work),
    async close() {
      await lite.close();
      await unlock();
    },
  };
}
