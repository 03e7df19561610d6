import { VendorError } from "../domain/errors.js";
import type { Clock } from "./clock.js";
import type { AccessToken, RefreshTokens, TokenRequest } from "./http.js";

/** A token is renewed this long before it ends, so that it doesn't end on the way. */
const EARLY_MS = 60_000;
/** A token so young that is refused is refused for what its owner may do, and another one would fare no better. */
const YOUNG_MS = 10_000;

export interface TokenKeeperOptions {
  readonly clock: Clock;
  readonly refreshTokens: RefreshTokens;
  /** How a token is asked for with this refresh token. */
  request(refreshToken: string | undefined): TokenRequest;
  /** Sends a token request and reads its answer. */
  ask(request: TokenRequest): Promise<AccessToken>;
}

/** Keeps one connection's access token: one refresh at a time for all callers, the next refresh token saved before use. */
export class TokenKeeper {
  private current: { readonly accessToken: string; readonly from: number; readonly until: number } | undefined;
  private renewing: Promise<string> | undefined;

  constructor(private readonly options: TokenKeeperOptions) {}

  /** A token that holds. Throws VendorError when the vendor gives none. */
  token(): Promise<string> | string {
    if (this.current && this.current.until > this.options.clock.now()) return this.current.accessToken;
    return this.renew();
  }

  /** Says that the vendor refused this token, and answers whether it is worth a try with the next `token()`. */
  refused(token: string): boolean {
    const { current } = this;
    if (current?.accessToken !== token) return true;
    if (this.options.clock.now() - current.from < YOUNG_MS) return false;
    this.current = undefined;
    return true;
  }

  private renew(): Promise<string> {
    this.renewing ??= this.askForOne().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async askForOne(): Promise<string> {
    const { refreshTokens, clock } = this.options;
    const token = await this.answer(await refreshTokens.load());
    if (token.refreshToken !== undefined) await refreshTokens.save(token.refreshToken);
    const life = token.expiresInMs - Math.min(EARLY_MS, token.expiresInMs / 2);
    const from = clock.now();
    this.current = { accessToken: token.accessToken, from, until: from + life };
    return token.accessToken;
  }

  private async answer(refreshToken: string | undefined): Promise<AccessToken> {
    try {
      return await this.options.ask(this.options.request(refreshToken));
    } catch (error) {
      if (!(error instanceof VendorError) || error.info.status === undefined || error.info.status >= 500) throw error;
      const message =
        "The vendor gives this connection no new access token. Check its client and its refresh token, and connect it again.";
      throw new VendorError({ code: "AUTH", message }, "no", { status: error.info.status, cause: error });
    }
  }
}
