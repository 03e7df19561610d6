import type { IncomingHttpHeaders } from "node:http";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Authenticate } from "../auth/authenticate.js";
import type { Caller } from "../domain/caller.js";
import type { AttachmentOptions } from "./attachments.js";
import type { OAuthDoor } from "./oauth.js";
import type { WebhookDoor } from "./webhooks.js";
import type { Executor } from "./executor.js";
import type { ExplorerOptions } from "./explorer-page.js";
import type { RateLimit } from "../operations/rate-limit.js";
import type { GateOptions } from "./limits/gate.js";
import type { LiveLimits } from "./live/limits.js";
import type { Logger } from "./logger.js";
import type { Observer } from "./observe.js";

/** All that a server needs to be told. */
export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Who asks, or why they may not. Called before the body is read. */
  readonly authenticate: Authenticate;
  /** How many proxies of the operator's own stand in front; default 0. */
  readonly trustedProxies?: number;
  /** What resolvers get as their context, made anew for each request. */
  readonly context: (caller: Caller, headers: IncomingHttpHeaders) => object | Promise<object>;
  /** Takes what vendors send by themselves, at /webhooks. */
  readonly webhooks?: WebhookDoor;
  /** Lets people agree at their vendor that their account is used, at /oauth. */
  readonly oauth?: OAuthDoor;
  /** Files of tickets, served at /attachments where there is a desk for them. */
  readonly attachments?: AttachmentOptions;
  /** Why the server can't do its work now, for GET /readyz; undefined: it can. */
  readonly ready: () => Promise<string | undefined>;
  readonly explorer: ExplorerOptions;
  /** Origins of web pages that may call: "https://studio.apollographql.com". */
  readonly corsOrigins: readonly string[];
  /** In bytes. */
  readonly bodyLimit: number;
  readonly log: Logger;
  /** What watches the gateway; one of its own unless told. */
  readonly observer?: Observer;
  /** What a scraper of /metrics must send as a bearer token; without it, only this machine is let in. */
  readonly metricsToken?: string | undefined;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Runs operations in place of graphql-js. */
  readonly executor?: Executor;
  /** What operations may ask for; each part that isn't given has its default. */
  readonly gate?: Omit<GateOptions, "schema">;
  /** Counts requests of each key; unlimited without it. */
  readonly rateLimit?: RateLimit;
  /** Whether browsers are told to come by HTTPS alone; default false. */
  readonly isHttps?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  /** For subscriptions, which are served where the schema has any. */
  readonly live?: Partial<LiveLimits>;
  /** Milliseconds from any beginning; default: performance.now. */
  readonly now?: () => number;
}

/** All in milliseconds. */
export interface Timeouts {
  /** From the first byte of a request to the end of its headers; default 15 s. */
  readonly headersMs: number;
  /** From the first byte of a request to the end of its body; default 10 min, for files: other bodies have 60 s. */
  readonly requestMs: number;
  /** How long an idle connection is kept; default 65 s, more than the 60 s after which common load balancers give up. */
  readonly keepAliveMs: number;
  /** How long a client may go on sending a body after it has been refused; default 2 s. */
  readonly lingerMs: number;
  /** How long close() waits for requests under way; default 10 s. */
  readonly drainMs: number;
}

/** The timeouts of a server that is told none. */
export const TIMEOUTS: Timeouts = {
  headersMs: 15_000,
  requestMs: 600_000,
  keepAliveMs: 65_000,
  lingerMs: 2_000,
  drainMs: 10_000,
};
