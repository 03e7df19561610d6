import { systemClock, type Clock } from "../http/clock.js";
import { lastUsed } from "./last-used.js";

interface MemoryOptions {
  /** How long an answer is kept, counted from when it was asked for, in milliseconds. */
  readonly ttlMs: number;
  /** How many answers are kept at most. */
  readonly max: number;
  readonly clock?: Pick<Clock, "now">;
}

/** Gives the answer that is known by a name, or asks for it; all who ask meanwhile share one call, and failures are forgotten. */
export interface Memory {
  /** `before` is the last answer: for vendors that can say that it still holds. */
  <T>(name: string, ask: (before: T | undefined) => Promise<T>): Promise<T>;
  /** The same memory for somebody to whom nothing counts that was asked for before now. */
  asOfNow(): Memory;
}

interface Known {
  readonly answer: Promise<unknown>;
  /** Answers are numbered in the order in which they were asked for. */
  readonly number: number;
  readonly until: number;
  before?: unknown;
}

export function openMemory({ ttlMs, max, clock = systemClock }: MemoryOptions): Memory {
  const answers = lastUsed<string, Known>(max);
  let asked = 0;
  const since = (first: number): Memory => {
    const memory = <T>(name: string, ask: (before: T | undefined) => Promise<T>): Promise<T> => {
      const known = answers.get(name);
      if (known && known.number >= first && clock.now() < known.until) return known.answer as Promise<T>;
      const answer = ask(known?.before as T | undefined);
      const entry: Known = { answer, number: (asked += 1), until: clock.now() + ttlMs, before: known?.before };
      answers.set(name, entry);
      answer.then(
        (value) => (entry.before = value),
        () => answers.peek(name) === entry && answers.delete(name),
      );
      return answer;
    };
    return Object.assign(memory, { asOfNow: () => since(asked + 1) });
  };
  return since(0);
}

/** The same for answers that are known by what was asked for. */
export function remembered<T>(ask: (id: string) => Promise<T>, options: MemoryOptions): (id: string) => Promise<T> {
  const memory = openMemory(options);
  return (id) => memory(id, () => ask(id));
}
