import { LRUCache } from "lru-cache";
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { unavailable, wrongToken, type Authentication, type AuthRefusal } from "./authentication.js";
import { callerOfClaims, type ClaimNames } from "./claims.js";

/** Whose tokens are taken, and what in them says what. */
export interface JwtSettings extends ClaimNames {
  readonly issuer: string;
  /** A token must name one of these. */
  readonly audience: string | readonly string[];
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string;
}

interface JwtOptions {
  /** Whether a tenant is served here. */
  hasTenant(tenantId: string): boolean;
  /** A key that isn't among those that were fetched may be a new one: so often they are fetched again for it, in milliseconds; default 30 s. */
  readonly cooldownMs?: number;
}

/** Who presents a token, by the token and its hash; never throws. */
export type VerifyToken = (token: string, hash: string) => Authentication | Promise<Authentication>;

/** Signatures that only the issuer can make: never "none", and never HS256, by which a published key would be a password. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
/** How far the issuer's clock may be off, in seconds. */
const TOLERANCE_S = 30;
/** A token that was found good is good for so long without looking again, in milliseconds. */
const REMEMBERED_MS = 60_000;
/** So many tokens are remembered. */
const KEPT = 10_000;

/** Whether a text has the three parts of a signed token. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** Judges tokens by the keys that their issuer publishes, which are fetched when they are needed and kept for ten minutes. */
export function openJwt(settings: JwtSettings, { hasTenant, cooldownMs = 30_000 }: JwtOptions): VerifyToken {
  const { issuer, audience, jwksUrl } = settings;
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3_000, cooldownDuration: cooldownMs });
  const options = {
    issuer,
    audience: typeof audience === "string" ? audience : [...audience],
    algorithms: ALGORITHMS,
    clockTolerance: TOLERANCE_S,
    requiredClaims: ["exp", "sub"],
  };
  const good = new LRUCache<string, Authentication>({ max: KEPT });

  const judge = async (token: string, hash: string): Promise<Authentication> => {
    try {
      const payload = await verified(token, keys, options);
      const answer = callerOfClaims(payload, settings, hasTenant);
      const left = ((payload.exp ?? 0) + TOLERANCE_S) * 1_000 - Date.now();
      if ("caller" in answer && left >= 1) good.set(hash, answer, { ttl: Math.floor(Math.min(left, REMEMBERED_MS)) });
      return answer;
    } catch (error) {
      return { refused: refusalOf(error, settings) };
    }
  };
  return (token, hash) => good.get(hash) ?? judge(token, hash);
}

type Options = NonNullable<Parameters<typeof jwtVerify>[2]>;

async function verified(token: string, keys: JWTVerifyGetKey, options: Options): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // A token that doesn't say which of several keys it was signed with.
    for await (const key of error)
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (inner) {
        if (!(inner instanceof errors.JWSSignatureVerificationFailed)) throw inner;
      }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** Of a token that doesn't hold, the first thing that is wrong with it; anything else is the fault of those who should give the keys. */
function refusalOf(error: unknown, { issuer, audience }: JwtSettings): AuthRefusal {
  if (error instanceof errors.JWTExpired) return wrongToken("The token has expired. Get a fresh one from its issuer.");
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error;
    if (claim === "iss" && reason !== "missing")
      return wrongToken(
        `The token is from another issuer. Only those of "${issuer}" are taken here.`,
        "The token is from another issuer than is taken here.",
      );
    if (claim === "aud" && reason !== "missing") {
      const ours = [audience].flat().join('" or "');
      return wrongToken(
        `The token is for another audience. Ask its issuer for one for "${ours}".`,
        "The token is for another audience than this API.",
      );
    }
    if (claim === "nbf" && reason !== "invalid")
      return wrongToken("The token is not valid yet. Check its issuer's clock.");
    return wrongToken(`The token's claim "${claim}" is missing or can't be read. Ask its issuer for one that has it.`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return wrongToken(
      `The token is signed in a way that isn't taken here. Taken are: ${ALGORITHMS.join(", ")}.`,
      "The token is signed in a way that isn't taken here.",
    );
  if (isTokensFault(error))
    return wrongToken(
      `The token's signature is not one of its issuer's, or the token is damaged. Get a fresh one from "${issuer}".`,
      "The token's signature is not one of its issuer's, or the token is damaged.",
    );
  return unavailable(
    "The keys of the token's issuer can't be fetched, so the token can't be checked. Ask again in a while.",
  );
}

function isTokensFault(error: unknown): boolean {
  return [
    errors.JWSSignatureVerificationFailed,
    errors.JWKSNoMatchingKey,
    errors.JWSInvalid,
    errors.JWTInvalid,
    errors.JOSENotSupported,
  ].some((kind) => error instanceof kind);
}
