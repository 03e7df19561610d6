import { checkFile } from "./check-file.js";
import { byDryRun, byPlace } from "./check-ticket.js";
import { CliError } from "./cli-error.js";
import { columnsBy } from "./columns.js";
import { openClient } from "./gateway-client.js";
import { findFile, type ImportFile } from "./import-file.js";
import type { Progress } from "./progress.js";
import { readRecords } from "./records.js";
import { openResults } from "./results-file.js";
import { fixedFields, rowsBy, type Row } from "./rows.js";
import { runJobs } from "./run-jobs.js";

/** What an import is asked for. */
export interface ImportOptions {
  readonly connection: string;
  readonly url: string;
  readonly key: string;
  readonly map: readonly string[];
  readonly set: readonly string[];
  readonly dryRun: boolean;
  readonly format?: ImportFile["format"];
  readonly delimiter?: string;
  readonly results?: string;
  readonly jobSize: number;
  /** Tells imports of the very same file apart. */
  readonly run?: string;
}

/** Where an import tells how it goes. */
export interface Terminal {
  say(line: string): void;
  progress(total: number): Progress;
}

/** How it ended, as the program's exit code. */
const ENDED = { well: 0, nothingSent: 1, notAll: 2 } as const;

/**
 * Imports a file of tickets: all of it is checked before the first is sent, each row has a key made of the file and its number,
 * so the same command again goes on where it was. Throws CliError.
 */
export async function importFile(
  path: string,
  options: ImportOptions,
  { say, progress: openProgress }: Terminal,
): Promise<number> {
  const file = await findFile(path, options);
  const readRow = rowsBy(columnsBy(options.map), fixedFields(options.set));
  const sdk = openClient(options.url, options.key);
  const { connection } = await sdk.ImportConnection({ connectionId: options.connection });
  if (!connection) throw new CliError(`There is no connection "${options.connection}", or this key may not use it.`);

  const check = options.dryRun ? byDryRun(sdk, connection.id) : byPlace(sdk, connection.id, connection.capabilities);
  const { hash, tickets, badRows } = await checkFile(file, readRow, check, ({ line, problems }) =>
    problems.forEach((problem) => say(`Line ${line}: ${problem}`)),
  );
  if (badRows > 0) {
    say(`${badRows} of ${badRows + tickets} rows can't be imported. Nothing was sent.`);
    return ENDED.nothingSent;
  }
  if (options.dryRun) {
    say(`All ${tickets} rows can be imported into ${connection.name}. Nothing was sent.`);
    return ENDED.well;
  }

  const resultsPath = options.results ?? `${path}.results.csv`;
  const refusedPath = `${path}.refused.${file.format}`;
  const results = await openResults(resultsPath, refusedPath, file);
  const progress = openProgress(tickets);
  const name = `import-${hash.slice(0, 32)}${options.run === undefined ? "" : `-${options.run}`}`;
  const plan = { sdk, connectionId: connection.id, name, jobSize: options.jobSize, mayBegin: () => file.unchanged() };
  try {
    const { delivered, refused, unknown } = await runJobs(plan, rowsOf(file, readRow), results, progress);
    progress.end();
    say(`${delivered} of ${tickets} tickets are in ${connection.name}. What became of each is in ${resultsPath}.`);
    if (refused > 0)
      say(`${refused} were refused. They are in ${refusedPath} too: mend them there and import that file.`);
    if (unknown > 0)
      say(
        `${unknown} may or may not have been made: settle them at the gateway (query deliveries, mutation resolveDelivery) and don't import them again.`,
      );
    return refused + unknown > 0 ? ENDED.notAll : ENDED.well;
  } catch (error) {
    progress.end();
    if (error instanceof CliError)
      throw new CliError(
        `${error.message}\nWhat was begun goes on at the gateway. Run the same command again to go on.`,
      );
    throw error;
  } finally {
    await results.close();
  }
}

/** The rows of a file that was found to be right. */
async function* rowsOf(file: ImportFile, readRow: ReturnType<typeof rowsBy>): AsyncGenerator<Row> {
  for await (const record of readRecords(file)) {
    const row = readRow(record);
    if ("problems" in row) throw new CliError(`${file.path} was changed while it was being imported.`);
    yield row;
  }
}
