import type { AgentOptions } from "./agent.js";
import { ask } from "./ask.js";
import type { Clock } from "./clock.js";
import type { Headers, RefreshTokens, TokenRequest, Wire } from "./http.js";
import { readJson } from "./read-json.js";
import { TokenKeeper } from "./token.js";

/** Signs requests: with fixed credentials, or with an access token that it keeps fresh. */
export interface Signer {
  sign(): Signed | Promise<Signed>;
  /** The vendor answered 401, with this body, to what was signed so: says whether signing anew is worth a try. */
  refused(signed: Signed, body: Buffer): boolean;
}

export interface Signed {
  readonly headers: Headers;
  readonly token?: string;
}

interface OpenSigner<Settings> {
  readonly wire: Wire<Settings>;
  readonly settings: Settings;
  readonly refreshTokens: RefreshTokens;
  readonly clock: Clock;
  readonly poolOptions: AgentOptions;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export function openSigner<Settings>(open: OpenSigner<Settings>): Signer {
  const { wire, settings, refreshTokens, clock } = open;
  if (wire.token?.(settings, undefined) === undefined) {
    const fixed = wire.credentials(settings, undefined);
    return { sign: () => ({ headers: fixed }), refused: () => false };
  }
  const request = (refreshToken: string | undefined): TokenRequest =>
    wire.token?.(settings, refreshToken) as TokenRequest;
  const keeper = new TokenKeeper({
    clock,
    refreshTokens,
    request,
    ask: (asked) => ask({ method: "POST", ...asked }, open),
  });
  return {
    async sign() {
      const token = await keeper.token();
      return { headers: wire.credentials(settings, token), token };
    },
    refused: ({ token }, body) =>
      token !== undefined && (wire.refusesToken?.(readJson(body).value) ?? true) && keeper.refused(token),
  };
}
