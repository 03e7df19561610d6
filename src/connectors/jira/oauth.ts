import { z } from "zod";
import type { AccessToken } from "../../http/http.js";
import type { OAuthFlow } from "../oauth.js";
import { origin } from "./settings.js";
import { Token } from "./wire.js";

const API_URL = "https://api.atlassian.com";
const SCOPES = ["read:jira-work", "write:jira-work", "read:jira-user"];
const Sites = z.array(
  z.looseObject({ id: z.string(), url: z.string(), name: z.string(), scopes: z.array(z.string()) }),
);

/** Reads a token answer: https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens/: each refresh token serves once. */
export function readToken(body: unknown): AccessToken {
  const { access_token, expires_in, refresh_token } = Token.parse(body);
  return {
    accessToken: access_token,
    expiresInMs: expires_in * 1_000,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
  };
}

/** OAuth 2.0 (3LO): https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
export const jiraOAuth: OAuthFlow = {
  scopes: SCOPES,
  client: z.object({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    baseUrl: origin,
    authUrl: origin.default("https://auth.atlassian.com"),
    apiUrl: origin.default(API_URL),
  }),
  authorizeUrl({ clientId, authUrl }, { redirectUri, state, codeChallenge }) {
    const url = new URL("/authorize", authUrl);
    const query = {
      audience: new URL(API_URL).host,
      client_id: clientId,
      // Without offline_access there would be no refresh token.
      scope: [...SCOPES, "offline_access"].join(" "),
      redirect_uri: redirectUri,
      state,
      response_type: "code",
      prompt: "consent",
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
    };
    url.search = new URLSearchParams(query).toString();
    return url;
  },
  codeRequest: ({ clientId, clientSecret, authUrl }, { code, redirectUri, codeVerifier }) => ({
    url: new URL("/oauth/token", authUrl),
    body: {
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    },
    parse: readToken,
  }),
  sites: ({ apiUrl }, accessToken) => ({
    url: new URL("/oauth/token/accessible-resources", apiUrl),
    method: "GET",
    headers: { authorization: `Bearer ${accessToken}` },
    parse: (body) => Sites.parse(body),
  }),
  credentials: ({ clientId, clientSecret, authUrl, apiUrl }, { refreshToken, siteId }) => ({
    oauth: { clientId, clientSecret, refreshToken, cloudId: siteId, authUrl, apiUrl },
  }),
};
