import { LRUCache } from "lru-cache";

export interface MemoryOptions {
  /** How long an answer is kept, counted from when it was asked for, in milliseconds. */
  readonly ttlMs: number;
  /** How many answers are kept at most. */
  readonly max: number;
}

/** Gives the answer that is known by a name, or asks for it; all who ask meanwhile share one call, and failures are forgotten. */
export type Memory = <T>(name: string, ask: () => Promise<T>) => Promise<T>;

export function openMemory({ ttlMs, max }: MemoryOptions): Memory {
  const answers = new LRUCache<string, Promise<unknown>>({ max, ttl: ttlMs });
  return <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(name);
    if (known) return known as Promise<T>;
    const answer = ask();
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    return answer;
  };
}

/** The same for answers that are known by what was asked for. */
export function remembered<T>(ask: (id: string) => Promise<T>, options: MemoryOptions): (id: string) => Promise<T> {
  const memory = openMemory(options);
  return (id) => memory(id, () => ask(id));
}
