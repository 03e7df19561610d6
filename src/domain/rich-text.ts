export const TEXT_FORMATS = ["PLAIN", "MARKDOWN", "HTML", "ADF"] as const;
/** How a text is written. ADF is Atlassian's document format, as JSON. */
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** A text as somebody wrote it. */
export interface Text {
  readonly format: TextFormat;
  readonly text: string;
}

/** A vendor's rich text, turned into a format only when somebody asks for it. */
export interface RichText {
  to(format: TextFormat): string;
}
