import type { Call } from "./calls.js";
import type { Faults } from "./faults.js";
import { seededRandom, type Random } from "./random.js";
import type { Route } from "./router.js";
import { serveSandbox, type SandboxVendor } from "./serve.js";

/** What every sandbox can be started with. Times are in milliseconds. */
export interface SandboxOptions {
  /** A free one unless told. */
  readonly port?: number;
  /** How late every answer comes; 0 unless told. */
  readonly delayMs?: number;
  /** Begins the chance by which faults strike; 1 unless told. */
  readonly randomSeed?: number;
  /** The clock; the machine's unless told. */
  readonly now?: () => number;
}

/** What every sandbox is. */
export interface Sandbox {
  readonly url: string;
  /** The latest calls, the oldest first; those under /_sandbox/ aren't among them. */
  readonly calls: readonly Call[];
  readonly faults: Faults;
  setDelay(delayMs: number): void;
  /** What it holds as at the start; no calls, no faults. Credentials and settings stay. */
  reset(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** Time and chance, as a vendor in small gets them. */
export interface Nature {
  readonly now: () => number;
  readonly random: Random;
}

/** Starts a vendor in small on 127.0.0.1; it takes nothing but node and forgets everything when it ends. */
export async function startSandbox<R extends Route>(
  { now = Date.now, randomSeed = 1, port = 0, delayMs = 0 }: SandboxOptions,
  vendor: (url: string, nature: Nature) => SandboxVendor<R>,
): Promise<Sandbox> {
  const random = seededRandom(randomSeed);
  const server = await serveSandbox((url) => vendor(url, { now, random }), { port, delayMs, now, random });
  const { url, book, faults, setDelay, reset, close } = server;
  return { url, calls: book.calls, faults, setDelay, reset, close };
}
