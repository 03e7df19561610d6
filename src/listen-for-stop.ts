/** Says how to close what runs; until then the process ends as it is. */
export type OnStop = (close: () => Promise<unknown>) => void;

/**
 * Ends the process in good order when it is told to. To be called before anything else is loaded: nobody else ends the first
 * process of a container, and what it is told while it doesn't listen is lost.
 */
export function listenForStop(): OnStop {
  let close = (): Promise<unknown> => Promise.resolve();
  const stop = (): void => {
    void close().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  return (ready) => (close = ready);
}
