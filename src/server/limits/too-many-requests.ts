import type { Caller } from "../../domain/caller.js";
import type { Allowance } from "../../operations/rate-limit.js";
import { Refusal } from "../answer.js";

/** By what a caller's requests are counted. */
export function rateKeyOf({ tenantId, keyId }: Caller): string {
  return `${tenantId}/${keyId}`;
}

/** What is told to a caller whose requests are used up. */
export function tooManyRequests({ limit, resetsInMs }: Allowance): Refusal {
  const seconds = Math.max(1, Math.ceil(resetsInMs / 1_000));
  const message = `This key has made its ${limit.toLocaleString("en-US")} requests of this minute. Ask again in ${seconds} s.`;
  return new Refusal(429, "RATE_LIMITED", message, { "retry-after": String(seconds) });
}
