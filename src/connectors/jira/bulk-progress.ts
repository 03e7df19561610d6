import { setTimeout as wait } from "node:timers/promises";
import { VendorError } from "../../domain/errors.js";
import type { VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { cleaned } from "../words.js";
import { TaskProgress } from "./wire.js";

/** The issues that a task did not change, and why: `sent` says whether that is sure. All others were changed. */
export type NotDone = ReadonlyMap<VendorId, VendorError>;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;

/** A task in one of these goes no further. */
const ENDED = new Set(["COMPLETE", "FAILED", "CANCELLED", "DEAD"]);
/** What passes by itself ends no wait. */
const PASSING = new Set(["RATE_LIMITED", "TIMEOUT", "UNAVAILABLE"]);

/**
 * Waits for a task over these issues, until a moment by the clock of `performance.now()`. Of a task that can't be asked, that
 * doesn't end, or that ends without a word of an issue, the outcome is unknown.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/#api-rest-api-3-bulk-queue-taskid-get
 */
export async function whatBecame(
  http: Http,
  taskId: string,
  ids: readonly VendorId[],
  until: number,
  { signal, lane }: Call,
): Promise<NotDone> {
  const unknown = (why: string, cause?: VendorError): NotDone => {
    const message = `Jira took the change as task ${taskId}, ${why}`;
    const error = new VendorError({ code: cause?.code ?? "BAD_RESPONSE", message }, "maybe", { ...cause?.info, cause });
    return new Map(ids.map((id) => [id, error]));
  };
  // Only reads: whoever's lease is over may still hear what became of it.
  const call: Call = { signal, lane };
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 1.5, LONGEST_WAIT_MS)) {
    const asked = await progressOf(http, taskId, call).catch(passing);
    if (asked instanceof VendorError && !PASSING.has(asked.code))
      return unknown(`and can't be asked what became of it: ${asked.message}`, asked);
    if (!(asked instanceof VendorError) && ENDED.has(asked.status)) return notDoneIn(asked, taskId, ids);
    if (performance.now() + pause > until) return unknown("which has not ended yet.");
    try {
      await wait(pause, undefined, { signal });
    } catch {
      return unknown("and the gateway ended before it did.");
    }
  }
}

function progressOf(http: Http, taskId: string, call: Call): Promise<TaskProgress> {
  return http.send(
    {
      operation: "bulk.progress",
      kind: "read",
      method: "GET",
      path: ["rest", "api", "3", "bulk", "queue", taskId],
      parse: (body) => TaskProgress.parse(body),
    },
    call,
  );
}

function notDoneIn(task: TaskProgress, taskId: string, ids: readonly VendorId[]): NotDone {
  const done = new Set((task.processedAccessibleIssues ?? []).map(String));
  const reasons = task.failedAccessibleIssues ?? {};
  // An issue that the account can't see is only counted, whether it was changed or not.
  const silent = `Jira's task ${taskId} ended as ${task.status} and says nothing of this ticket.`;
  return new Map(
    ids.flatMap((id): [VendorId, VendorError][] => {
      const told = Object.hasOwn(reasons, id) ? reasons[id] : undefined;
      if (told) {
        const message = told.map(cleaned).join(" ") || "Jira refused this change without saying why.";
        return [[id, new VendorError({ code: "INVALID", message }, "no", { status: 200 })]];
      }
      return done.has(id) ? [] : [[id, new VendorError({ code: "BAD_RESPONSE", message: silent }, "maybe")]];
    }),
  );
}

function passing(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  throw error;
}
