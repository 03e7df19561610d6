import type { IncomingHttpHeaders } from "node:http";

/** How a connection parameter, in lower case, is called as a header. */
const HEADER_OF: Readonly<Record<string, "x-api-key" | "authorization" | "x-connection-id" | "x-tenant-id">> = {
  "x-api-key": "x-api-key",
  apikey: "x-api-key",
  authorization: "authorization",
  "x-connection-id": "x-connection-id",
  "x-tenant-id": "x-tenant-id",
};

/**
 * The headers that stand for a client: those of its upgrade request and, before them, its connection parameters, which are
 * all that a browser can set. A key among the parameters leaves no other key standing.
 */
export function liveHeaders(
  upgrade: IncomingHttpHeaders,
  parameters: Readonly<Record<string, unknown>> = {},
): IncomingHttpHeaders {
  const given: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(parameters)) {
    const header = HEADER_OF[name.toLowerCase()];
    if (header && typeof value === "string" && value.trim() !== "") given[header] = value;
  }
  if (given["x-api-key"] === undefined && given.authorization === undefined) return { ...upgrade, ...given };
  return { ...upgrade, "x-api-key": undefined, authorization: undefined, ...given };
}
