import { isObject } from "../../json.js";

/** Where a page ended: the last issue, and how many came before in case it is gone. */
interface Place {
  readonly id: number;
  readonly offset: number;
  readonly jql: string;
}

/** A place as a caller gets it. */
export function writeToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place that a token of this query stands for; "bad" for any other text. */
export function readToken(token: string, jql: string): Place | "bad" {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (!isObject(place) || typeof place.id !== "number" || typeof place.offset !== "number") return "bad";
    return place.jql === jql ? { id: place.id, offset: place.offset, jql } : "bad";
  } catch {
    return "bad";
  }
}
