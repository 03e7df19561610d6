/** Tickets by number. Anything that isn't a number names no ticket and never gets into the query. */
export function byIds(ids: readonly string[]): string | undefined {
  const numbers = ids.filter((id) => /^\d{1,18}$/.test(id));
  return numbers.length === 0 ? undefined : numbers.map((id) => `id=${id}`).join(" OR ");
}
