import type { Readable } from "node:stream";
import { VendorError } from "../domain/errors.js";
import { openPool } from "./agent.js";
import { Breaker } from "./breaker.js";
import { RetryBudget } from "./budget.js";
import { systemClock, type Clock } from "./clock.js";
import { withDeadline } from "./deadline.js";
import { exchange, openExchange, type WireAnswer } from "./exchange.js";
import { failureOf } from "./failure.js";
import type { Lookup } from "./guard.js";
import type { Call, CallEnded, Http, HttpEvents, HttpRequest, Opened, RefreshTokens, Wire } from "./http.js";
import { Pacer } from "./pacer.js";
import { checkHeaders, pathOf } from "./path.js";
import { readAnswer } from "./read-answer.js";
import { ATTEMPTS, mayRepeat, waitBefore } from "./retry.js";
import { openSigner, type Signed, type Signer } from "./sign.js";

export interface HttpOptions {
  /** From the call to the whole answer, all attempts and waits included, in milliseconds. Default 30,000. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** The largest answer that is read, inflated. Default 10 MB. */
  readonly maxBytes: number;
  readonly connections: number;
  readonly concurrency: number;
  readonly keepAliveMs: number;
  readonly breakerFailures: number;
  readonly breakerPauseMs: number;
  /** Retries earned by each call, and how many may be saved up. */
  readonly retriesPerCall: number;
  readonly retriesSaved: number;
}
const DEFAULTS: HttpOptions = {
  timeoutMs: 30_000,
  connectTimeoutMs: 5_000,
  maxBytes: 10_000_000,
  connections: 16,
  concurrency: 10,
  keepAliveMs: 4_000,
  breakerFailures: 5,
  breakerPauseMs: 5_000,
  retriesPerCall: 0.05,
  retriesSaved: 20,
};

/** How long a file may take on its way to the vendor, in milliseconds. */
const UPLOAD_MS = 600_000;

export interface OpenHttp<Settings> {
  readonly wire: Wire<Settings>;
  readonly settings: Settings;
  /** Whether the vendor may live outside the public internet; or of which of its addresses that is so. */
  readonly allowPrivateAddress: boolean | ((url: URL) => boolean);
  /** How names become addresses; the system's way unless told. */
  readonly lookup?: Lookup;
  readonly refreshTokens: RefreshTokens;
  readonly events?: HttpEvents;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly options?: Partial<HttpOptions>;
}

