import type { QueueState } from "../jobs/queue-state.js";
import type { LedgerSummary } from "../store/ledger-summary.js";
import { counted, ok, warning, type Finding } from "./finding.js";

/** Work that waits for so long, in milliseconds, has nobody who does it. */
const LATE_MS = 5 * 60_000;

/** Whether somebody works on what waits in the queue. */
export function checkQueue({ waiting, oldestMs, failed }: QueueState): readonly Finding[] {
  const what = "queue";
  const findings: Finding[] = [];
  if (oldestMs > LATE_MS)
    findings.push(
      warning(
        what,
        `${counted(waiting, "piece")} of work waiting, the oldest for ${Math.round(oldestMs / 60_000)} minutes.`,
        "Start a gateway, or `ticketgraph work`; where one runs, its log says what keeps it.",
      ),
    );
  if (failed > 0)
    findings.push(
      warning(
        what,
        `${counted(failed, "piece")} of work given up within a day, after all attempts.`,
        "Look for errors in the gateways' log at that time; jobs and copies are taken up again by themselves.",
      ),
    );
  if (findings.length > 0) return findings;
  return [ok(what, waiting === 0 ? "Nothing waits." : `${counted(waiting, "piece")} of work waiting, not for long.`)];
}

/** Whether all that was written is settled. */
export function checkLedger({ toReview, unknown, overdue }: LedgerSummary): readonly Finding[] {
  const what = "deliveries";
  const findings: Finding[] = [];
  if (toReview > 0)
    findings.push(
      warning(
        what,
        `${counted(toReview, "write")} of which a person must find out what became of them.`,
        "List them by the query deliveries(state: NEEDS_REVIEW), look at the vendor, and settle each by resolveDelivery.",
      ),
    );
  if (overdue > 0)
    findings.push(
      warning(
        what,
        `${counted(overdue, "write")} that nobody has looked after for ten minutes.`,
        "Start a gateway: each looks after all; where one runs, see its log.",
      ),
    );
  if (findings.length > 0) return findings;
  const looking = unknown === 0 ? "All are settled." : `${counted(unknown, "write")} being looked for at the vendor.`;
  return [ok(what, looking)];
}
