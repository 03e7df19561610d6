import type { Readable } from "node:stream";
import type { Fault } from "../domain/errors.js";

/** How one call of ours travels: who may end it, and whether it may be overtaken. */
export interface Call {
  readonly signal: AbortSignal;
  /** People wait for "interactive" calls; "background" ones give way to them. */
  readonly lane: "interactive" | "background";
  /** The moment, by the clock of `performance.now()`, after which nothing may go out any more: the end of a lease. */
  readonly notAfter?: number;
}

/** Lower-cased names, one value each (the last one wins). */
export type Headers = Readonly<Record<string, string>>;

/** How one vendor speaks: what src/http can't guess. Pure functions, no clock, no socket. */
export interface Wire<Settings> {
  /** Where the API lives, with a path prefix if there is one: `https://acme.atlassian.net`. */
  api(settings: Settings): URL;
  /** Headers that sign a request; `token` is the current access token where `token` below asks for one. */
  credentials(settings: Settings, token: string | undefined): Headers;
  /** How an access token is asked for; absent or undefined where credentials never expire. */
  token?(settings: Settings, refreshToken: string | undefined): TokenRequest | undefined;
  /** Whether a 401 speaks of the token, so that a fresh one may fare better; it does unless told. */
  refusesToken?(body: unknown): boolean;
  /** What a refusal (any status that the request doesn't accept) means. `body` is undefined where it was no JSON. */
  readFault(status: number, body: unknown): Fault;
  /** What an answer says of the vendor's limits: how long to wait and who must. */
  readLimit(status: number, headers: Headers): Limit | undefined;
  /** What an answer says of the rate that its endpoint allows, where the vendor tells one. */
  readPace?(headers: Headers): Pace | undefined;
}

/** An endpoint takes so many calls a second, and `remaining` right now. */
export interface Pace {
  readonly perSecond: number;
  readonly remaining: number;
}

/** `waitMs` from now; `scope` says who must wait: this endpoint, the whole connection, or only this thing. */
export interface Limit {
  readonly waitMs: number;
  readonly scope: "endpoint" | "connection" | "item";
}

/** An OAuth 2.0 token request, sent without credentials headers. */
export interface TokenRequest {
  readonly url: URL;
  /** How the body is written; JSON unless told. */
  readonly encoding?: "json" | "form";
  readonly body: Readonly<Record<string, string>>;
  parse(body: unknown): AccessToken;
}
export interface AccessToken {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** The next refresh token where the vendor rotates them: kept before the access token is used. */
  readonly refreshToken?: string;
}

/** What is kept of one connection's tokens between starts, and for all replicas. Moments are in milliseconds since 1970. */
export interface KeptTokens {
  /** The one that serves next, where the vendor rotates them. */
  readonly refreshToken?: string;
  /** The access token that was got last, with the moment when it was got and that of its end. */
  readonly access?: { readonly token: string; readonly from: number; readonly until: number };
}

/** Where one connection's tokens live on. */
export interface RefreshTokens {
  /**
   * Hands `work` what is kept, keeps what it gives, and resolves with that when it would outlive a crash. While it works, no other
   * renewal of this connection does, on this replica or another. When it throws, what was kept stays. `work` gives back the
   * very same object where nothing is to be kept anew.
   */
  renew(work: (kept: KeptTokens | undefined) => Promise<KeptTokens>): Promise<KeptTokens>;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface HttpRequest<T> {
  /** Names the endpoint for limits, breakers and metrics: "issue.bulk". */
  readonly operation: string;
  /** A write is never repeated once a byte may have gone out. */
  readonly kind: "read" | "write";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Segments below the API's address, not yet encoded; `.`, `..` and empty ones are refused. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly headers?: Headers;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent in place of `body`, as it comes: such a request is made once, and may take ten minutes. */
  readonly upload?: Upload;
  /** Whether this answer is one that `parse` reads; default: every 2xx. Anything else goes to `readFault`. */
  accept?(status: number, body: unknown): boolean;
  /** Reads the JSON body (undefined where the answer had none). What it throws becomes BAD_RESPONSE. */
  parse(body: unknown, answer: { readonly status: number; readonly headers: Headers }): T;
}

/** Bytes on their way to a vendor. */
export interface Upload {
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** An answer whose bytes are read as they come; whoever doesn't read them to the end must destroy them. */
export interface Opened {
  readonly headers: Headers;
  readonly bytes: Readable;
}

/** The one door to the network. Throws only VendorError; retries, waits and gives up by itself. */
export interface Http {
  send<T>(request: HttpRequest<T>, call: Call): Promise<T>;
  /** The bytes of a 2xx answer as they come, however many; what breaks them off later is an error of the stream. */
  open(request: Omit<HttpRequest<never>, "parse" | "accept" | "kind">, call: Call): Promise<Opened>;
  /**
   * The same door opened anew: limits, breakers and sockets of earlier calls hold nothing back, and no call is made twice.
   * Whoever asked for it closes it.
   */
  anew(events: HttpEvents): Http;
  /** Ends idle sockets; calls under way finish first. */
  close(): Promise<void>;
}

/** One call as it goes out. */
export interface CallBegun {
  readonly operation: string;
  readonly kind: "read" | "write";
  readonly method: HttpRequest<unknown>["method"];
  /** 1 for the first time. */
  readonly attempt: number;
}

/** What became of it. */
export interface CallEnded extends CallBegun {
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  readonly ms: number;
  /** The answer's own `Date`, where it has one. */
  readonly date?: string | undefined;
  /** Why there was no answer. */
  readonly code?: string;
}

/** A call that somebody follows. */
interface FollowedCall {
  /** Headers that go along with it. */
  readonly headers: Headers;
  end(call: CallEnded): void;
}

/** What the mechanisms tell of themselves; src/server turns it into logs, metrics and spans. */
export interface HttpEvents {
  /** A call is about to go out; undefined where nobody follows it. */
  follow?(call: CallBegun): FollowedCall | undefined;
  onCall?(call: CallEnded): void;
  onRetry?(event: { readonly operation: string; readonly attempt: number; readonly waitMs: number }): void;
  onWait?(event: { readonly operation: string; readonly waitMs: number; readonly scope: Limit["scope"] }): void;
  onBreaker?(event: { readonly operation: "read" | "write"; readonly state: "open" | "half-open" | "closed" }): void;
}
