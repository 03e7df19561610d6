import type { Clock } from "./clock.js";
import type { Call, Pace } from "./http.js";

/** Jobs leave so many calls in the vendor's bucket: for people, and for clocks that differ. */
const LEFT_BY_JOBS = 2;

/**
 * How fast calls to one endpoint may follow each other, once the vendor has told its rate: a bucket that fills at that rate and
 * is never thought fuller than the vendor says. So a limit is met at full speed and not by being refused.
 */
export class Bucket {
  private told: { readonly perSecond: number; tokens: number; at: number } | undefined;
  private underWay = 0;

  constructor(private readonly clock: Clock) {}

  /** How long a call has to wait, in milliseconds; 0 as long as no rate is known. */
  waitMs(lane: Call["lane"]): number {
    const { told } = this;
    if (!told) return 0;
    this.fill(told);
    const wanted = lane === "background" ? Math.min(1 + LEFT_BY_JOBS, told.perSecond) : 1;
    return told.tokens >= wanted ? 0 : Math.ceil(((wanted - told.tokens) / told.perSecond) * 1_000);
  }

  /** Counts a call that goes out now. */
  take(): void {
    this.underWay += 1;
    if (this.told) this.told.tokens -= 1;
  }

  /** Its answer is there, or none will come. */
  answered(): void {
    this.underWay -= 1;
  }

  /** Takes note of what an answer said; calls that are under way may not be counted in it yet. */
  note({ perSecond, remaining }: Pace): void {
    const at = this.clock.now();
    if (this.told) this.fill(this.told);
    const known = this.told?.perSecond === perSecond ? this.told.tokens : perSecond;
    this.told = { perSecond, tokens: Math.min(known, remaining - Math.max(0, this.underWay - 1)), at };
  }

  private fill(told: { readonly perSecond: number; tokens: number; at: number }): void {
    const at = this.clock.now();
    told.tokens = Math.min(told.perSecond, told.tokens + ((at - told.at) / 1_000) * told.perSecond);
    told.at = at;
  }
}
