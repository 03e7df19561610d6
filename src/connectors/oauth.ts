import type { ZodType } from "zod";
import type { Aside } from "../http/ask.js";
import type { TokenRequest } from "../http/http.js";

/** How a person lets the gateway use an account of theirs: OAuth 2.0's code flow as one vendor speaks it. Pure descriptions. */
export interface OAuthFlow {
  /** Checks what a connection says of its app, fills in where its vendor lives, and leaves out what was granted before. */
  readonly client: ZodType<OAuthClient>;
  /** Where the person's browser is sent to be asked. */
  authorizeUrl(
    client: OAuthClient,
    asked: { readonly redirectUri: string; readonly state: string; readonly codeChallenge: string },
  ): URL;
  /** Exchanges the code that the browser brought back; `parse` gives a refresh token where the vendor grants one. */
  codeRequest(
    client: OAuthClient,
    got: { readonly code: string; readonly redirectUri: string; readonly codeVerifier: string },
  ): TokenRequest;
  /** Which sites the person let us into. */
  sites(client: OAuthClient, accessToken: string): Aside<readonly OAuthSite[]>;
  /** Without one of these the account is of no use. */
  readonly scopes: readonly string[];
  /** What becomes of the connection's credentials. */
  credentials(client: OAuthClient, granted: { readonly refreshToken: string; readonly siteId: string }): unknown;
}

/** The app that asks, and for which site. Addresses are origins. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The site that the connection is to, as people open it. */
  readonly baseUrl: string;
  readonly authUrl: string;
  readonly apiUrl: string;
}

/** A site that a person let us into. */
export interface OAuthSite {
  readonly id: string;
  /** As people open it. */
  readonly url: string;
  readonly name: string;
  readonly scopes: readonly string[];
}
