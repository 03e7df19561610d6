import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, as they may stand in an address or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Under what something that is handed out is kept; what was made for one use can't be taken for another. */
export function keyOf(use: "ticket" | "state" | "browser", secret: string): string {
  return createHash("sha256").update(`${use}:${secret}`).digest("hex");
}

/** What the vendor is told of a verifier beforehand: https://www.rfc-editor.org/rfc/rfc7636#section-4.2 (S256) */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Whether two hashes are the same, in a time that tells nothing of where they differ. */
export function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
