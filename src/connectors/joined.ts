import { AsyncResource } from "node:async_hooks";
import DataLoader from "dataloader";
import type { JoinEvents } from "../domain/join-events.js";

interface JoinOptions {
  /** At most this many in one call. */
  readonly size: number;
  /** How long a first item waits for company, in milliseconds; 0 means: until the event loop's next turn. */
  readonly windowMs: number;
  /** The same while another call is under way: then company is likely, and a fuller call is worth a wait. Default: `windowMs`. */
  readonly busyWindowMs?: number;
  /** How many calls may be under way at once; while all are, what comes in gathers. Default: no bound. */
  readonly slots?: number;
  /** Who is told of what goes together, as which kind. */
  readonly told?: { readonly kind: string; readonly events: JoinEvents };
}

/** Items that gather for one call. */
interface Gathering {
  count: number;
  /** Ends the wait: the call begins now, or as soon as there is a slot. */
  end(): void;
}

/**
 * Joins what concurrent requests ask one by one into calls of many. It remembers nothing: an answer reaches
 * whoever asked while the call was being gathered, and nobody later.
 */
export function joined<In, Out>(
  ask: (items: readonly In[]) => Promise<readonly (Out | Error)[]>,
  { size, windowMs, busyWindowMs = windowMs, slots = Infinity, told }: JoinOptions,
): (item: In) => Promise<Out> {
  const waiting: (() => void)[] = [];
  let gathering: Gathering | undefined;
  let busy = 0;

  const start = (dispatch: () => void): void => {
    busy += 1;
    dispatch();
  };
  const gather = (dispatch: () => void): Gathering => {
    let hasEnded = false;
    const end = (): void => {
      if (hasEnded) return;
      hasEnded = true;
      clearTimeout(timer);
      if (gathering === own) gathering = undefined;
      if (busy < slots) start(dispatch);
      else waiting.push(dispatch);
    };
    const ms = busy > 0 ? busyWindowMs : windowMs;
    const timer = ms > 0 ? setTimeout(end, ms) : undefined;
    if (ms === 0) setImmediate(end);
    const own = { count: 0, end };
    return own;
  };
  let batch = { kind: "", items: 0, askers: new Set<unknown>() };
  const schedule = (dispatch: () => void): void => {
    if (!told) return void (gathering = gather(dispatch));
    const own = (batch = { kind: told.kind, items: 0, askers: new Set() });
    // Whoever frees a slot, or fills the call, begins it for the first who asked. Not by `AsyncLocalStorage.bind`: the functions it
    // makes have a hidden class each, which keeps all that they hold, the answer too, until the next great collection of garbage.
    const first = new AsyncResource("JOINED_CALL");
    gathering = gather(() => first.runInAsyncScope(() => told.events.onJoined(own, dispatch)));
  };
  const loader = new DataLoader<In, Out>(
    async (items) => {
      try {
        return await ask(items);
      } finally {
        busy -= 1;
        const next = waiting.shift();
        if (next) start(next);
        else if (busy === 0) gathering?.end();
      }
    },
    { cache: false, maxBatchSize: size, batchScheduleFn: schedule },
  );
  return (item) => {
    const answer = loader.load(item);
    if (told) {
      batch.items += 1;
      batch.askers.add(told.events.asker());
    }
    if (gathering && (gathering.count += 1) >= size) gathering.end();
    return answer;
  };
}
