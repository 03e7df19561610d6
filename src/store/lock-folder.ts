import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Somebody else works in the folder. */
export class FolderLocked extends Error {
  override readonly name = "FolderLocked";
}

/**
 * Takes a folder for this process; PGlite itself would let a second one in, and both would see other data. A lock whose
 * process has ended is taken over. Throws FolderLocked; gives a way to let go.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "pid");
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(folder);
      if (holder !== undefined)
        throw new FolderLocked(
          `The folder ${folder} is in use by the process ${holder}. Stop it, set DATA_DIR to another folder, or set DATABASE_URL: on PostgreSQL several processes can share the work.`,
        );
      rmSync(path, { force: true });
    }
  }
  throw new FolderLocked(`The folder ${folder} can't be locked: others take it at the same moment.`);
}

/** The other process that works in the folder; undefined where none does. */
export function holderOf(folder: string): number | undefined {
  const path = join(folder, "pid");
  if (!existsSync(path)) return undefined;
  const holder = Number(readFileSync(path, "utf8"));
  return holder !== process.pid && isRunning(holder) ? holder : undefined;
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
