/** Whether a text holds characters that no id, key or address may hold: U+0000 to U+001F and U+007F. */
export function holdsControlCharacters(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are just what must not pass
  return /[\u0000-\u001f\u007f]/.test(text);
}
