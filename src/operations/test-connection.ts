import type { Access, Permission } from "../connectors/access.js";
import type { Connection } from "../connectors/connection.js";
import {
  CONNECTION_CHECKS,
  type CheckState,
  type ConnectionCheckName,
  type ConnectionTest,
} from "../domain/connection-test.js";
import { VendorError } from "../domain/errors.js";
import { ForbiddenAddress } from "../http/guard.js";
import { clockCheck, type Finding } from "./clock-check.js";

export interface TestOptions {
  /** After so long the test gives up, in milliseconds. Default 15,000. */
  readonly timeoutMs?: number;
  /** The calendar, in milliseconds since 1970; the machine's unless told. */
  readonly now?: () => number;
}

/**
 * Tries a connection, whether it is in use or not: nothing that failed before holds the test back, and nothing is written.
 * Tells what is wrong in a person's words. Never throws for what the vendor does.
 */
export async function testConnection(
  connection: Connection,
  { timeoutMs = 15_000, now = Date.now }: TestOptions = {},
): Promise<ConnectionTest> {
  let hasAnswered = false;
  let aheadMs: number | undefined;
  const events = {
    onCall({ status, date = "" }: { readonly status: number | undefined; readonly date?: string | undefined }) {
      hasAnswered ||= status !== undefined;
      const told = Date.parse(date);
      if (!Number.isNaN(told)) aheadMs ??= now() - told;
    },
  };
  const { host } = connection.api;
  try {
    const access = await connection.checkAccess(AbortSignal.timeout(timeoutMs), events);
    return asTest({ ...granted(connection, access), CLOCK: clockCheck(aheadMs, host) });
  } catch (error) {
    if (!(error instanceof VendorError) && !(error instanceof ForbiddenAddress)) throw error;
    const found = refused(connection, error, hasAnswered);
    return asTest({ ...found, CLOCK: clockCheck(aheadMs, host) });
  }
}

type Findings = Partial<Record<ConnectionCheckName, Finding>>;

function granted({ api, vendor }: Connection, { account, read, create }: Access): Findings {
  return {
    ADDRESS: passed(`${api.host} answers.`),
    TLS: tls(api),
    SIGN_IN: passed(account === null ? `${vendor.title} takes the credentials.` : `Signed in as ${account}.`),
    READ: fromPermission(read),
    CREATE: fromPermission(create),
  };
}

/** What is known from how it failed: what comes before the failing check went well, what comes after it wasn't tried. */
function refused(connection: Connection, error: VendorError | ForbiddenAddress, hasAnswered: boolean): Findings {
  const { api, vendor } = connection;
  const at = error instanceof VendorError ? checkOf(error) : "ADDRESS";
  const failed: Findings = { [at]: { state: "FAILED", message: messageOf(error, api.host, vendor.title) } };
  const reached: Findings = { ADDRESS: passed(`${api.host} answers.`), ...(hasAnswered && { TLS: tls(api) }) };
  if (at === "ADDRESS") return { ...(hasAnswered && { TLS: tls(api) }), ...failed };
  // A limit may be told before anybody looks at who asks.
  const isKnown = error instanceof VendorError && error.code === "FORBIDDEN";
  return { ...reached, ...(isKnown && { SIGN_IN: passed(`${vendor.title} takes the credentials.`) }), ...failed };
}

function checkOf({ code, info }: VendorError): ConnectionCheckName {
  if (info.failed) return info.failed;
  if (code === "AUTH") return "SIGN_IN";
  return code === "FORBIDDEN" || code === "RATE_LIMITED" ? "READ" : "ADDRESS";
}

function messageOf(error: VendorError | ForbiddenAddress, host: string, title: string): string {
  const message = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  if (!(error instanceof VendorError)) return message;
  const { status, retryAfterMs } = error.info;
  if (error.code === "NOT_FOUND")
    return `${host} has no API of ${title} at this address (HTTP ${status}). Check the connection's base URL.`;
  if (error.code === "BAD_RESPONSE" && !message.endsWith("base URL."))
    return `${message} That is not the API of ${title}. Check the connection's base URL.`;
  if (error.code === "RATE_LIMITED")
    return `${message} Test it again ${retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1_000)} s`}.`;
  if (error.code === "FORBIDDEN") return `${message} Give the account what it lacks, or use another one.`;
  return message;
}

function tls({ protocol, host }: URL): Finding {
  if (protocol === "https:") return passed(`The connection to ${host} is secure.`);
  return { state: "SKIPPED", message: `${host} is spoken to without TLS, as its address says.` };
}

function fromPermission({ granted, message }: Permission): Finding {
  const state: CheckState = granted === null ? "SKIPPED" : granted ? "PASSED" : "FAILED";
  return { state, message };
}

function passed(message: string): Finding {
  return { state: "PASSED", message };
}

function asTest(findings: Findings): ConnectionTest {
  const untried: Finding = { state: "SKIPPED", message: "It was not tried, since an earlier check failed." };
  const checks = CONNECTION_CHECKS.map((name) => ({ name, ...(findings[name] ?? untried) }));
  return { ok: checks.every(({ state }) => state !== "FAILED"), checks };
}
