import { VendorError } from "../../domain/errors.js";
import type { VendorId } from "../../domain/ticket.js";
import type { Call, Http, HttpRequest } from "../../http/http.js";
import { chunks } from "../batch.js";
import { openSlots } from "../slots.js";
import type { BulkEdit } from "./bulk-fields.js";
import { whatBecame, type NotDone } from "./bulk-progress.js";
import type { JiraSite } from "./settings.js";
import { SubmittedTask } from "./wire.js";

/** Jira's own way to change many issues alike: a task is handed in, and asked after until it has ended. */
export interface BulkTasks {
  /** From how many tickets on it is worth it; without end where it isn't to be used, or where Jira doesn't let this account. */
  least(): number;
  edit(ids: readonly VendorId[], edit: BulkEdit, call: Call): Promise<NotDone>;
  move(moves: readonly BulkMove[], call: Call): Promise<NotDone>;
}

/** An issue, and the transition that it is to make. */
interface BulkMove {
  readonly issueId: VendorId;
  readonly transitionId: string;
}

/** Issues in one task: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/ */
const ISSUES_A_TASK = 1_000;
/** A site takes five tasks at once, of all its users together: so some are left to people. */
const AT_ONCE = 3;
/** The global permission "bulk change" may be given at any time; for so long its lack is remembered, in milliseconds. */
const REFUSED_MS = 600_000;

export function openBulkTasks(http: Http, { options }: JiraSite): BulkTasks {
  const slot = openSlots(AT_ONCE);
  let closedUntil = 0;

  const run = (operation: "edit" | "move", ids: readonly VendorId[], body: object, call: Call): Promise<NotDone> =>
    slot(async () => {
      try {
        const { taskId } = await http.send(submission(operation, body), call);
        const until = performance.now() + options.bulkPatienceSeconds * 1_000;
        return await whatBecame(http, taskId, ids, until, call);
      } catch (error) {
        if (!(error instanceof VendorError)) throw error;
        if (error.code === "FORBIDDEN") closedUntil = performance.now() + REFUSED_MS;
        return new Map(ids.map((id) => [id, error]));
      }
    });

  return {
    least: () => (options.bulkFrom === 0 || performance.now() < closedUntil ? Infinity : options.bulkFrom),

    async edit(ids, edit, call) {
      const tasks = chunks(ids, ISSUES_A_TASK).map((some) =>
        run("edit", some, { ...edit, selectedIssueIdsOrKeys: some, sendBulkNotification: false }, call),
      );
      return together(await Promise.all(tasks));
    },

    async move(moves, call) {
      const tasks = chunks(moves, ISSUES_A_TASK).map((some) => {
        const ids = some.map(({ issueId }) => issueId);
        return run("move", ids, { bulkTransitionInputs: inputs(some), sendBulkNotification: false }, call);
      });
      return together(await Promise.all(tasks));
    },
  };
}

/** A task is never handed in twice: without its number nobody can ask what became of it. */
function submission(operation: "edit" | "move", body: object): HttpRequest<SubmittedTask> {
  return {
    operation: `bulk.${operation}`,
    kind: "write",
    method: "POST",
    path: ["rest", "api", "3", "bulk", "issues", operation === "edit" ? "fields" : "transition"],
    body,
    parse: (answer) => SubmittedTask.parse(answer),
  };
}

/** Issues by the transition that they make. */
function inputs(moves: readonly BulkMove[]): readonly object[] {
  const byWay = new Map<string, VendorId[]>();
  for (const { issueId, transitionId } of moves) byWay.set(transitionId, [...(byWay.get(transitionId) ?? []), issueId]);
  return [...byWay].map(([transitionId, selectedIssueIdsOrKeys]) => ({ transitionId, selectedIssueIdsOrKeys }));
}

function together(tasks: readonly NotDone[]): NotDone {
  return new Map(tasks.flatMap((task) => [...task]));
}
