/** A query that can't be run, in Jira's words. */
export class JqlError extends Error {}

/** A mistake in how the query is written, with its place (characters count from 1, as do lines). */
export function syntaxError(jql: string, at: number, sentence: string): JqlError {
  const before = jql.slice(0, at).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  return new JqlError(`Error in the JQL Query: ${sentence} (line ${before.length}, character ${column})`);
}
