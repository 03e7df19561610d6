import type { IncomingHttpHeaders } from "node:http";
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError } from "graphql";
import { makeServer, type Server } from "graphql-ws";
import type { Caller } from "../../domain/caller.js";
import type { Refusal } from "../answer.js";
import { closeOf } from "../auth-refusal.js";
import { formatted } from "../formatted.js";
import type { Gate } from "../limits/gate.js";
import { costOf } from "../limits/told-cost.js";
import { rateKeyOf, tooManyRequests } from "../limits/too-many-requests.js";
import type { LIVE_LIMITS } from "./limits.js";
import { prepare, refused, subscribeAnew, type Prepared } from "./operation.js";
import { liveHeaders } from "./parameters.js";
import type { LiveSocket } from "./socket.js";
import type { Observer } from "../observe.js";
import type { WatchedSubscription } from "../observe-live.js";
import type { ServerOptions } from "../server-options.js";

/** What the live side takes from a server. */
export type LiveOptions = Pick<
  ServerOptions,
  "schema" | "authenticate" | "context" | "corsOrigins" | "formatError" | "log" | "live" | "rateLimit"
> & { readonly observer: Observer };

/** What is known of one socket. */
export interface Client {
  readonly headers: IncomingHttpHeaders;
  readonly socket: LiveSocket;
  caller?: Caller;
  /** By which headers it was let in. */
  presented?: IncomingHttpHeaders;
  /** What runs, by the message that asked for it: a client may use an id again before the first has ended. */
  readonly streams: Map<unknown, AsyncIterableIterator<unknown>>;
  /** What is told of those. */
  readonly watched: Map<unknown, WatchedSubscription>;
  gone: boolean;
}

/** What is said over a socket: who is let in, what may be subscribed to, and what is told of it. */
export function liveProtocol(options: LiveOptions, gate: Gate, limits: typeof LIVE_LIMITS): Server<Client> {
  const { schema, authenticate, context, formatError, rateLimit, observer } = options;
  /** Why a caller's requests are used up; undefined where they aren't. */
  const refusedFor = async (caller: Caller): Promise<Refusal | undefined> => {
    const allowance = await rateLimit?.(rateKeyOf(caller));
    return allowance?.isAllowed === false ? tooManyRequests(allowance) : undefined;
  };
  const format = (error: GraphQLError): GraphQLFormattedError => formatted(error, formatError);
  return makeServer<Record<string, unknown>, Client>({
    connectionInitWaitTimeout: limits.initMs,
    async onConnect({ connectionParams, extra: client }) {
      const headers = liveHeaders(client.headers, connectionParams);
      const known = await authenticate(headers);
      if ("refused" in known) {
        void client.socket.close(...closeOf(known.refused));
        return false;
      }
      const refusal = await refusedFor(known.caller);
      if (refusal) {
        void client.socket.close(4429, refusal.message);
        return false;
      }
      client.caller = known.caller;
      client.presented = headers;
      return true;
    },
    async onSubscribe({ extra: client }, _id, payload) {
      if (client.socket.underWay > limits.subscriptions)
        return [
          refused(`One socket holds at most ${limits.subscriptions} subscriptions. Complete one, or open another.`),
        ];
      const caller = client.caller as Caller;
      const refusal = await refusedFor(caller);
      if (refusal) return [new GraphQLError(refusal.message, { extensions: { code: refusal.code } })];
      const prepared = prepare(schema, gate, caller, payload);
      if (!("document" in prepared)) return prepared;
      client.watched.set(payload, observer.live.begin(caller, client.headers, prepared));
      return { ...prepared, contextValue: client };
    },
    async subscribe(args: ExecutionArgs) {
      const { caller, headers } = args.contextValue as Client;
      try {
        return await subscribeAnew(args, () => context(caller as Caller, headers));
      } catch (error) {
        return { errors: [asGraphQLError(error)] } satisfies ExecutionResult;
      }
    },
    async onOperation({ extra: client }, _id, payload, _args, stream) {
      if (!isStream(stream)) return;
      if (client.gone) await stream.return?.(undefined);
      else client.streams.set(payload, stream);
    },
    onNext({ extra: client }, _id, payload, args, { errors, ...result }) {
      const cost = costOf((args as Prepared).cost, undefined);
      const told = errors?.map(format);
      client.watched.get(payload)?.sent(told);
      // By this id the log knows it: of use where something went wrong.
      const id = told && { requestId: observer.live.requestId() };
      const extensions = { ...result.extensions, ...(cost && { cost }), ...id };
      return { ...result, ...(told && { errors: told }), ...((cost ?? id) && { extensions }) };
    },
    onError({ extra: client }, _id, _payload, errors) {
      const told = errors.map(format);
      observer.live.refused(client.caller, told);
      const requestId = observer.live.requestId();
      return told.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
    },
    onComplete({ extra: client }, _id, payload) {
      client.streams.delete(payload);
      client.watched.get(payload)?.ended();
      client.watched.delete(payload);
    },
  });
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

function isStream(result: unknown): result is AsyncIterableIterator<unknown> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}
