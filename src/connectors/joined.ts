import DataLoader from "dataloader";

export interface JoinOptions {
  /** At most this many in one call. */
  readonly size: number;
  /** How long a first item waits for company, in milliseconds; 0 means: until the event loop's next turn. */
  readonly windowMs: number;
  /** How many calls may be under way at once; while all are, what comes in gathers. Default: no bound. */
  readonly slots?: number;
}

/**
 * Joins what concurrent requests ask one by one into calls of many. It remembers nothing: an answer reaches
 * whoever asked while the call was being gathered, and nobody later.
 */
export function joined<In, Out>(
  ask: (items: readonly In[]) => Promise<readonly (Out | Error)[]>,
  options: JoinOptions,
): (item: In) => Promise<Out> {
  const slots = options.slots ?? Infinity;
  const waiting: (() => void)[] = [];
  let busy = 0;

  const start = (dispatch: () => void): void => {
    busy += 1;
    dispatch();
  };
  const loader = new DataLoader<In, Out>(
    async (items) => {
      try {
        return await ask(items);
      } finally {
        busy -= 1;
        const next = waiting.shift();
        if (next) start(next);
      }
    },
    {
      cache: false,
      maxBatchSize: options.size,
      batchScheduleFn: (dispatch) => {
        const ready = (): void => {
          if (busy < slots) start(dispatch);
          else waiting.push(dispatch);
        };
        if (options.windowMs > 0) setTimeout(ready, options.windowMs);
        else setImmediate(ready);
      },
    },
  );
  return (item) => loader.load(item);
}
