/** Whether lists and objects are nested deeper than this. Goes down level by level without calling itself, so no depth is too much for it. */
export function isDeeperThan(limit: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; ; depth += 1) {
    const next: object[] = [];
    for (const one of level) if (typeof one === "object" && one !== null) next.push(one);
    if (next.length === 0) return false;
    if (depth >= limit) return true;
    level = next.flatMap((one): readonly unknown[] => (Array.isArray(one) ? one : Object.values(one)));
  }
}
