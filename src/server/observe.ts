import type { HttpEvents } from "../http/http.js";
import type { Logger } from "./logger.js";

/** What is told of one request; nothing that isn't named here comes into the log. */
export interface RequestNote {
  readonly method: string;
  /** The route, never what the client wrote: addresses may hold queries and secrets. */
  readonly route: string;
  readonly status: number;
  /** From the headers to the last byte handed to the socket, in milliseconds. */
  readonly ms: number;
  readonly tenant?: string;
  /** The API key's name. */
  readonly key?: string;
  /** The operation's name as the client gives it, at most 100 characters. */
  readonly operation?: string;
}

/** Logs a request: at "info", those that failed on our side at "error". */
export function logRequest(log: Logger, { method, route, status, ms, tenant, key, operation }: RequestNote): void {
  const level = status >= 500 ? "error" : "info";
  if (!log.isLevelEnabled(level)) return;
  log[level]({ method, route, status, ms: rounded(ms), tenant, key, operation }, "request");
}

/** Turns what the mechanisms of src/http tell of one connection into log lines: calls at "debug", what slows or breaks them above. */
export function observeHttp(log: Logger, connection: string): Required<HttpEvents> {
  const told = log.child({ connection });
  return {
    onCall({ operation, status, ms, code }) {
      told.debug({ operation, status, ms: rounded(ms), code }, "vendor call");
    },
    onRetry({ operation, attempt, waitMs }) {
      told.info({ operation, attempt, waitMs: rounded(waitMs) }, "vendor call is tried again");
    },
    onWait({ operation, waitMs, scope }) {
      told.info({ operation, waitMs: rounded(waitMs), scope }, "waiting for the vendor's limit");
    },
    onBreaker({ operation, state }) {
      told.warn({ operation, state }, "circuit breaker");
    },
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
