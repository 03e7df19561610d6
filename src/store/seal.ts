import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** What was sealed can't be opened: with another key, for another purpose, or after somebody has changed it. */
export class Unsealable extends Error {
  override readonly name = "Unsealable";
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts by AES-256-GCM under a nonce of 96 random bits, bound to `purpose`: it opens only for the same. A key may seal 2^32
 * times (NIST SP 800-38D, 8.3), which no connection's key comes near.
 */
export function seal(key: Buffer, purpose: string, secret: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Opens what `seal` made. Throws Unsealable. */
export function unseal(key: Buffer, purpose: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Unsealable("A secret can't be decrypted: it belongs to another key or another place, or was changed.", {
      cause,
    });
  }
}
