import { randomBytes } from "node:crypto";

const GOOD = /^[A-Za-z0-9._-]{1,64}$/;
const PREFIX = randomBytes(6).toString("hex");
let count = 0;

/** A new id: twelve random digits of this process and a number. */
export function newId(): string {
  count += 1;
  return `${PREFIX}-${count.toString(36)}`;
}

/** The id that a client gave by X-Request-Id, where it is 1 to 64 letters, digits, dots, dashes and underscores. */
export function givenId(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && GOOD.test(header) ? header : undefined;
}
