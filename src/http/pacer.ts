import type { Clock } from "./clock.js";
import type { Call, Limit, Pace } from "./http.js";
import { Bucket } from "./pace.js";

type Lane = Call["lane"];

/** Lets a bounded number of calls through at once, people's before the jobs', and holds back whom the vendor told to wait. */
export class Pacer {
  private underWay = 0;
  private connectionFrom = 0;
  private readonly endpointFrom = new Map<string, number>();
  private readonly buckets = new Map<string, Bucket>();
  private readonly waiting: Record<Lane, (() => void)[]> = { interactive: [], background: [] };

  constructor(
    private readonly clock: Clock,
    private readonly concurrency: number,
  ) {}

  /** How long the vendor's limits hold this operation back, in milliseconds (0 when they don't), and which limit it is. */
  hold(operation: string, lane: Lane): { readonly waitMs: number; readonly scope: "connection" | "endpoint" } {
    const endpointFrom = this.endpointFrom.get(operation) ?? 0;
    const scope = this.connectionFrom > endpointFrom ? "connection" : "endpoint";
    const from = Math.max(this.connectionFrom, endpointFrom);
    const toldMs = from === 0 ? 0 : Math.max(0, from - this.clock.now());
    return { waitMs: Math.max(toldMs, this.buckets.get(operation)?.waitMs(lane) ?? 0), scope };
  }

  /** Counts a call that goes out now; call what it gives back when its answer is there. */
  begin(operation: string): () => void {
    const bucket = this.buckets.get(operation) ?? new Bucket(this.clock);
    this.buckets.set(operation, bucket);
    bucket.take();
    return () => bucket.answered();
  }

  /** Takes note of the rate that an answer told. */
  pace(operation: string, pace: Pace): void {
    this.buckets.get(operation)?.note(pace);
  }

  /** Takes note of a limit that an answer told. One of a single item holds nobody else back. */
  note(operation: string, { waitMs, scope }: Limit): void {
    const from = this.clock.now() + waitMs;
    if (scope === "connection") this.connectionFrom = Math.max(this.connectionFrom, from);
    if (scope === "endpoint") this.endpointFrom.set(operation, Math.max(this.endpointFrom.get(operation) ?? 0, from));
  }

  /** Waits for a free place; whoever got one must `leave`. Rejects when the signal aborts first. */
  enter(lane: Lane, signal: AbortSignal): Promise<void> | undefined {
    if (this.underWay < this.concurrency) {
      this.underWay += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const queue = this.waiting[lane];
      const giveUp = (): void => {
        queue.splice(queue.indexOf(go), 1);
        reject(new Error("Aborted while waiting for a free place."));
      };
      const go = (): void => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      signal.addEventListener("abort", giveUp, { once: true });
      queue.push(go);
    });
  }

  leave(): void {
    const next = this.waiting.interactive.shift() ?? this.waiting.background.shift();
    if (next) next();
    else this.underWay -= 1;
  }
}
