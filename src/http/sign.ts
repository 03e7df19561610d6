import { openPool, type AgentOptions } from "./agent.js";
import type { Clock } from "./clock.js";
import { withDeadline } from "./deadline.js";
import { exchange } from "./exchange.js";
import { failureOf } from "./failure.js";
import type { AccessToken, Headers, RefreshTokens, TokenRequest, Wire } from "./http.js";
import { readAnswer } from "./read-answer.js";
import { readJson } from "./read-body.js";
import { TokenKeeper } from "./token.js";

/** Signs requests: with fixed credentials, or with an access token that it keeps fresh. */
export interface Signer {
  sign(): Signed | Promise<Signed>;
  /** The vendor answered 401, with this text, to what was signed so: says whether signing anew is worth a try. */
  refused(signed: Signed, text: string): boolean;
}

export interface Signed {
  readonly headers: Headers;
  readonly token?: string;
}

export interface OpenSigner<Settings> {
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
  const keeper = new TokenKeeper({ clock, refreshTokens, request, ask: (asked) => ask(open, asked) });
  return {
    async sign() {
      const token = await keeper.token();
      return { headers: wire.credentials(settings, token), token };
    },
    refused: ({ token }, text) =>
      token !== undefined && (wire.refusesToken?.(readJson(text).value) ?? true) && keeper.refused(token),
  };
}

/** Asks an authorization server for a token: rare, so its sockets live for this one call. */
async function ask<Settings>(
  open: OpenSigner<Settings>,
  { url, encoding, body, parse }: TokenRequest,
): Promise<AccessToken> {
  const pool = openPool(url, { ...open.poolOptions, connections: 1 });
  const isForm = encoding === "form";
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const headers = { "content-type": type, accept: "application/json" };
  const text = isForm ? new URLSearchParams(body).toString() : JSON.stringify(body);
  try {
    return await withDeadline(open.timeoutMs, new AbortController().signal, async (signal) => {
      const asked = { method: "POST", path: url.pathname + url.search, headers, body: text };
      const answer = await exchange(pool, asked, open.maxBytes, signal).catch((cause: unknown) => {
        throw failureOf(cause, url.host, signal.aborted);
      });
      const read = { operation: "token", kind: "write", method: "POST", path: [], parse } as const;
      return readAnswer<AccessToken, Settings>(read, answer, open.wire, url.host);
    });
  } finally {
    await pool.destroy();
  }
}
