import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { CliError } from "./cli-error.js";

/** A text file that is written piece by piece. */
export interface LinesFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file in place of an earlier one. Throws CliError where it can't be written, then or later. */
export async function openLines(path: string): Promise<LinesFile> {
  const file = createWriteStream(path);
  const ended = finished(file).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${path} can't be written: ${error.code}. Give another place by --results.`);
  });
  ended.catch(() => {});
  await Promise.race([once(file, "open"), ended]);
  return {
    async write(text) {
      if (!file.write(text)) await Promise.race([once(file, "drain"), ended]);
    },
    async close() {
      file.end();
      await ended;
    },
  };
}
