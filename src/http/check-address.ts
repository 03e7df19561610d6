import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { setTimeout as wait } from "node:timers/promises";
import { checkLiteral, forbidden, ForbiddenAddress, isPublicAddress, type Lookup } from "./guard.js";

/** What is allowed of an address that is about to be kept. */
interface AddressRules {
  /** Whether it may lie outside the public internet, and go without TLS. */
  readonly allowPrivateAddress: boolean;
}

/** For this long a name is looked up, in milliseconds. */
const LOOKUP_MS = 3_000;

/** Names that lead nowhere in the public internet, by what they end in: https://www.iana.org/assignments/special-use-domain-names */
const SPECIAL = /(^|\.)(localhost|local|internal|home\.arpa|onion)$/;

/**
 * Throws ForbiddenAddress, with words for a person, for an address that a connection may not have. A name that can't be looked up
 * just now passes: every dial looks again, and refuses what leads out of the public internet.
 */
export async function checkAddress(
  url: URL,
  { allowPrivateAddress }: AddressRules,
  lookup: Lookup = systemLookup,
): Promise<void> {
  checkForm(url, allowPrivateAddress);
  if (allowPrivateAddress) return;
  checkLiteral(url);
  const host = bareHost(url);
  if (SPECIAL.test(host) || !/[.:]/.test(host)) throw forbidden(host);
  const addresses = await addressesOf(host, lookup);
  if (!addresses.every(({ address }) => isPublicAddress(address))) throw forbidden(host);
}

/** Throws ForbiddenAddress for what no connection's address may hold, wherever it leads. */
export function checkForm({ protocol, username, password, hostname }: URL, allowPrivateAddress: boolean): void {
  if (username !== "" || password !== "")
    throw new ForbiddenAddress("An address may hold no user name and no password: credentials have their own place.");
  if (protocol === "https:" || (protocol === "http:" && allowPrivateAddress)) return;
  throw new ForbiddenAddress(
    `${hostname || "This address"} must be spoken to by https, or the credentials would travel readably. Write the address with https://.`,
  );
}

/** A host without brackets and without the dot that may end it. */
export function bareHost({ hostname }: URL): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

async function addressesOf(host: string, lookup: Lookup): Promise<readonly LookupAddress[]> {
  const over = new AbortController();
  const found = new Promise<readonly LookupAddress[]>((resolve) => {
    lookup(host, { all: true }, (error, addresses) => resolve(error ? [] : (addresses ?? [])));
  });
  const late = wait(LOOKUP_MS, [], { signal: over.signal, ref: false }).catch(() => []);
  try {
    return await Promise.race([found, late]);
  } finally {
    over.abort();
  }
}
