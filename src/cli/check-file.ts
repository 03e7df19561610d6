import { createHash } from "node:crypto";
import type { CheckTicket } from "./check-ticket.js";
import { CliError } from "./cli-error.js";
import type { ImportFile } from "./import-file.js";
import { readRecords } from "./records.js";
import type { BadRow, rowsBy } from "./rows.js";

/** What a whole file is like. */
interface Checked {
  /** Of the file's bytes: another file, or another version of it, has another. */
  readonly hash: string;
  readonly tickets: number;
  readonly badRows: number;
}

/** How many tickets are being checked at a time. */
const AT_ONCE = 8;

/** Reads all of a file and has each ticket checked; `onBad` hears of every line that can't be imported, in order. Throws CliError. */
export async function checkFile(
  file: ImportFile,
  readRow: ReturnType<typeof rowsBy>,
  check: CheckTicket,
  onBad: (row: BadRow) => void,
): Promise<Checked> {
  const hash = createHash("sha256");
  let [tickets, badRows] = [0, 0];
  const checking: { readonly line: number; readonly found: Promise<readonly string[]> }[] = [];
  const settle = async (most: number): Promise<void> => {
    while (checking.length > most) {
      const { line, found } = checking.shift() as (typeof checking)[number];
      const problems = await found;
      if (problems.length === 0) tickets += 1;
      else {
        badRows += 1;
        onBad({ line, problems });
      }
    }
  };
  for await (const record of readRecords(file, (bytes) => hash.update(bytes))) {
    const row = readRow(record);
    const found = "problems" in row ? Promise.resolve(row.problems) : check(row.input);
    // Who fails while an earlier one is awaited is awaited in its turn.
    found.catch(() => {});
    checking.push({ line: row.line, found });
    await settle(AT_ONCE - 1);
  }
  await settle(0);
  if (tickets + badRows === 0) throw new CliError(`${file.path} has no tickets in it.`);
  return { hash: hash.digest("hex"), tickets, badRows };
}
