import type { Clock } from "./clock.js";

interface BreakerOptions {
  /** How many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open before one call may try, in milliseconds. */
  readonly pauseMs: number;
}
type BreakerState = "closed" | "open" | "half-open";

/** Stops asking a vendor that is down, and lets one call at a time try whether it is up again. */
export class Breaker {
  private state: BreakerState = "closed";
  private failed = 0;
  private retryAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly options: BreakerOptions,
    private readonly onChange: (state: BreakerState) => void,
  ) {}

  /** How long until a call may go, in milliseconds; 0 when this one may. A call that may go must report its end. */
  waitMs(): number {
    if (this.state === "closed") return 0;
    const wait = this.retryAt - this.clock.now();
    if (wait > 0) return wait;
    this.retryAt = this.clock.now() + this.options.pauseMs;
    this.become("half-open");
    return 0;
  }

  succeeded(): void {
    this.failed = 0;
    this.become("closed");
  }

  failedOnce(): void {
    this.failed += 1;
    if (this.state === "closed" && this.failed < this.options.failures) return;
    this.retryAt = this.clock.now() + this.options.pauseMs;
    this.become("open");
  }

  private become(state: BreakerState): void {
    if (this.state === state) return;
    this.state = state;
    this.onChange(state);
  }
}
