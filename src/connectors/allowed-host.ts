import { bareHost, checkAddress, checkForm } from "../http/check-address.js";
import { checkLiteral, ForbiddenAddress, type Lookup } from "../http/guard.js";
import type { Vendor, VendorSettings } from "./connector.js";

/** What the operator allows beyond the vendors' own hosts: names, `*.name` for all below one, or literal addresses. */
export interface HostRules {
  readonly allow: readonly string[];
  /** These may lie outside the public internet, and be spoken to without TLS. */
  readonly allowPrivate: readonly string[];
}

/** How an address may be dialled. */
interface Dial {
  readonly allowPrivateAddress: boolean;
}

/** Whether a connection made over the API may have this address; a sentence for a person where it may not. Looks nothing up. */
export function mayDial(vendor: Pick<Vendor, "title" | "hosts">, url: URL, rules: HostRules): Dial | string {
  const host = bareHost(url);
  const allowPrivateAddress = isAmong(rules.allowPrivate, host);
  try {
    checkForm(url, allowPrivateAddress);
    if (allowPrivateAddress) return { allowPrivateAddress };
    checkLiteral(url);
  } catch (error) {
    if (error instanceof ForbiddenAddress) return error.message;
    throw error;
  }
  if (vendor.hosts && !isAmong([...vendor.hosts, ...rules.allow], host))
    return `${vendor.title} lives at ${vendor.hosts.join(", ")}, and ${host || "this"} is none of these. If it is meant, name the host under hosts.allow in the configuration file.`;
  return { allowPrivateAddress };
}

/** Every address that a connection with these settings has: where people open it, its API, and where its tokens are given out. */
export function addressesOf<Settings extends VendorSettings>(
  { wire }: Vendor<Settings>,
  settings: Settings,
): readonly URL[] {
  const token = wire.token?.(settings, undefined)?.url;
  const all = [new URL(settings.baseUrl), wire.api(settings), ...(token ? [token] : [])];
  return [...new Map(all.map((url) => [url.origin + url.username + url.password, url])).values()];
}

/**
 * Throws ForbiddenAddress, with words for a person, unless a connection over the API may have all the addresses of these settings,
 * as names and as what the names lead to now. Gives what its `openHttp` takes: which of them may be private at a dial.
 */
export async function admitAddresses<Settings extends VendorSettings>(
  vendor: Vendor<Settings>,
  settings: Settings,
  rules: HostRules,
  lookup?: Lookup,
): Promise<(url: URL) => boolean> {
  for (const url of addressesOf(vendor, settings)) {
    const dial = mayDial(vendor, url, rules);
    if (typeof dial === "string") throw new ForbiddenAddress(dial);
    await checkAddress(url, dial, lookup);
  }
  return (url) => isAmong(rules.allowPrivate, bareHost(url));
}

function isAmong(patterns: readonly string[], host: string): boolean {
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase().replace(/^\[|\]$/g, "");
    return wanted.startsWith("*.")
      ? host.endsWith(wanted.slice(1)) && host.length > wanted.length - 1
      : host === wanted;
  });
}
