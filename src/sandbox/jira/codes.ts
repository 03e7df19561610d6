import { createHash, randomBytes } from "node:crypto";
import type { Answer } from "../answer.js";
import type { JsonObject } from "../json.js";

/** How long a code can be exchanged, in milliseconds. */
const LIFE_MS = 600_000;

/** What people say when an app asks for access; yes to all that it asks for unless told. */
export interface Consent {
  readonly isGiven?: boolean;
  /** Those that the app has of the ones that it asks for; all of them unless told. */
  readonly scopes?: readonly string[];
}

/** Authorization codes, each good for one exchange: https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
interface Codes {
  /** Sends a browser back to where the app said, with a code or with the word that there is none. */
  give(query: URLSearchParams, consent: Consent): Answer;
  /** The scopes that a code is for; undefined where it isn't one, or doesn't fit what it was asked for with. */
  take(asked: JsonObject): string | undefined;
}

/** `now` is in milliseconds since 1970. */
export function openCodes(now: () => number): Codes {
  const given = new Map<string, { redirectUri: string; challenge: string | null; scope: string; endsAt: number }>();
  return {
    give(query, { isGiven = true }) {
      const redirectUri = query.get("redirect_uri") ?? "";
      if (!URL.canParse(redirectUri) || query.get("response_type") !== "code")
        return { status: 400, body: "<h1>redirect_uri and response_type=code are required.</h1>" };
      const challenge = query.get("code_challenge");
      if (challenge !== null && query.get("code_challenge_method") !== "S256")
        return { status: 400, body: "<h1>code_challenge_method must be S256.</h1>" };
      const code = randomBytes(24).toString("base64url");
      if (isGiven)
        given.set(code, { redirectUri, challenge, scope: query.get("scope") ?? "", endsAt: now() + LIFE_MS });
      const back = new URL(redirectUri);
      const state = query.get("state");
      if (state !== null) back.searchParams.set("state", state);
      if (isGiven) back.searchParams.set("code", code);
      else {
        back.searchParams.set("error", "access_denied");
        back.searchParams.set("error_description", "User did not authorize the request");
      }
      return { status: 302, headers: { location: back.href } };
    },
    take({ code, redirect_uri: redirectUri, code_verifier: verifier }) {
      const found = given.get(String(code));
      // Whoever tries a code, rightly or not, has used it.
      given.delete(String(code));
      if (!found || found.endsAt <= now() || found.redirectUri !== redirectUri) return undefined;
      const challenge = createHash("sha256").update(String(verifier)).digest("base64url");
      return found.challenge === null || found.challenge === challenge ? found.scope : undefined;
    },
  };
}
