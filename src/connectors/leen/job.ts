import { setTimeout as wait } from "node:timers/promises";
import { VendorError } from "../../domain/errors.js";
import type { Call } from "../../http/http.js";
import { filled, get, type LeenParts } from "./endpoints.js";
import { Job } from "./wire.js";
import { cleaned } from "../words.js";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
/** Leen tells no longest time of a job; after this one its outcome is unknown. */
const PATIENCE_MS = 120_000;

/**
 * Waits for one of Leen's jobs over `count` things: what went wrong, by each thing's place. A job that doesn't end, or that
 * fails without saying for which, leaves all of them unknown.
 */
export async function runJob(
  parts: LeenParts,
  id: string,
  count: number,
  call: Call,
): Promise<ReadonlyMap<number, VendorError>> {
  const everyone = (message: string): ReadonlyMap<number, VendorError> =>
    new Map(Array.from({ length: count }, (_, n) => [n, unsure(message)]));
  const end = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    const path = filled(parts.site.options.paths.job, id);
    let job: Job;
    try {
      job = await get(parts, { operation: "job.get", path, parse: (body) => Job.parse(body) }, {}, call);
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      return everyone(`Leen took the change as job ${id}, and can't be asked what became of it: ${error.message}`);
    }
    const status = job.status.toUpperCase();
    if (status === "SUCCESS") return new Map();
    if (status === "FAILED") return failures(job, count) ?? everyone(`Leen's job ${id} failed: ${wordsOf(job)}`);
    if (performance.now() + pause > end) return everyone(`Leen's job ${id} has not ended yet.`);
    await wait(pause, undefined, { signal: call.signal });
  }
}

function failures({ failure_reason: reason }: Job, count: number): ReadonlyMap<number, VendorError> | undefined {
  if (typeof reason !== "object" || reason === null || reason.results.length === 0) return undefined;
  const told = new Map(reason.results.map((result) => [result.request_index, result]));
  const errors = new Map<number, VendorError>();
  for (let n = 0; n < count; n += 1) {
    const result = told.get(n);
    if (!result) errors.set(n, unsure("Leen's job says nothing of this ticket."));
    else if (!result.success)
      errors.set(
        n,
        new VendorError({ code: "INVALID", message: cleaned(result.error ?? "") || "Leen refused this." }, "no", {
          status: 200,
        }),
      );
  }
  return errors;
}

function wordsOf({ failure_reason: reason }: Job): string {
  return typeof reason === "string" ? cleaned(reason) : "it doesn't say why.";
}

function unsure(message: string): VendorError {
  return new VendorError({ code: "BAD_RESPONSE", message }, "maybe");
}
