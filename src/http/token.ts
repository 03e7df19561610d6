import { VendorError } from "../domain/errors.js";
import type { Clock } from "./clock.js";
import type { AccessToken, KeptTokens, RefreshTokens, TokenRequest } from "./http.js";

/** A token is renewed this long before it ends, so that it doesn't end on the way. */
const EARLY_MS = 60_000;
/** A token so young that is refused is refused for what its owner may do, and another one would fare no better. */
const YOUNG_MS = 10_000;

interface TokenKeeperOptions {
  readonly clock: Clock;
  /** The calendar, in milliseconds since 1970: what replicas tell each other of a token's age; the machine's unless told. */
  readonly today?: () => number;
  readonly refreshTokens: RefreshTokens;
  /** How a token is asked for with this refresh token. */
  request(refreshToken: string | undefined): TokenRequest;
  /** Sends a token request and reads its answer. */
  ask(request: TokenRequest): Promise<AccessToken>;
}

/** `from` and `until` are by the keeper's own clock. */
interface Current {
  readonly accessToken: string;
  readonly from: number;
  readonly until: number;
}

/**
 * Keeps one connection's access token: one refresh at a time for all callers and all replicas, the next refresh token saved before
 * use. What another replica has just got serves here too.
 */
export class TokenKeeper {
  private current: Current | undefined;
  /** The last one that served here and doesn't any more. */
  private spent: string | undefined;
  private renewing: Promise<string> | undefined;
  private readonly today: () => number;

  constructor(private readonly options: TokenKeeperOptions) {
    this.today = options.today ?? Date.now;
  }

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
    this.spent = token;
    this.current = undefined;
    return true;
  }

  private renew(): Promise<string> {
    this.spent = this.current?.accessToken ?? this.spent;
    this.renewing ??= this.askForOne().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async askForOne(): Promise<string> {
    const { refreshTokens } = this.options;
    const { access } = await refreshTokens.renew(async (kept) =>
      kept && this.serves(kept) ? kept : this.keepable(await this.answer(kept?.refreshToken), kept),
    );
    if (!access) throw new Error("What keeps the tokens gave back none.");
    this.current = this.timed(access);
    return access.token;
  }

  /** Whether what is kept is another replica's fresh token: one that served here already has been refused, or is about to end. */
  private serves({ access }: KeptTokens): boolean {
    return access !== undefined && access.token !== this.spent && access.until - earlyMs(access) > this.today();
  }

  private keepable({ accessToken, expiresInMs, refreshToken }: AccessToken, kept: KeptTokens | undefined): KeptTokens {
    const from = this.today();
    const next = refreshToken ?? kept?.refreshToken;
    return {
      ...(next !== undefined && { refreshToken: next }),
      access: { token: accessToken, from, until: from + expiresInMs },
    };
  }

  private timed(access: NonNullable<KeptTokens["access"]>): Current {
    const now = this.options.clock.now();
    const today = this.today();
    // One from the future was got by a replica whose clock differs: its age isn't known, so it isn't taken for young.
    const ageMs = access.from > today ? YOUNG_MS : today - access.from;
    const until = now + (access.until - earlyMs(access) - today);
    return { accessToken: access.token, from: now - ageMs, until };
  }

  private async answer(refreshToken: string | undefined): Promise<AccessToken> {
    try {
      return await this.options.ask(this.options.request(refreshToken));
    } catch (error) {
      if (!(error instanceof VendorError) || !refusesGrant(error)) throw error;
      const message =
        "The vendor gives this connection no new access token. Check its client and its refresh token, and connect it again.";
      throw new VendorError({ code: "AUTH", message }, "no", { status: error.info.status, cause: error });
    }
  }
}

function earlyMs({ from, until }: { readonly from: number; readonly until: number }): number {
  return Math.min(EARLY_MS, (until - from) / 2);
}

/** A redirect, a limit or a fault of its own says nothing of the client. */
function refusesGrant({ code, info: { status = 0 } }: VendorError): boolean {
  return status >= 400 && status < 500 && code !== "RATE_LIMITED";
}
