import { types } from "node:util";
import { pino, type DestinationStream, type Logger } from "pino";

import { scopeNow } from "./scope.js";

export type { Logger } from "pino";

/** A JSON logger that writes a line per event to standard output, or to `destination`. Levels as in LOG_LEVEL. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
    // Whoever logs needn't know for whom.
    mixin: () => ({ ...scopeNow()?.asker.ids }),
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What a log may hold of an error. Whatever else hangs on it (requests, headers, answers) may hold secrets and stays out. */
function errorFields(error: unknown): object {
  if (!types.isNativeError(error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { name, message, code, stack, ...(cause !== undefined && { cause: errorFields(cause) }) };
}
