import { openPool, type AgentOptions } from "./agent.js";
import { withDeadline } from "./deadline.js";
import { exchange } from "./exchange.js";
import { failureOf } from "./failure.js";
import type { Headers, Wire } from "./http.js";
import { readAnswer } from "./read-answer.js";

/** A request to an address beside the API: an authorization server's. */
export interface Aside<T> {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers?: Headers;
  /** How the body is written; JSON unless told. */
  readonly encoding?: "json" | "form";
  readonly body?: Readonly<Record<string, string>>;
  parse(body: unknown): T;
}

interface AskOptions {
  /** How the vendor tells what is wrong. */
  readonly wire: Pick<Wire<never>, "readFault" | "readLimit">;
  readonly poolOptions: AgentOptions;
  /** The largest answer that is read, in bytes. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What holds for a request that belongs to no connection yet: an answer of at most 1 MB, within 20 s. */
export function askAlone<T>(
  aside: Aside<T>,
  {
    wire,
    allowPrivateAddress,
    lookup,
  }: Pick<AskOptions, "wire"> & Pick<AgentOptions, "allowPrivateAddress" | "lookup">,
): Promise<T> {
  const poolOptions = { connections: 1, keepAliveMs: 1_000, connectTimeoutMs: 5_000, allowPrivateAddress, lookup };
  return ask(aside, { wire, poolOptions, maxBytes: 1_000_000, timeoutMs: 20_000 });
}

/**
 * Asks once: such requests are rare, so their sockets live for one call. Follows no redirect. Throws VendorError; what a refused
 * address throws is one too.
 */
export async function ask<T>(
  aside: Aside<T>,
  { wire, poolOptions, maxBytes, timeoutMs, signal }: AskOptions,
): Promise<T> {
  const { url, method } = aside;
  const { headers, text } = written(aside);
  return withDeadline(timeoutMs, signal ?? new AbortController().signal, async (deadline) => {
    const failed = (cause: unknown): never => {
      throw failureOf(cause, url.host, deadline.aborted);
    };
    const answer = await exchangeOnce().catch(failed);
    return readAnswer(
      { operation: "token", kind: "write", method, path: [], parse: aside.parse },
      answer,
      wire,
      url.host,
    );

    async function exchangeOnce() {
      const pool = openPool(url, { ...poolOptions, connections: 1 });
      try {
        return await exchange(
          pool,
          { method, path: url.pathname + url.search, headers, body: text },
          maxBytes,
          deadline,
        );
      } finally {
        await pool.destroy();
      }
    }
  });
}

function written({ headers, body, encoding }: Aside<unknown>): {
  readonly headers: Headers;
  readonly text: string | undefined;
} {
  const taken = { accept: "application/json", ...headers };
  if (body === undefined) return { headers: taken, text: undefined };
  if (encoding === "form")
    return {
      headers: { ...taken, "content-type": "application/x-www-form-urlencoded" },
      text: new URLSearchParams(body).toString(),
    };
  return { headers: { ...taken, "content-type": "application/json" }, text: JSON.stringify(body) };
}
