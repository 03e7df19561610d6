import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * Where a request comes from. Behind proxies of the operator's own it is what the outermost of them saw; whatever else stands in
 * the header anybody could have written.
 */
export function addressOf(req: IncomingMessage, trustedProxies = 0): string {
  const direct = req.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return direct;
  const header = req.headers["x-forwarded-for"];
  const told = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((one) => one.trim());
  const seen = told.at(-trustedProxies) ?? "";
  return isIP(seen) === 0 ? direct : seen;
}
