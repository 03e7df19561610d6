/** The places of things that are alike, where there are at least `least` of them; a thing without a word is like no other. */
export function alike<T>(
  things: readonly T[],
  wordOf: (thing: T) => string | undefined,
  least: number,
): readonly (readonly number[])[] {
  const places = new Map<string, number[]>();
  things.forEach((thing, n) => {
    const word = wordOf(thing);
    if (word === undefined) return;
    const same = places.get(word);
    if (same) same.push(n);
    else places.set(word, [n]);
  });
  return [...places.values()].filter(({ length }) => length >= least);
}
