import { randomBytes } from "node:crypto";
import type { Answer, Request } from "../answer.js";
import { isObject } from "../json.js";
import { openCodes, type Consent } from "./codes.js";

/** The credentials that a sandbox takes. */
interface Credentials {
  readonly email: string;
  readonly apiToken: string;
  readonly oauth: OAuthClient;
}
/** OAuth 2.0 (3LO): https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one that works now: each use makes a new one and ends the old. */
  refreshToken: string;
}

/** Whether a caller is known; an answer where the caller is refused. */
type Standing = "known" | "anonymous" | Answer;

/** Checks and gives out credentials. Access tokens live for `lifeMs` by the clock `now` (both in milliseconds). */
export interface Gatekeeper {
  /** `cloudId` is the site that the path named, absent on the site's own address. */
  check(request: Request, cloudId?: string): Standing;
  /** Sends a browser back with a code: whoever comes here is signed in, and agrees unless told otherwise. */
  authorize(query: URLSearchParams): Answer;
  /** Answers a request for tokens. */
  token(body: unknown): Answer;
  /** Whether people agree, and to which scopes. */
  setConsent(consent: Consent): void;
  setAccessTokenLife(lifeMs: number): void;
  /** Ends the access token of this request, as if it had grown too old. */
  forget(request: Request): void;
  /** Which scopes the app has at the site; undefined: the usual ones. */
  readonly grantedScopes: readonly string[] | undefined;
  /** How often tokens were given out. */
  readonly refreshes: number;
}

/** What Jira answers to wrong credentials, and to none where they are needed. */
export const UNAUTHORIZED: Answer = {
  status: 401,
  body: "Client must be authenticated to access this resource.",
  headers: { "www-authenticate": 'OAuth realm="https%3A%2F%2Facme.atlassian.net"' },
};
/** What the gateway for OAuth answers to a token that it doesn't know or that is too old. */
export const BAD_TOKEN: Answer = { status: 401, body: { code: 401, message: "Unauthorized" } };

export function openGatekeeper(
  { email, apiToken, oauth }: Credentials,
  { cloudId, now, lifeMs }: { cloudId: string; now: () => number; lifeMs: number },
): Gatekeeper {
  const endOf = new Map<string, number>();
  const basic = `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}`;
  let life = lifeMs;
  let refreshes = 0;
  let consent: Consent = {};
  const codes = openCodes(now);
  const tokens = (scope: string): Answer => {
    const accessToken = randomBytes(24).toString("base64url");
    for (const [token, end] of endOf) if (end <= now()) endOf.delete(token);
    endOf.set(accessToken, now() + life);
    const isOffline = scope.split(" ").includes("offline_access");
    if (isOffline) oauth.refreshToken = randomBytes(24).toString("base64url");
    return {
      status: 200,
      body: {
        access_token: accessToken,
        ...(isOffline && { refresh_token: oauth.refreshToken }),
        expires_in: Math.floor(life / 1_000),
        token_type: "Bearer",
        scope,
      },
    };
  };
  const bearerOf = ({ headers }: Request): string | undefined =>
    /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
  return {
    get refreshes() {
      return refreshes;
    },
    check(request, cloud) {
      const { authorization } = request.headers;
      const bearer = bearerOf(request);
      if (cloud !== undefined) {
        if (bearer === undefined || (endOf.get(bearer) ?? 0) <= now()) return BAD_TOKEN;
        return cloud === cloudId ? "known" : { status: 404, body: { code: 404, message: "Not Found" } };
      }
      if (authorization === undefined) return "anonymous";
      if (bearer !== undefined) return { status: 403, body: { error: "Failed to parse Connect Session Auth Token" } };
      return authorization === basic ? "known" : UNAUTHORIZED;
    },
    token(body) {
      const asked = isObject(body) ? body : {};
      if (asked.client_id !== oauth.clientId || asked.client_secret !== oauth.clientSecret)
        return { status: 401, body: { error: "access_denied", error_description: "Unauthorized" } };
      if (asked.grant_type === "authorization_code") {
        const scope = codes.take(asked);
        if (scope !== undefined) return tokens(scope);
        return { status: 403, body: { error: "invalid_grant", error_description: "Invalid authorization code" } };
      }
      if (asked.grant_type !== "refresh_token")
        return {
          status: 400,
          body: {
            error: "unsupported_grant_type",
            error_description: "Only authorization_code and refresh_token are served here.",
          },
        };
      if (asked.refresh_token !== oauth.refreshToken)
        return {
          status: 403,
          body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
        };
      refreshes += 1;
      return tokens("read:jira-work write:jira-work read:jira-user offline_access");
    },
    authorize(query) {
      if (query.get("client_id") !== oauth.clientId || query.get("audience") !== "api.atlassian.com")
        return { status: 403, body: "<h1>This app is not known, or asks for another audience.</h1>" };
      return codes.give(query, consent);
    },
    setConsent: (given) => void (consent = given),
    get grantedScopes() {
      return consent.scopes;
    },
    setAccessTokenLife: (ms) => void (life = ms),
    forget(request) {
      endOf.delete(bearerOf(request) ?? "");
    },
  };
}
