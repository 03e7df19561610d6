import { z } from "zod";
import { SCOPES, type Scope } from "../domain/caller.js";

/** Whose tokens are taken, and what in them says what. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string | readonly string[];
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string;
  /** Which claim names the tenant; default "tenant". */
  readonly tenantClaim: string;
  /** Which claim holds the scopes; default "scope". */
  readonly scopeClaim: string;
  readonly rolesClaim?: string;
  /** The scopes of each role. */
  readonly roles: Readonly<Record<string, readonly Scope[]>>;
  /** Which claim holds the ids of the connections that the token is for; without it, all of the tenant's. */
  readonly connectionsClaim?: string;
}

const text = z.string().min(1);

export const jwtShape = z
  .strictObject({
    issuer: text,
    audience: z.union([text, z.array(text).min(1)]),
    jwksUrl: z.string().refine(isSafe, {
      error:
        "must be an address that begins with https:// (http:// only on this machine): whoever can change the keys on their way can sign tokens.",
    }),
    tenantClaim: text.default("tenant"),
    scopeClaim: text.default("scope"),
    rolesClaim: text.optional(),
    roles: z.record(z.string(), z.array(z.enum(SCOPES)).min(1)).default({}),
    connectionsClaim: text.optional(),
  })
  .refine(({ rolesClaim, roles }) => rolesClaim !== undefined || Object.keys(roles).length === 0, {
    path: ["roles"],
    error: "mean nothing without rolesClaim. Say which claim holds a token's roles.",
  });

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}
