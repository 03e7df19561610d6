import { ok, warning, type Finding } from "./finding.js";

const WHAT = "clock";
/** Clocks may differ so far, in milliseconds, and nothing suffers. */
const ALLOWED_MS = 30_000;

/** Whether this machine's clock agrees with the database's; `aheadMs` is by how much ours is ahead. */
export function checkClock(aheadMs: number): Finding {
  const byMs = Math.abs(aheadMs);
  if (byMs <= ALLOWED_MS) return ok(WHAT, "It agrees with the database's.");
  return warning(
    WHAT,
    `This machine's clock is ${Math.round(byMs / 1_000)} s ${aheadMs > 0 ? "ahead of" : "behind"} the database's.`,
    "Set both by NTP: else keys and tokens end early or late.",
  );
}
