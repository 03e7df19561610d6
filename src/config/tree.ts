/** Whether this is an object with keys (no list, not null). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list under this key; an empty one where there is none. */
export function listIn(parent: unknown, key: string): readonly unknown[] {
  const value = isRecord(parent) ? parent[key] : undefined;
  return Array.isArray(value) ? value : [];
}
