import { holdsControlCharacters } from "../domain/control-characters.js";
import { VendorError } from "../domain/errors.js";
import type { Headers, Query } from "./http.js";

/** A path below a prefix, each segment encoded. Throws VendorError INVALID for a segment that would change the path's meaning. */
export function pathOf(prefix: string, segments: readonly string[], query: Query | undefined): string {
  let path = prefix;
  for (const segment of segments) path += `/${encoded(segment)}`;
  const search = searchOf(query);
  return search === "" ? path : `${path}?${search}`;
}

/** Throws VendorError INVALID for a header value that could begin another header. */
export function checkHeaders(headers: Headers): Headers {
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(value))
      throw refusal(`The value for the header ${name} holds a line break or a NUL character.`);
  }
  return headers;
}

function encoded(segment: string): string {
  if (segment === "" || segment === "." || segment === "..") throw refusal(`"${segment}" can't be part of an address.`);
  if (holdsControlCharacters(segment)) throw refusal("An id holds a control character.");
  if (!segment.isWellFormed()) throw refusal("An id holds half of a character (a lone surrogate).");
  return encodeURIComponent(segment);
}

function searchOf(query: Query | undefined): string {
  if (query === undefined) return "";
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === "object") for (const one of value) search.append(name, one);
    else search.append(name, String(value));
  }
  return search.toString();
}

function refusal(message: string): VendorError {
  return new VendorError({ code: "INVALID", message: `${message} Nothing was sent.` }, "no");
}
