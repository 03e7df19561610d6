/** A value as JQL reads it: whole numbers as they are, everything else between quotes and escaped, so that it stays one value. */
function jqlValue(text: string): string {
  return /^\d+$/.test(text) ? text : `"${text.replace(UNSAFE, escaped)}"`;
}

/** A query for what has all of these values, the fields being our own words. */
export function jqlAll(values: Readonly<Record<string, string>>, orderBy: string): string {
  const clauses = Object.entries(values).map(([field, value]) => `${field} = ${jqlValue(value)}`);
  return `${clauses.join(" AND ")} ORDER BY ${orderBy}`;
}

/**
 * A query for all tickets, or for those that changed since a moment: the oldest first, for a new one then comes last. How long ago
 * it was is told in minutes, since a date would be read in the account's own time zone.
 */
export function changedSince(since: Date | null, now: number): string {
  const minutes = since && Math.max(1, Math.ceil((now - since.getTime()) / 60_000));
  // Jira refuses a search without any bounds.
  const bounds = minutes === null ? "created >= 1970-01-02" : `updated >= "-${minutes}m"`;
  return `${bounds} ORDER BY created ASC, key ASC`;
}

/** Quotes, backslashes and control characters: https://support.atlassian.com/jira-service-management-cloud/docs/search-for-work-items-using-the-text-field/ */
// eslint-disable-next-line no-control-regex -- control characters are just what must not pass
const UNSAFE = /["\\\u0000-\u001f\u007f]/g;

function escaped(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
