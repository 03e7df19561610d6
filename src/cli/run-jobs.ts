import { setTimeout as wait } from "node:timers/promises";
import { CliError } from "./cli-error.js";
import type { CreateTicketInput, ImportResultsQuery, Sdk } from "./generated/sdk.js";
import type { Progress } from "./progress.js";
import type { ResultsFile } from "./results-file.js";
import type { Row } from "./rows.js";

/** Where jobs go and what they are called: the same names again are the same jobs and tickets again. */
interface JobPlan {
  readonly sdk: Sdk;
  readonly connectionId: string;
  /** Begins each key; rows are numbered from 0 behind it. */
  readonly name: string;
  readonly jobSize: number;
  /** Asked before each job. Throws CliError where none may begin any more. */
  mayBegin(): Promise<void>;
}

/** How many tickets ended how. */
interface Tally {
  delivered: number;
  refused: number;
  /** Those of which nobody knows, for a person to look at. */
  unknown: number;
}

/** A request body stays below the gateway's own limit of 5 MB. */
const JOB_BYTES = 4_000_000;
const LOOK_MS = 500;

interface Begun {
  readonly id: string;
  readonly rows: readonly Row[];
}

/** Has jobs create all rows, one job after another, and writes down what became of each. Throws CliError. */
export async function runJobs(
  plan: JobPlan,
  rows: AsyncIterable<Row>,
  results: ResultsFile,
  progress: Progress,
): Promise<Tally> {
  const tally: Tally = { delivered: 0, refused: 0, unknown: 0 };
  const settled = (): number => tally.delivered + tally.refused + tally.unknown;
  let done: Begun | undefined;
  let first = 0;
  for await (const some of inJobs(rows, plan)) {
    await plan.mayBegin();
    const begun: Begun = { id: await start(plan, some, first), rows: some };
    // The vendor is busy with the next job while the results of the last one are fetched.
    if (done) await keepResults(plan, done, results, tally);
    await follow(plan, begun, (now, failed, isPaused) =>
      progress.show(settled() + now, tally.refused + failed, isPaused),
    );
    done = begun;
    first += some.length;
  }
  if (done) await keepResults(plan, done, results, tally);
  progress.show(settled(), tally.refused, false);
  return tally;
}

/** The same rows always fall into the same jobs. */
async function* inJobs(rows: AsyncIterable<Row>, { jobSize }: JobPlan): AsyncGenerator<readonly Row[]> {
  let [some, bytes]: [Row[], number] = [[], 0];
  for await (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.input)) + 100;
    if (some.length === jobSize || (some.length > 0 && bytes + size > JOB_BYTES)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(row);
    bytes += size;
  }
  if (some.length > 0) yield some;
}

async function start({ sdk, connectionId, name }: JobPlan, rows: readonly Row[], first: number): Promise<string> {
  const tickets = rows.map(({ input }, n): CreateTicketInput => ({ idempotencyKey: `${name}-${first + n}`, ...input }));
  const input = { connectionId, idempotencyKey: `${name}-job-${first}`, tickets };
  const { job, errors } = (await sdk.ImportStart({ input })).startBulkCreateTickets;
  if (job) return job.id;
  if (errors.some(({ code }) => code === "IDEMPOTENCY_KEY_REUSED"))
    throw new CliError(
      "This very file was imported before with other options (--map, --set or --job-size). Give the same ones to go on; to create its tickets once more, give the import another --run.",
    );
  throw new CliError(
    errors
      .map(({ message, path }) => {
        const [, index, ...rest] = path;
        const row = rows[Number(index)];
        return row ? `Line ${row.line}: ${rest.join(".")}: ${message}` : message;
      })
      .join("\n"),
  );
}

async function follow(
  { sdk }: JobPlan,
  { id }: Begun,
  show: (settled: number, failed: number, isPaused: boolean) => void,
): Promise<void> {
  for (;;) {
    const { bulkJob: job } = await sdk.ImportJob({ id });
    if (!job) throw new CliError("The gateway doesn't know the job any more. Run the command again.");
    if (job.finishedAt) return;
    show(job.succeeded + job.failed, job.failed, job.state === "PAUSED");
    await wait(LOOK_MS);
  }
}

async function keepResults({ sdk }: JobPlan, { id, rows }: Begun, results: ResultsFile, tally: Tally): Promise<void> {
  for (let after: string | null = null; ;) {
    const { bulkJob }: ImportResultsQuery = await sdk.ImportResults({ id, after });
    const page = bulkJob?.results;
    for (const result of page?.nodes ?? []) {
      const { state } = result.delivery;
      tally[state === "DELIVERED" ? "delivered" : state === "REJECTED" ? "refused" : "unknown"] += 1;
      await results.write(rows[result.requestIndex] as Row, result);
    }
    if (!page?.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor ?? null;
  }
}
