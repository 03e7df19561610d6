import { VendorError } from "../domain/errors.js";
import { endedDial } from "./agent.js";
import { ForbiddenAddress } from "./guard.js";

/** What ended an exchange before there was an answer, as a VendorError that says whether a byte may have gone out. */
export function failureOf(cause: unknown, host: string, wasAborted: boolean): VendorError {
  if (cause instanceof VendorError) return cause;
  if (wasAborted) {
    return new VendorError({ code: "TIMEOUT", message: `${host} did not answer in time.` }, "maybe", { cause });
  }
  const error = rootOf(cause);
  if (error instanceof ForbiddenAddress) return unsent("UNSUPPORTED", error.message, cause);
  const code = codeOf(error);
  if (endedDial(cause)) {
    const known = DIAL_FAILURES.find(({ codes }) => codes.test(code));
    return unsent("UNAVAILABLE", known?.message(host) ?? `${host} hung up before a connection stood.`, cause);
  }
  if (/TIMEOUT/.test(code)) {
    return new VendorError({ code: "TIMEOUT", message: `${host} did not answer in time.` }, "maybe", { cause });
  }
  // zlib's own codes, and brotli's: https://nodejs.org/api/zlib.html#constants
  if (/^(Z_|ERR__|ERR_BROTLI)/.test(code)) {
    const message = `${host} gave an answer that can't be unpacked.`;
    return new VendorError({ code: "BAD_RESPONSE", message }, "maybe", { cause });
  }
  const message = `The connection to ${host} broke before the answer was whole.`;
  return new VendorError({ code: "UNAVAILABLE", message }, "maybe", { cause });
}

/** What to do about a dial that came to nothing. */
const DIAL_FAILURES = [
  {
    codes: /^(ENOTFOUND|EAI_)/,
    message: (host: string) => `The name ${host} could not be resolved. Check the connection's base URL.`,
  },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    message: (host: string) => `${host} refuses connections. Check that it is up, and the connection's base URL.`,
  },
  {
    codes: /^UND_ERR_CONNECT_TIMEOUT$/,
    message: (host: string) => `${host} did not take a connection in time. Check that it is up.`,
  },
  {
    codes: /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/,
    message: (host: string) => `No secure connection to ${host}: its certificate is not one that can be trusted.`,
  },
];

function unsent(code: "UNAVAILABLE" | "UNSUPPORTED", message: string, cause: unknown): VendorError {
  return new VendorError({ code, message }, "no", { cause });
}

/** undici wraps what the socket said; Node wraps the tries of several addresses. */
function rootOf(error: unknown): unknown {
  if (!isObject(error)) return error;
  if (Array.isArray(error.errors) && error.errors.length > 0) return rootOf(error.errors[0]);
  return error.cause !== undefined && codeOf(error) === "" ? rootOf(error.cause) : error;
}

function codeOf(error: unknown): string {
  return isObject(error) && typeof error.code === "string" ? error.code : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
