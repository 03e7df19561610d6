import { createHash, createHmac } from "node:crypto";
import canonicalize from "canonicalize";
import type { Owner } from "../../domain/owner.js";

/** Whether two requests ask for the same: SHA-256 of their canonical JSON (RFC 8785). */
export function requestHashOf(ticket: object): string {
  return createHash("sha256")
    .update(canonicalize(JSON.parse(JSON.stringify(ticket))) ?? "")
    .digest("hex");
}

/** "gw-" and 26 characters: the same key gives the same marker, so it can be told again without the row. */
export function markerOf(secret: string, { tenantId, connectionId }: Owner, key: string): string {
  const digest = createHmac("sha256", secret)
    .update(JSON.stringify([tenantId, connectionId, key]))
    .digest();
  return `gw-${base32(digest).slice(0, 26)}`;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** RFC 4648, in small letters and without padding. */
function base32(bytes: Buffer): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}
