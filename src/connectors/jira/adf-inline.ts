import type { AdfNode } from "./adf.js";

/** What an inline node says, without any markup: a mention's name, a date's day, a card's address. */
export function inlineText({ type, text, attrs = {}, content }: AdfNode): string {
  const word = (name: string): string => (typeof attrs[name] === "string" ? attrs[name] : "");
  switch (type) {
    case "text":
      return text ?? "";
    case "hardBreak":
      return "\n";
    case "mention":
      return word("text") || `@${word("id")}`;
    case "emoji":
      return word("text") || word("shortName");
    case "status":
      return word("text");
    case "date": {
      const day = new Date(typeof attrs.timestamp === "object" ? Number.NaN : Number(attrs.timestamp));
      return Number.isNaN(day.getTime()) ? "" : day.toISOString().slice(0, 10);
    }
    case "inlineCard":
    case "blockCard":
    case "embedCard":
      return word("url");
    case "media":
    case "mediaInline":
      return `[attachment: ${word("alt") || word("url") || word("id")}]`;
    default:
      return (content ?? []).map(inlineText).join("");
  }
}
