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
  if (error instanceof ForbiddenAddress) return unsent("UNSUPPORTED", error.message, cause, "ADDRESS");
  const code = codeOf(error);
  if (endedDial(cause)) {
    const known = DIAL_FAILURES.find(({ codes }) => codes.test(code));
    const message = known?.message(host) ?? `${host} hung up before a connection stood.`;
    return unsent("UNAVAILABLE", message, cause, known?.failed);
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

interface DialFailure {
  readonly codes: RegExp;
  readonly failed: "ADDRESS" | "TLS";
  message(host: string): string;
}
const insecure = (codes: RegExp, why: string): DialFailure => ({
  codes,
  failed: "TLS",
  message: (host) => `No secure connection to ${host}: ${why}`,
});

/** What to do about a dial that came to nothing; the first that fits. */
const DIAL_FAILURES: readonly DialFailure[] = [
  {
    codes: /^(ENOTFOUND|EAI_)/,
    failed: "ADDRESS",
    message: (host) => `The name ${host} could not be resolved. Check the connection's base URL.`,
  },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    failed: "ADDRESS",
    message: (host) => `${host} refuses connections. Check that it is up, and the connection's base URL.`,
  },
  {
    codes: /^UND_ERR_CONNECT_TIMEOUT$/,
    failed: "ADDRESS",
    message: (host) => `${host} did not take a connection in time. Check that it is up.`,
  },
  insecure(/^CERT_HAS_EXPIRED$/, "its certificate has ended and must be renewed."),
  insecure(/^CERT_NOT_YET_VALID$/, "its certificate isn't valid yet. Check this machine's clock."),
  insecure(
    /^ERR_TLS_CERT_ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/,
    "its certificate is for another name. Write the base URL with the name that the certificate has.",
  ),
  insecure(
    /^(DEPTH_ZERO_)?SELF_SIGNED_/,
    "its certificate is not one that can be trusted: it is signed by nobody whom this machine knows. Name its authority's file in NODE_EXTRA_CA_CERTS.",
  ),
  insecure(
    /^UNABLE_TO_/,
    "its certificate is not one that can be trusted: who signed it is not known here. Have the server send the whole chain, or name its authority's file in NODE_EXTRA_CA_CERTS.",
  ),
  insecure(/^(EPROTO$|ERR_SSL_)/, "it doesn't speak TLS there. Check the base URL's port, and whether it is https."),
  insecure(/^(ERR_TLS_|CERT_)/, "its certificate is not one that can be trusted."),
];

function unsent(
  code: "UNAVAILABLE" | "UNSUPPORTED",
  message: string,
  cause: unknown,
  failed: "ADDRESS" | "TLS" = "ADDRESS",
): VendorError {
  return new VendorError({ code, message }, "no", { cause, failed });
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
