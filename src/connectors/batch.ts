import type { VendorId } from "../domain/ticket.js";

/** A vendor's set of answers, put into the order of the ids that were asked for; null where one is absent. Throws nothing. */
export function inOrder<T extends { readonly vendorId: VendorId; readonly key?: string | null }>(
  ids: readonly VendorId[],
  found: readonly T[],
): (T | null)[] {
  const byName = new Map<string, T>();
  for (const thing of found) if (thing.key) byName.set(thing.key, thing);
  for (const thing of found) byName.set(thing.vendorId, thing);
  return ids.map((id) => byName.get(id) ?? null);
}

/** Checks that a list of writes got one outcome each. Throws when a connector broke that promise. */
export function oneEach<In, Out>(inputs: readonly In[], outcomes: readonly Out[]): readonly Out[] {
  if (outcomes.length === inputs.length) return outcomes;
  throw new Error(`A connector gave ${outcomes.length} outcomes for ${inputs.length} drafts: it must give one each.`);
}

/** A list in pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
