import type { CheckState } from "../domain/connection-test.js";

/** What one check found. */
export interface Finding {
  readonly state: CheckState;
  readonly message: string;
}

/** Clocks may differ so far, in milliseconds: what vendors allow where they judge by time. */
const ALLOWED_MS = 5 * 60_000;

/** Whether this machine's clock agrees with a vendor's; `aheadMs` is by how much ours is ahead, undefined where it told no time. */
export function clockCheck(aheadMs: number | undefined, host: string): Finding {
  if (aheadMs === undefined) return { state: "SKIPPED", message: `${host} told no time.` };
  const byMs = Math.abs(aheadMs);
  if (byMs <= ALLOWED_MS) return { state: "PASSED", message: `This machine's clock agrees with that of ${host}.` };
  const minutes = Math.round(byMs / 60_000);
  return {
    state: "FAILED",
    message: `This machine's clock is ${minutes} minutes ${aheadMs > 0 ? "ahead of" : "behind"} that of ${host}: tokens are taken for ended, and changes are missed. Set it, best by NTP.`,
  };
}
