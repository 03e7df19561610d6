import type { GraphQLSchema } from "graphql";
import type { Config } from "../config/env.js";
import type { Settings } from "../config/settings.js";
import { readTrustedManifest } from "../config/trusted-documents.js";
import { visibleConnections } from "../operations/access.js";
import type { Kernel } from "../operations/kernel.js";
import { openRateLimit, type RateLimit } from "../operations/rate-limit.js";
import type { Logger } from "../server/logger.js";
import type { GateOptions } from "../server/limits/gate.js";
import { openTrustedDocuments } from "../server/limits/trusted-documents.js";
import { takeFromWindow } from "../store/rate-limits.js";

/** Requests are counted by the minute: `requestsPerMinute`. */
const WINDOW_SECONDS = 60;

/** What operations may ask for here. Throws ConfigError for trusted documents that could never run. */
export async function gateOptions(
  { introspection, trustedDocuments, trustedDocumentsOnly }: Config,
  { limits }: Settings,
  kernel: Kernel,
  schema: GraphQLSchema,
): Promise<Omit<GateOptions, "schema">> {
  const manifest = trustedDocuments === undefined ? undefined : await readTrustedManifest(trustedDocuments);
  return {
    limits,
    introspection,
    connectionsOf: (caller) => visibleConnections(kernel, caller).length,
    ...(manifest && { trusted: openTrustedDocuments(manifest, trustedDocumentsOnly, schema, limits) }),
  };
}

/** The rate limit of each key, shared with all other replicas. */
export function rateLimitOf({ limits }: Settings, { systemDb }: Kernel, log: Logger): RateLimit {
  return openRateLimit({
    limit: limits.requestsPerMinute,
    windowMs: WINDOW_SECONDS * 1_000,
    take: (key, chunk) => takeFromWindow(systemDb, key, chunk, limits.requestsPerMinute, WINDOW_SECONDS),
    now: () => performance.now(),
    onAway: (error) => log.warn({ err: error }, "the shared rate limits are away; each replica counts by itself"),
  });
}
