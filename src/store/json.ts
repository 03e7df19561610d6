/** What JSON can say and PostgreSQL's jsonb can't keep: NUL, and halves of characters. https://www.postgresql.org/docs/current/datatype-json.html */
const UNKEEPABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;
const EACH = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** A value as JSON that the database keeps: what it can't becomes U+FFFD. */
export function keepable(value: unknown): string {
  return keepableJson(JSON.stringify(value));
}

/** The same for JSON that is written already. */
export function keepableJson(json: string): string {
  return UNKEEPABLE.test(json) ? json.replace(EACH, "$1\\ufffd") : json;
}

/** A text as the database keeps it: equal to what `keepable` makes of it. */
export function keepableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
