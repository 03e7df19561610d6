import { hash, randomBytes, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "tg_live_";
/** So many digits hold 256 bits. */
const SECRET_DIGITS = 43;
/** And so many the 32 bits of a CRC. */
const CHECK_DIGITS = 6;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_DIGITS + CHECK_DIGITS}}$`);

/** A new key: `tg_live_`, 256 random bits and six check digits, all of letters and digits; `random(n)` gives n bytes. */
export function makeKey(random: (bytes: number) => Uint8Array = randomBytes): string {
  const bits = BigInt(`0x${Buffer.from(random(32)).toString("hex")}`);
  const body = PREFIX + base62(bits, SECRET_DIGITS);
  return body + checkOf(body);
}

/** Whether a text calls itself a created key. */
export function looksCreated(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Whether a text can be a key that was created here; false for one that was mistyped or cut, without asking anybody. */
export function isWellFormed(text: string): boolean {
  return SHAPE.test(text) && checkOf(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS);
}

/** What is kept of a key: SHA-256 as base64url. No salt: nobody can list what 256 random bits may be. */
export function hashKey(key: string): string {
  return hash("sha256", key, "base64url");
}

/** What is shown of a key, so that people tell theirs apart: too little to guess anything by. */
export function shownPrefix(key: string): string {
  return key.slice(0, PREFIX.length + 4);
}

/** A new key for the demo: "tg_demo_" and 32 random letters and digits (190 bits); `random(n)` gives 0 to n - 1. */
export function makeDemoKey(random: (below: number) => number = (below) => randomInt(below)): string {
  return `tg_demo_${Array.from({ length: 32 }, () => BASE62.charAt(random(BASE62.length))).join("")}`;
}

/** A CRC finds every single wrong character, and every two neighbours that changed places. */
function checkOf(body: string): string {
  return base62(BigInt(crc32(body)), CHECK_DIGITS);
}

function base62(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest /= 62n) text = BASE62.charAt(Number(rest % 62n)) + text;
  return text;
}
