/** The value below which so much of all lies, from 0 to 1. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The one in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A number from the environment. */
export function setting(name: string, usual: number): number {
  const text = process.env[name];
  if (text === undefined) return usual;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} is a number above 0, and not ${JSON.stringify(text)}.`);
  return value;
}
