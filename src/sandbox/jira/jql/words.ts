/** Whether a text holds what `~` asks for: every word of it, `word*` for a beginning, and "phrases" word by word. */
export function containsWords(text: string, wanted: string): boolean {
  const words = wordsOf(text);
  const parts = [...wanted.matchAll(/"([^"]*)"|\S+/g)].map(([whole, phrase]) => phrase ?? whole);
  return parts.every((part) => {
    const asked = wordsOf(part.replace(/\*+$/, ""));
    if (asked.length === 0) return true;
    const isOpen = part.endsWith("*");
    return words.some((_word, start) =>
      asked.every((one, offset) => {
        const word = words[start + offset] ?? "";
        return isOpen && offset === asked.length - 1 ? word.startsWith(one) : word === one;
      }),
    );
  });
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}
