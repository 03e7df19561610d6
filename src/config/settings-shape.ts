import { z } from "zod";
import { SCOPES } from "../domain/caller.js";
import { jwtShape } from "./settings-jwt.js";

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const id = z.string().regex(ID, {
  error: "may hold up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.",
});

const key = z
  .string()
  .regex(/^[\x21-\x7e]*$/, { error: "may hold only visible ASCII characters, or no client could send it in a header." })
  .min(24, {
    error: "is shorter than 24 characters, so it could be guessed. Make one with: openssl rand -base64 32",
  });

const apiKey = z.strictObject({
  name: z.string().min(1),
  key,
  scopes: z.array(z.enum(SCOPES)).min(1),
  connections: z.array(z.string()).min(1).optional(),
  defaultConnection: z.string().optional(),
});

/** What every connection has; the rest of it is for the vendor's own schema. */
export const connectionShape = z.looseObject({
  id,
  vendor: z.string().min(1),
  name: z.string().min(1).optional(),
  allowPrivateAddress: z.boolean().default(false),
  onUnknown: z.enum(["resend", "review"]).optional(),
  timeoutSeconds: z.number().positive().max(600).optional(),
  sync: z
    .strictObject({
      everyMinutes: z.int().min(1).max(1_440).default(5),
      fullEveryHours: z.int().min(1).max(8_760).default(24),
    })
    .optional(),
  webhook: z
    .strictObject({
      secret: z.string().min(16, { error: "is shorter than 16 characters, so it could be guessed." }),
      signatureHeader: z
        .string()
        .regex(/^[A-Za-z0-9-]+$/, { error: "is not the name of a header." })
        .optional(),
      ticketIdAt: z.array(z.string()).min(1).optional(),
    })
    .optional(),
});

const tenant = z.strictObject({
  id,
  apiKeys: z.array(apiKey).default([]),
  connections: z.array(connectionShape).default([]),
});

const limits = z.strictObject({
  bulkSyncMax: z.int().min(1).max(1000).default(50),
  bulkJobMax: z.int().min(1).max(1_000_000).default(10_000),
  requestsPerMinute: z.int().min(1).max(10_000_000).default(6000),
  queryTokens: z.int().min(100).max(100_000).default(2_000),
  queryDepth: z.int().min(3).max(100).default(10),
  queryAliases: z.int().min(0).max(10_000).default(30),
  queryDirectives: z.int().min(0).max(10_000).default(20),
  vendorCalls: z.int().min(1).max(1_000_000).default(500),
});

/** The limits of a file that names none. */
export const DEFAULT_LIMITS: z.output<typeof limits> = limits.parse({});

const seconds = (most: number) => z.number().positive().max(most);
const delivery = z.strictObject({
  quietSeconds: seconds(86_400).default(120),
  leaseSeconds: seconds(3_600).default(60),
  waitSeconds: seconds(600).default(10),
});

const host = z
  .string()
  .regex(/^((\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*)(\.[A-Za-z0-9_-]+)*|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?)$/, {
    error:
      "is not a host: write a name such as jira.acme.example, *.acme.example for all below one, or an IP address, without https:// and port.",
  });
const hosts = z.strictObject({ allow: z.array(host).default([]), allowPrivate: z.array(host).default([]) });

/** The configuration file without what vendors add. */
export const settingsShape = z.strictObject({
  tenants: z.array(tenant).min(1),
  jwt: jwtShape.optional(),
  limits: limits.default(DEFAULT_LIMITS),
  delivery: delivery.default(delivery.parse({})),
  hosts: hosts.default(hosts.parse({})),
});
