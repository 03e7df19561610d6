import type { JWTPayload } from "jose";
import { isScope, type Scope } from "../domain/caller.js";
import { wrongToken, type Authentication } from "./authentication.js";

/** Where a token says what: each the name of a claim, or a path of names with dots (realm_access.roles). */
export interface ClaimNames {
  readonly tenantClaim: string;
  /** Scopes in one text with spaces, or in a list. */
  readonly scopeClaim: string;
  readonly rolesClaim?: string;
  /** The scopes of each role. */
  readonly roles: Readonly<Record<string, readonly Scope[]>>;
  /** Ids of connections; without it, tokens are for all of their tenant's. */
  readonly connectionsClaim?: string;
}

/** The longest subject that is kept, in characters: it goes into logs. */
const SUBJECT_MAX = 200;

/** The caller that a token stands for whose signature is good. What isn't a word of ours among its scopes is left out. */
export function callerOfClaims(
  claims: JWTPayload,
  { tenantClaim, scopeClaim, rolesClaim, roles, connectionsClaim }: ClaimNames,
  hasTenant: (tenantId: string) => boolean,
): Authentication {
  const tenantId = claimOf(claims, tenantClaim);
  if (typeof tenantId !== "string" || tenantId === "")
    return refused(`The token names no tenant. Its issuer must write one into the claim "${tenantClaim}".`);
  if (!hasTenant(tenantId)) return refused("The token names a tenant that is not served here.");
  const subject = (claims.sub ?? "").slice(0, SUBJECT_MAX);
  if (subject === "") return refused('The token names no subject. Its issuer must write one into the claim "sub".');
  const granted = words(claimOf(claims, scopeClaim)).filter(isScope);
  const byRole = words(rolesClaim && claimOf(claims, rolesClaim)).flatMap((role) =>
    Object.hasOwn(roles, role) ? (roles[role] ?? []) : [],
  );
  return {
    caller: {
      tenantId,
      name: subject,
      keyId: `jwt:${subject}`,
      scopes: new Set([...granted, ...byRole]),
      connections: connectionsClaim === undefined ? "all" : new Set(words(claimOf(claims, connectionsClaim))),
    },
  };
}

/** A claim by its name; one with dots may also be a path. */
function claimOf(claims: unknown, name: string): unknown {
  if (typeof claims !== "object" || claims === null) return undefined;
  if (Object.hasOwn(claims, name)) return (claims as Readonly<Record<string, unknown>>)[name];
  const dot = name.indexOf(".");
  if (dot < 0) return undefined;
  const first = name.slice(0, dot);
  if (!Object.hasOwn(claims, first)) return undefined;
  return claimOf((claims as Readonly<Record<string, unknown>>)[first], name.slice(dot + 1));
}

function words(claim: unknown): readonly string[] {
  if (typeof claim === "string") return claim.split(/\s+/).filter(Boolean);
  return Array.isArray(claim) ? claim.filter((one) => typeof one === "string") : [];
}

function refused(message: string): Authentication {
  return { refused: wrongToken(message) };
}
