import { Pool } from "undici";
import { checkLiteral, guardLookup, type Lookup } from "./guard.js";

export interface AgentOptions {
  /** How many sockets to the vendor at most. */
  readonly connections: number;
  /** How long a socket may idle, in milliseconds: less than servers usually allow, so that we close first. */
  readonly keepAliveMs: number;
  readonly connectTimeoutMs: number;
  /** Which addresses may lie outside the public internet. */
  readonly allowPrivateAddress: boolean | ((url: URL) => boolean);
  /** How names become addresses; the system's way unless told. */
  readonly lookup?: Lookup | undefined;
}

/** The sockets to one origin. Throws ForbiddenAddress for a literal address outside the public internet, unless allowed. */
export function openPool(api: URL, options: AgentOptions): Pool {
  const { allowPrivateAddress: allow } = options;
  const isGuarded = !(typeof allow === "function" ? allow(api) : allow);
  if (isGuarded) checkLiteral(api);
  const pool = new Pool(api.origin, {
    connections: options.connections,
    keepAliveTimeout: options.keepAliveMs,
    keepAliveMaxTimeout: options.keepAliveMs,
    connect: {
      timeout: options.connectTimeoutMs,
      ...(isGuarded && { lookup: guardLookup(options.lookup) }),
    },
  });
  pool.on("connectionError", (_origin, _targets, error) => failedDials.add(error));
  return pool;
}

const failedDials = new WeakSet<object>();

/**
 * Whether this error ended a dial, so that no request went out. Its code can't say: a lost route or a TLS error also ends
 * sockets that have carried a request.
 */
export function endedDial(error: unknown): boolean {
  return typeof error === "object" && error !== null && failedDials.has(error);
}
