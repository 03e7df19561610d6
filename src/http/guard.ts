import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Why an address isn't dialled. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
  readonly code = "FORBIDDEN_ADDRESS";
}

/** How a name becomes addresses: `dns.lookup`, or a test's own. */
export type Lookup = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry. Of IPv6, only 2000::/3 is given out to
// the public at all, so whatever lies outside (loopback, link-local, unique local, NAT64, mapped addresses) is refused with it.
const V4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
const V6 = "2001::/23 2001:db8::/32 2002::/16 3fff::/20";

const notPublic = listOf(V4, "ipv4");
const globalUnicast = listOf("2000::/3", "ipv6");
const notPublicV6 = listOf(V6, "ipv6");

function listOf(nets: string, family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const net of nets.split(/\s+/)) {
    const [address = "", bits] = net.split("/");
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an IP address (not a name) lies in the public internet. IPv4 mapped into IPv6 is judged as IPv4; a zone is never public. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "");
  if (isIP(plain) === 4) return !notPublic.check(plain, "ipv4");
  if (isIP(plain) !== 6 || plain.includes("%")) return false;
  const mapped = mappedIn(plain);
  if (mapped !== undefined) return !notPublic.check(mapped, "ipv4");
  return globalUnicast.check(plain, "ipv6") && !notPublicV6.check(plain, "ipv6");
}

/** The IPv4 address of `::ffff:1.2.3.4`, however it is written. */
function mappedIn(address: string): string | undefined {
  const [, high, low] =
    /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(new URL(`http://[${address}]`).hostname) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const bits = [high, low].map((part) => Number.parseInt(part, 16));
  return bits.flatMap((part) => [part >> 8, part & 255]).join(".");
}

/**
 * Throws ForbiddenAddress when a URL's host is a literal address outside the public internet. URL parsing has turned
 * decimal, octal and hexadecimal forms into dotted ones by then, and full-width digits and dots into plain ones.
 */
export function checkLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw forbidden(url.hostname);
}

/**
 * A name lookup that refuses names which lead out of the public internet. It is asked at every dial, and the socket goes to what
 * it gave, so a name that is bound anew meanwhile doesn't help.
 */
export function guardLookup(lookup: Lookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) callback(error, "", 0);
      else if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        callback(forbidden(hostname), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** What to tell of a host that may not be dialled. */
export function forbidden(host: string): ForbiddenAddress {
  return new ForbiddenAddress(
    `${host} is not an address of the public internet. If it is meant, set allowPrivateAddress on the connection, or name the host under hosts.allowPrivate, in the configuration file.`,
  );
}
