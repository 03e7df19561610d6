import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { FROM_SOURCES } from "../test/support/from-sources.js";
import type { VendorAddress } from "./candidates/candidate.js";

const PROBE = new URL("probe.mjs", import.meta.url).href;

/** What a process has used: processor time since its start, the rest since `fromNowOn`. */
export interface Usage {
  readonly cpuMicros: number;
  /** The most that it held resident. */
  readonly mostMb: number;
  /** How late its event loop was, of a hundred looks the second worst. */
  readonly loopDelayMs: number;
}

/** A process that answers over HTTP and tells what it uses. */
export interface Running {
  readonly url: string;
  usage(): Promise<Usage>;
  /** Forgets what was used until now, but for the processor time. */
  fromNowOn(): void;
  /** Lets it end in good order; what it kept stays. */
  end(): Promise<void>;
  /** Ends it as a power cut would, and clears away what it kept. */
  stop(): Promise<void>;
}

/** A process of the benchmarks, measured from its start. `stdout` is a file's number. */
export function measured(
  file: string | URL,
  {
    args = [],
    env = process.env,
    flags = [],
    stdout,
  }: { args?: string[]; env?: NodeJS.ProcessEnv; flags?: readonly string[]; stdout?: number } = {},
): ChildProcess {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  return fork(path, args, {
    execArgv: [...flags, "--import", PROBE, ...(path.endsWith(".ts") ? FROM_SOURCES : [])],
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", stdout ?? "inherit", stdout ?? "inherit", "ipc"],
  });
}

/** The next message of a process that holds this word; rejects when it ends before. */
function told<T>(child: ChildProcess, word: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => finish(() => reject(new Error(`The process ended with ${code}.`)));
    const heard = (message: Record<string, T>): void => {
      if (word in message) finish(() => resolve(message[word] as T));
    };
    const finish = (then: () => void): void => {
      child.off("exit", ended).off("message", heard);
      then();
    };
    child.on("exit", ended).on("message", heard);
  });
}

/** What can be asked of a measured process. */
export function running(child: ChildProcess, url: string, clear = async (): Promise<void> => {}): Running {
  const ended = once(child, "exit");
  return {
    url,
    usage() {
      const usage = told<Usage>(child, "usage");
      child.send("usage");
      return usage;
    },
    fromNowOn: () => void child.send("from now on"),
    async end() {
      child.kill("SIGTERM");
      await ended;
    },
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await clear();
    },
  };
}

/** Starts a candidate, a file below bench, over a vendor; `clear` clears away what it kept. Rejects where it can't be started. */
export async function startCandidate(
  file: string,
  vendor: VendorAddress,
  clear?: () => Promise<void>,
): Promise<Running> {
  const child = measured(new URL(file, import.meta.url), { args: [JSON.stringify(vendor)] });
  try {
    return running(child, await told<string>(child, "url"), clear);
  } catch (error) {
    await clear?.();
    throw new Error(`${file} could not be started.`, { cause: error });
  }
}

/** Starts the vendor that answers at once. */
export async function startVendor(): Promise<Running & { readonly address: VendorAddress }> {
  const child = measured(new URL("vendor.ts", import.meta.url));
  const address = await told<VendorAddress>(child, "vendor");
  return { ...running(child, address.url), address };
}
