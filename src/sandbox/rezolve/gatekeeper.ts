import { randomBytes } from "node:crypto";
import type { Answer, Request } from "../answer.js";
import { isObject } from "../json.js";
import { TENANT_ID } from "./state.js";
import { NO_TENANT, refuse } from "./words.js";

/** The credentials that the sandbox takes. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  /** A token that never ends, of an account with the role ticket_agent. */
  readonly token: string;
  /** The same without any role: it may read. */
  readonly bareToken: string;
}

/** Checks and gives out tokens. */
export interface Gatekeeper {
  check(request: Request): Answer | undefined;
  mayWrite(request: Request): boolean;
  token(body: unknown): Answer;
  /** Ends the access token of this request, as if it had grown too old. */
  forget(request: Request): void;
  /** How often tokens were given out. */
  readonly tokensGiven: number;
}

export const REALM = "acme";
export const EXPIRED = refuse(401, "TOKEN_EXPIRED", "The token has expired");

/** Tokens live for `lifeMs` by the clock `now`. */
export function openGatekeeper(own: Credentials, now: () => number, lifeMs: () => number): Gatekeeper {
  const endOf = new Map<string, number>([
    [own.token, Infinity],
    [own.bareToken, Infinity],
  ]);
  let tokensGiven = 0;
  const bearer = ({ headers }: Request): string => /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  return {
    get tokensGiven() {
      return tokensGiven;
    },
    check(request) {
      const { headers } = request;
      const isKnown = headers["x-api-key"] === own.apiKey || (endOf.get(bearer(request)) ?? 0) > now();
      if (!isKnown) return EXPIRED;
      return headers["x-tenantid"] === TENANT_ID && headers["realmname"] === REALM ? undefined : NO_TENANT;
    },
    mayWrite: (request) => bearer(request) !== own.bareToken,
    token(body) {
      const asked = isObject(body) ? body : {};
      if (asked["grant_type"] !== "client_credentials")
        return { status: 400, body: { error: "unsupported_grant_type" } };
      if (asked["client_id"] !== own.clientId || asked["client_secret"] !== own.clientSecret)
        return {
          status: 401,
          body: { error: "unauthorized_client", error_description: "Invalid client or Invalid client credentials" },
        };
      const token = randomBytes(24).toString("base64url");
      endOf.set(token, now() + lifeMs());
      tokensGiven += 1;
      return {
        status: 200,
        body: { access_token: token, expires_in: Math.floor(lifeMs() / 1_000), token_type: "Bearer" },
      };
    },
    forget(request) {
      const token = bearer(request);
      if (token !== own.token && token !== own.bareToken) endOf.delete(token);
    },
  };
}
