/** What to say of migrations that a newer version of the program has run on the database. */
export function newerSentence(newer: number): string {
  const unknown =
    newer === 1 ? "a migration that this version doesn't" : `${newer} migrations that this version doesn't`;
  return `A newer version of the program has been here: the database has had ${unknown} know. While an upgrade goes on this one may work beside it; otherwise bring it up to date.`;
}
