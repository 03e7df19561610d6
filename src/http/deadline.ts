/** Runs `work` with a signal that aborts after `ms` milliseconds or with `outer`; leaves no timer behind. */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const abort = (): void => inner.abort();
  if (outer.aborted) abort();
  else outer.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(abort, ms);
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", abort);
  }
}
