import type { IncomingMessage, ServerResponse } from "node:http";
import { sendEmpty } from "./answer.js";

/** Tells a browser that a listed origin may read the answer. Origins that aren't listed get no word, so the browser refuses them. */
export function allowOrigin(req: IncomingMessage, res: ServerResponse, origins: readonly string[]): void {
  if (origins.length === 0) return;
  res.setHeader("vary", "Origin");
  const { origin } = req.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  res.setHeader("access-control-allow-origin", origin);
  res.setHeader("access-control-expose-headers", "x-request-id");
}

/** Answers OPTIONS: what may be asked here and, to a listed origin, that it may ask. Call `allowOrigin` before. */
export function answerOptions(req: IncomingMessage, res: ServerResponse, methods: string): void {
  const { headers } = req;
  const allowed =
    res.hasHeader("access-control-allow-origin") && headers["access-control-request-method"] !== undefined;
  sendEmpty(res, 204, {
    allow: methods,
    ...(allowed && {
      "access-control-allow-methods": methods,
      // No cookie signs a request here, so a listed origin may send whichever headers it likes.
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "content-type, x-api-key",
      "access-control-max-age": "600",
      // Chromium asks before a public page reaches a private address: https://wicg.github.io/private-network-access/
      ...(headers["access-control-request-private-network"] && { "access-control-allow-private-network": "true" }),
    }),
  });
}
