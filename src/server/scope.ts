import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "@opentelemetry/api";
import type { Batch } from "../domain/join-events.js";

/** For whom something is done: a request, or a piece of work in the background. */
export interface Asker {
  /** What each log line says that is written meanwhile: `requestId`, or `job` and `slice`. */
  readonly ids: Readonly<Record<string, string>>;
  /** Only where spans are exported. */
  span?: Span;
}

/** Where we are: for whom, and with whom a call to a vendor is shared. */
export interface Scope {
  readonly asker: Asker;
  readonly batch?: Batch;
}

// One for the whole process: what runs is in one scope at most, whichever gateway it belongs to.
const scopes = new AsyncLocalStorage<Scope | undefined>();

/** Where we are; undefined outside of any request or work. */
export function scopeNow(): Scope | undefined {
  return scopes.getStore();
}

/** Does something in a scope, with all that it waits for. */
export function within<T>(scope: Scope | undefined, work: () => T): T {
  return scopes.run(scope, work);
}
