/** Lets through the first so many distinct names, and calls all others "other": a label must not grow with what clients think of. */
export function boundedNames(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most || name.length > 100) return "other";
    known.add(name);
    return name;
  };
}

const STATUSES = new Set([
  ...[
    200, 201, 202, 204, 207, 301, 302, 304, 400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 423, 428, 429,
  ],
  ...[500, 501, 502, 503, 504],
]);

/** A vendor's status as a label: the common ones as they are, others by their first digit. */
export function statusLabel(status: number): string {
  return STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx`;
}
