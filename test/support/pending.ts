import type { Pending, PendingStore } from "../../src/operations/oauth/pending.js";

/** Keeps what is pending in memory, as the database does: given once, and never after its time by the clock `now`. */
export function pendingInMemory(now: () => number = Date.now): PendingStore & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, { readonly pending: Pending; readonly endsAt: number }>();
  return {
    kept,
    put: async (key, pending, ttlMs) => void kept.set(key, { pending, endsAt: now() + ttlMs }),
    async take(key) {
      const found = kept.get(key);
      kept.delete(key);
      return found && found.endsAt > now() ? found.pending : undefined;
    },
  };
}
