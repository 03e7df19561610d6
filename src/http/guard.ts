import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Why an address isn't dialled. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
  readonly code = "FORBIDDEN_ADDRESS";
}

// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
const V4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
const V6 =
  "::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8";

const notPublic = new BlockList();
for (const [family, nets] of [
  ["ipv4", V4],
  ["ipv6", V6],
] as const) {
  for (const net of nets.split(/\s+/)) {
    const [address = "", bits] = net.split("/");
    notPublic.addSubnet(address, Number(bits), family);
  }
}

/** Whether an IP address (not a name) lies in the public internet. IPv4 mapped into IPv6 is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  return isIP(plain) !== 0 && !notPublic.check(plain, isIP(plain) === 4 ? "ipv4" : "ipv6");
}

/**
 * Throws ForbiddenAddress when a URL's host is a literal address outside the public internet. URL parsing has turned
 * decimal, octal and hexadecimal forms into dotted ones by then.
 */
export function checkLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw forbidden(url.hostname);
}

/** A name lookup that refuses names which lead out of the public internet: asked at every dial, so rebinding doesn't help. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error) callback(error, "", 0);
    else if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
      callback(forbidden(hostname), "", 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function forbidden(host: string): ForbiddenAddress {
  return new ForbiddenAddress(
    `${host} is not an address of the public internet. If it is meant, set allowPrivateAddress on the connection.`,
  );
}
