import { ownerKey, type Owner } from "../domain/owner.js";

/** How long the first of many wakes waits for the others, in milliseconds. */
const SOON_MS = 25;

/** Wakes once for all who want it within a moment: a flood of messages needs one worker, not one for each. */
export function soon(wake: (owner: Owner) => Promise<void>, onError: (error: unknown) => void): (owner: Owner) => void {
  const waiting = new Set<string>();
  return (owner) => {
    const key = ownerKey(owner);
    if (waiting.has(key)) return;
    waiting.add(key);
    setTimeout(() => {
      waiting.delete(key);
      wake(owner).catch(onError);
    }, SOON_MS).unref();
  };
}