/** The door to one connection's vendor. Throws ForbiddenAddress when the vendor's address may not be dialled. */
export function openHttp<Settings>(open: OpenHttp<Settings>): Http {
  const { wire, settings, events = {}, clock = systemClock, random = Math.random } = open;
  const options = { ...DEFAULTS, ...open.options };
  const api = wire.api(settings);
  const prefix = api.pathname.replace(/\/$/, "");
  const poolOptions = { ...options, allowPrivateAddress: open.allowPrivateAddress, lookup: open.lookup };
  const pool = openPool(api, poolOptions);
  const signer: Signer = openSigner({
    ...open,
    clock,
    poolOptions,
    maxBytes: options.maxBytes,
    timeoutMs: options.timeoutMs,
  });
  const pacer = new Pacer(clock, options.concurrency);
  const budget = new RetryBudget(options.retriesPerCall, options.retriesSaved);
  const breaker = (operation: "read" | "write"): Breaker =>
    new Breaker(clock, { failures: options.breakerFailures, pauseMs: options.breakerPauseMs }, (state) =>
      events.onBreaker?.({ operation, state }),
    );
  const breakers = { read: breaker("read"), write: breaker("write") };

  /**
   * Waits for a free place that the vendor's limits leave open, and takes it: whoever got it must `leave`. Limits are asked
   * again whenever a place is free, since they may have been told meanwhile. Fails at once when that is beyond the deadline.
   */
  async function enter(
    { operation, kind }: HttpRequest<unknown>,
    lane: Call["lane"],
    until: number,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      await pacer.enter(lane, signal);
      const { waitMs, scope } = pacer.hold(operation, lane);
      if (waitMs === 0) break;
      pacer.leave();
      if (clock.now() + waitMs > until) {
        const message = `${api.host} takes no more of these calls for another ${Math.ceil(waitMs / 1_000)} s.`;
        throw new VendorError({ code: "RATE_LIMITED", message }, "no", { retryAfterMs: waitMs });
      }
      events.onWait?.({ operation, waitMs, scope });
      await clock.sleep(waitMs, signal);
    }
    const broken = breakers[kind].waitMs();
    if (broken > 0) {
      pacer.leave();
      const message = `${api.host} has failed several times in a row and is left alone for another ${Math.ceil(broken / 1_000)} s.`;
      throw new VendorError({ code: "UNAVAILABLE", message }, "no", { retryAfterMs: broken });
    }
  }

  async function attempt(
    request: HttpRequest<unknown>,
    path: string,
    body: string | undefined,
    signed: Signed,
    signal: AbortSignal,
    { notAfter = Infinity }: Call,
    receive: typeof openExchange,
    number: number,
  ): Promise<WireAnswer & { readonly stream?: Readable }> {
    const { upload, operation, kind, method } = request;
    const begun = { operation, kind, method, attempt: number };
    const followed = events.follow?.(begun);
    const headers = checkHeaders({
      accept: "application/json",
      "accept-encoding": "gzip, deflate, br",
      ...request.headers,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(upload && { "content-type": upload.contentType }),
      ...followed?.headers,
      ...signed.headers,
    });
    const began = clock.now();
    const tell = (end: Pick<CallEnded, "status" | "date" | "code">): void => {
      const ended = { ...begun, ms: clock.now() - began, ...end };
      events.onCall?.(ended);
      followed?.end(ended);
    };
    // A process that stood still may wake up long after its lease: the last moment to notice is when the bytes go out.
    const lastCheck = (): void => {
      if (clock.now() <= notAfter) return;
      const message = `The call to ${api.host} came too late and was not sent.`;
      throw new VendorError({ code: "TIMEOUT", message }, "no");
    };
    try {
      lastCheck();
      const wireRequest = {
        method,
        path,
        headers,
        body: upload?.bytes ?? body,
        ...(notAfter < Infinity && { lastCheck }),
      };
      const answer = await receive(pool, wireRequest, options.maxBytes, signal);
      tell({ status: answer.status, date: answer.headers["date"] });
      return answer;
    } catch (cause) {
      const error = failureOf(cause, api.host, signal.aborted);
      tell({ status: undefined, code: error.code });
      throw error;
    }
  }

  /** Whatever goes wrong while a token is asked for, the request itself has not been sent. */
  async function sign(): Promise<Signed> {
    try {
      return await signer.sign();
    } catch (error) {
      if (error instanceof VendorError) throw new VendorError(error, "no", error.info);
      throw error;
    }
  }

  async function once<T>(
    request: HttpRequest<T>,
    path: string,
    body: string | undefined,
    signal: AbortSignal,
    call: Call,
    receive: typeof openExchange,
    number: number,
  ): Promise<T> {
    const health = breakers[request.kind];
    try {
      const signed = await sign();
      let answer = await attempt(request, path, body, signed, signal, call, receive, number);
      // A 401 did nothing: with a token that may just have ended, one more try with a fresh one is safe for writes too.
      if (answer.status === 401 && signer.refused(signed, answer.body) && !request.upload)
        answer = await attempt(request, path, body, await sign(), signal, call, receive, number + 1);
      const limit = wire.readLimit(answer.status, answer.headers);
      if (limit) pacer.note(request.operation, limit);
      const pace = wire.readPace?.(answer.headers);
      if (pace) pacer.pace(request.operation, pace);
      if (answer.status < 500) health.succeeded();
      if (answer.stream) return { headers: answer.headers, bytes: answer.stream } as T;
      return readAnswer(request, answer, wire, api.host);
    } catch (error) {
      // A caller who gave up says nothing of the vendor's health.
      if (error instanceof VendorError && isDown(error) && !call.signal.aborted) health.failedOnce();
      throw error;
    }
  }

  async function send<T>(request: HttpRequest<T>, call: Call, receive: typeof openExchange = exchange): Promise<T> {
    const path = pathOf(prefix, request.path, request.query);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const timeoutMs = request.upload ? UPLOAD_MS : options.timeoutMs;
    const until = clock.now() + timeoutMs;
    budget.earn();
    return withDeadline(timeoutMs, call.signal, async (signal) => {
      for (let attempts = 1; ; attempts += 1) {
        try {
          await enter(request, call.lane, until, signal);
          const answered = pacer.begin(request.operation);
          try {
            return await once(request, path, body, signal, call, receive, attempts);
          } finally {
            answered();
            pacer.leave();
          }
        } catch (cause) {
          const error = cause instanceof VendorError ? cause : unsent(cause, signal, api.host);
          const waitMs = waitBefore(attempts, error, random);
          const isOnce = attempts >= ATTEMPTS || request.upload !== undefined;
          const isLast = isOnce || !mayRepeat(request.kind, error) || clock.now() + waitMs > until;
          if (isLast || !budget.spend()) throw error;
          events.onRetry?.({ operation: request.operation, attempt: attempts, waitMs });
          await clock.sleep(waitMs, signal).catch(() => {
            throw error;
          });
        }
      }
    });
  }

  return {
    send: (request, call) => send(request, call),
    open: (request, call) =>
      send<Opened>({ ...request, kind: "read", parse: () => ({}) as Opened }, call, openExchange),
    anew: (more) =>
      openHttp({
        ...open,
        events: {
          ...(events.follow && { follow: events.follow }),
          onCall(event) {
            events.onCall?.(event);
            more.onCall?.(event);
          },
        },
        options: { ...open.options, retriesPerCall: 0, retriesSaved: 0 },
      }),
    async close() {
      await pool.close();
    },
  };
}

function isDown(error: VendorError): boolean {
  return error.code === "TIMEOUT" || (error.code === "UNAVAILABLE" && (error.info.status ?? 500) >= 500);
}

/** What ended a call while it waited for its turn. Anything but the end of its time is a bug of ours, and stays one. */
function unsent(cause: unknown, signal: AbortSignal, host: string): VendorError {
  if (!signal.aborted) throw cause;
  return new VendorError(
    { code: "TIMEOUT", message: `The call to ${host} ran out of time before it was sent.` },
    "no",
    { cause },
  );
}
