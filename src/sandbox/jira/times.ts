/** A time as Jira writes it: 2026-01-05T09:12:33.000+0000. */
export function jiraTime(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}

/** A day that exists, as yyyy-MM-dd; undefined for anything else. */
export function readDay(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}

/** A time with its offset, in milliseconds since 1970; undefined for anything else. */
export function readTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(at) ? undefined : at;
}
