import type { Config } from "../config/env.js";
import { ok, warning, type Finding } from "./finding.js";

const WHAT = "addresses";

/** Whether where it listens, what stands in front and what it calls itself fit together. */
export function checkAddresses({ host, publicUrl, trustedProxies, corsOrigins }: Config): readonly Finding[] {
  const findings: Finding[] = [];
  const isOpen = !isLoopback(host);
  if (isOpen && publicUrl === undefined)
    findings.push(
      warning(
        WHAT,
        `It listens on ${host}, and no PUBLIC_URL is set: links in answers lead to whatever host a request names.`,
        "Set PUBLIC_URL to the address that others use.",
      ),
    );
  if (isOpen && publicUrl?.startsWith("http:") && !isLoopback(new URL(publicUrl).hostname))
    findings.push(
      warning(
        WHAT,
        `PUBLIC_URL is ${publicUrl}: keys and tickets go over the network for all to read.`,
        "Put a proxy in front that ends TLS, and set PUBLIC_URL to its https address.",
      ),
    );
  if (publicUrl?.startsWith("https:") && trustedProxies === 0)
    findings.push(
      warning(
        WHAT,
        "PUBLIC_URL is https, so a proxy stands in front, but TRUSTED_PROXIES is 0: the audit log tells the proxy's address for everybody.",
        "Set TRUSTED_PROXIES to the number of proxies of your own.",
      ),
    );
  const plain = corsOrigins.filter((origin) => origin.startsWith("http:") && !isLoopback(new URL(origin).hostname));
  if (plain.length > 0)
    findings.push(
      warning(
        WHAT,
        `CORS_ORIGINS names ${plain.join(", ")}: pages that anybody on the way may change.`,
        "Name their https addresses.",
      ),
    );
  return findings.length > 0 ? findings : [ok(WHAT, publicUrl ?? `It is for ${host} alone.`)];
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host);
}
