/**
 * How many retries a connection may spend: each call earns a fraction of one, so that retries never multiply the load on
 * a vendor in trouble.
 */
export class RetryBudget {
  private tokens: number;

  /** `perCall` retries are earned by each call; at most `most` are kept, and there are `most` at the start. */
  constructor(
    private readonly perCall: number,
    private readonly most: number,
  ) {
    this.tokens = most;
  }

  earn(): void {
    this.tokens = Math.min(this.most, this.tokens + this.perCall);
  }

  /** Takes one retry; false when there is none left. */
  spend(): boolean {
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
