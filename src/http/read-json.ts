import { isAscii } from "node:buffer";

/**
 * From so many bytes on a body is read as Latin-1 first. As UTF-8 it becomes a string of two bytes for a character where there is but one
 * beyond Latin-1 in it, and V8 keeps what is larger than 128 kB apart, in memory that it gets from the system and gives back each time:
 * in a small virtual machine that took three times as long as the parsing.
 */
const LARGE = 65_536;
const BEYOND_ASCII = /[\x80-\xff]/;
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/** A body's JSON; undefined for an empty one. The second of the pair says whether it was JSON at all. */
export function readJson(body: Buffer, large = LARGE): { readonly value: unknown; readonly isJson: boolean } {
  const bytes = body.subarray(0, 3).equals(BYTE_ORDER_MARK) ? body.subarray(3) : body;
  try {
    // An escape may stand for any character, so then it couldn't be told from a byte.
    if (bytes.length < large || isAscii(bytes) || bytes.includes("\\u")) return parsed(bytes.toString("utf8"));
    const { value, isJson } = parsed(bytes.toString("latin1"));
    return { value: asUtf8(value), isJson };
  } catch {
    return { value: undefined, isJson: false };
  }
}

function parsed(text: string): { readonly value: unknown; readonly isJson: boolean } {
  return { value: text.trim() === "" ? undefined : JSON.parse(text), isJson: true };
}

/** What was parsed from UTF-8 as though it were Latin-1, put right in place. Doesn't call itself: a body may be nested as deep as it is long. */
function asUtf8(root: unknown): unknown {
  const whole = [root];
  const open: object[] = [whole];
  const put = (value: unknown): unknown => {
    if (typeof value === "string")
      return BEYOND_ASCII.test(value) ? Buffer.from(value, "latin1").toString("utf8") : value;
    if (typeof value === "object" && value !== null) open.push(value);
    return value;
  };
  for (let one = open.pop(); one; one = open.pop()) {
    if (Array.isArray(one)) {
      for (let n = 0; n < one.length; n += 1) one[n] = put(one[n]);
      continue;
    }
    const fields = one as Record<string, unknown>;
    const keys = Object.keys(fields);
    for (const key of keys) {
      const value = fields[key];
      const right = put(value);
      if (right !== value) fields[key] = right;
    }
    if (keys.some((key) => BEYOND_ASCII.test(key))) renameKeys(fields);
  }
  return whole[0];
}

/** Puts an object's keys right, in the order in which they were. */
function renameKeys(fields: Record<string, unknown>): void {
  const entries = Object.entries(fields);
  for (const [key] of entries) Reflect.deleteProperty(fields, key);
  for (const [key, value] of entries)
    Object.defineProperty(fields, Buffer.from(key, "latin1").toString("utf8"), {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
}
