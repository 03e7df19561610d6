/** A value as JQL reads it: whole numbers as they are, everything else between quotes and escaped, so that it stays one value. */
export function jqlValue(text: string): string {
  return /^\d+$/.test(text) ? text : `"${text.replace(UNSAFE, escaped)}"`;
}

/** A query for what has all of these values, the fields being our own words. */
export function jqlAll(values: Readonly<Record<string, string>>, orderBy: string): string {
  const clauses = Object.entries(values).map(([field, value]) => `${field} = ${jqlValue(value)}`);
  return `${clauses.join(" AND ")} ORDER BY ${orderBy}`;
}

/** Quotes, backslashes and control characters: https://support.atlassian.com/jira-service-management-cloud/docs/search-for-work-items-using-the-text-field/ */
// eslint-disable-next-line no-control-regex -- control characters are just what must not pass
const UNSAFE = /["\\\u0000-\u001f\u007f]/g;

function escaped(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
