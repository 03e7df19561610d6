import type { StatsFs } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { failed, ok, warning, type Finding } from "./finding.js";

const WHAT = "disk";
const MB = 1024 * 1024;
/** Below these nothing can be promised any more, and soon nothing can be. */
const NEEDED = 100 * MB;
const COMFORTABLE = 1024 * MB;

/** Whether there is room for what the data folder will hold, which need not be there yet. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await space(resolve(folder));
  const free = bavail * bsize;
  const found = `${free < COMFORTABLE ? `${Math.floor(free / MB)} MB are` : `${Math.floor(free / COMFORTABLE)} GB are`} free where ${folder} is.`;
  if (free >= COMFORTABLE) return ok(WHAT, found);
  const todo = "Make room: without any, writes are refused and reads go on.";
  return free < NEEDED ? failed(WHAT, found, todo) : warning(WHAT, found, todo);
}

/** Of the folder, or of the one that it would be made in. */
async function space(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(folder) === folder) throw error;
    return space(dirname(folder));
  }
}
