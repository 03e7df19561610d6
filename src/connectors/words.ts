/** A vendor's words as they may be shown: no markup, one line, and not endless. */
export function cleaned(words: string): string {
  return words
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 1_000);
}

/** A moment as vendors write it (an offset may lack its colon); null for what is none. */
export function dateOf(moment: string | null | undefined): Date | null {
  if (!moment) return null;
  const date = new Date(moment.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(date.getTime()) ? null : date;
}
