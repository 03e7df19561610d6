import type { IncomingHttpHeaders } from "node:http";
import { isObject } from "./json.js";

/** One request as it came in. */
export interface Call {
  readonly method: string;
  /** As it was written on the wire: not decoded, not tidied. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name; a credential keeps its scheme and loses its value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text where it isn't JSON, or undefined where there was none. */
  readonly body: unknown;
  /** What was answered; 0 until then, and for ever where no whole answer was given. */
  status: number;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

/** What is known of the calls as a whole. */
interface CallFigures {
  readonly calls: number;
  readonly peakCallsPerSecond: number;
  readonly peakConcurrentCalls: number;
}

/** The latest calls and the figures of all. */
export interface CallBook {
  readonly calls: readonly Call[];
  /** `bytes` is how large its body is. */
  begin(call: Call, bytes: number): void;
  end(): void;
  figures(): CallFigures;
  clear(): void;
}

const KEPT = 20_000;
const KEPT_BYTES = 64 * 1_048_576;
const SECRETS: ReadonlySet<string> = new Set([
  "client_secret",
  "refresh_token",
  "access_token",
  "code_verifier",
  "password",
]);

/** Keeps the last 20,000 calls, or fewer where their bodies come to 64 MiB (a tenth fewer just after it forgot some), and counts all. */
export function openCallBook(): CallBook {
  const calls: Call[] = [];
  const sizes: number[] = [];
  let held = 0;
  let starts: number[] = [];
  let total = 0;
  let running = 0;
  let peakPerSecond = 0;
  let peakConcurrent = 0;
  const forgetTenth = (): void => {
    const count = Math.ceil(calls.length / 10);
    calls.splice(0, count);
    for (const size of sizes.splice(0, count)) held -= size;
  };
  return {
    calls,
    begin(call, bytes) {
      while (calls.length >= KEPT || (calls.length > 0 && held + bytes > KEPT_BYTES)) forgetTenth();
      calls.push(call);
      sizes.push(bytes);
      held += bytes;
      total += 1;
      running += 1;
      const tooOld = starts.findIndex((at) => at > call.at - 1_000);
      starts = tooOld === -1 ? [] : tooOld === 0 ? starts : starts.slice(tooOld);
      starts.push(call.at);
      peakPerSecond = Math.max(peakPerSecond, starts.length);
      peakConcurrent = Math.max(peakConcurrent, running);
    },
    end() {
      running -= 1;
    },
    figures: () => ({ calls: total, peakCallsPerSecond: peakPerSecond, peakConcurrentCalls: peakConcurrent }),
    clear() {
      calls.length = 0;
      sizes.length = 0;
      held = 0;
      starts = [];
      total = 0;
      peakPerSecond = 0;
      peakConcurrent = running;
    },
  };
}

/** Headers by lower-case name, the value of the credential left out. */
export function keptHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(", ") : (value ?? "");
      if (name === "x-api-key") return [name, "***"];
      return [name, name === "authorization" ? text.replace(/ .*$/s, " ***") : text];
    }),
  );
}

/** A body as it may be kept: what is a secret by its name is left out. */
export function keptBody(body: unknown): unknown {
  if (!isObject(body) || !Object.keys(body).some((key) => SECRETS.has(key))) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, SECRETS.has(key) ? "***" : value]));
}
