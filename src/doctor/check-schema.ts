import type { QueueState } from "../jobs/queue-state.js";
import type { SchemaState } from "../store/store.js";
import { counted, ok, warning, type Finding } from "./finding.js";

const WHAT = "tables";
const TODO = "Run `ticketgraph migrate`; a gateway does it too when it starts.";

/** Whether the tables are those that this version works with; all that is asked of them can only be so where none is pending. */
export function checkSchema({ pending, newer }: SchemaState, queue: QueueState): readonly Finding[] {
  const findings: Finding[] = [];
  if (pending.length > 0)
    findings.push(
      warning(WHAT, `${counted(pending.length, "migration")} still to be run: ${pending.join(", ")}.`, TODO),
    );
  if (newer > 0)
    findings.push(
      warning(
        WHAT,
        `A newer version of the program has run ${counted(newer, "migration")} that this one doesn't know.`,
        "Finish the upgrade: this version may work beside the newer one for a while, and not for long.",
      ),
    );
  if (queue.version === undefined || queue.version < queue.wanted)
    findings.push(
      warning(
        WHAT,
        queue.version === undefined
          ? "The job queue has no tables yet."
          : `The job queue's tables are of version ${queue.version}, and ${queue.wanted} is wanted.`,
        TODO,
      ),
    );
  return findings.length > 0 ? findings : [ok(WHAT, "They are up to date, those of the job queue too.")];
}
