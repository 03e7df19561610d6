import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError } from "graphql";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from "graphql-ws";
import { WebSocketServer } from "ws";
import type { Caller } from "../domain/caller.js";
import { Refusal } from "./answer.js";
import { closeOf } from "./auth-refusal.js";
import { formatted } from "./formatted.js";
import type { Gate } from "./limits/gate.js";
import { costOf } from "./limits/told-cost.js";
import { rateKeyOf, tooManyRequests } from "./limits/too-many-requests.js";
import { LIVE_LIMITS } from "./live-limits.js";
import { prepare, refused, subscribeAnew, type Prepared } from "./live-operation.js";
import { liveHeaders } from "./live-parameters.js";
import { liveSocket, type LiveSocket } from "./live-socket.js";
import { refusalOf, refuseUpgrade } from "./live-upgrade.js";
import type { Observer } from "./observe.js";
import type { WatchedSubscription } from "./observe-live.js";
import { within } from "./scope.js";
import type { ServerOptions } from "./server-options.js";

/** Subscriptions over WebSocket (graphql-transport-ws) beside the requests of a server. */
interface Live {
  /** Takes over a connection that asks for an upgrade: makes it a socket or refuses it in JSON. */
  upgrade(req: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Tells every client that the server goes away, ends all subscriptions and cuts who is still there after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

type LiveOptions = Pick<
  ServerOptions,
  "schema" | "authenticate" | "context" | "corsOrigins" | "formatError" | "log" | "live" | "rateLimit"
> & { readonly observer: Observer };

/** What is known of one socket. */
interface Client {
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

/** Opens the live side of a server. */
export function openLive(options: LiveOptions, gate: Gate): Live {
  const { log, corsOrigins, observer } = options;
  const limits = { ...LIVE_LIMITS, ...options.live };
  const clients = new Set<Client>();
  let closing = false;
  const protocol = speak(options, gate, limits);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
    ...{ autoPong: false },
  });
  const pings = setInterval(() => clients.forEach(({ socket }) => socket.check()), limits.pingMs).unref();
  const rechecks = setInterval(() => clients.forEach((client) => void recheck(client)), limits.recheckMs).unref();

  const refuse = (connection: Duplex, refusal: Refusal, headers: IncomingHttpHeaders = {}) => {
    const asker = observer.requests.begin(headers, "");
    refuseUpgrade(connection, refusal, asker.ids["requestId"] ?? "");
    const note = { method: "GET", route: "live", status: refusal.status, ms: 0 };
    within({ asker }, () => observer.requests.answered(asker, note));
  };
  sockets.on("wsClientError", ({ message }, connection) =>
    refuse(connection, new Refusal(400, "BAD_REQUEST", `This is not a valid WebSocket handshake: ${message}.`)),
  );
  const fault = (error: unknown) => log.error({ err: error, route: "live" }, "a socket failed by a fault of ours");

  /** Ends the socket of whoever would not be let in any more; what nobody can say at the moment changes nothing. */
  const recheck = async ({ presented, socket }: Client): Promise<void> => {
    if (!presented) return;
    try {
      const known = await options.authenticate(presented);
      if ("refused" in known && known.refused.status !== 503) void socket.close(...closeOf(known.refused));
    } catch (error) {
      fault(error);
    }
  };

  return {
    upgrade(req, connection, head) {
      const refusal = closing
        ? new Refusal(503, "UNAVAILABLE", "The server is shutting down. Connect again in a while.")
        : refusalOf(req, corsOrigins);
      if (refusal) return refuse(connection, refusal, req.headers);
      sockets.handleUpgrade(req, connection, head, (accepted) => {
        const socket = liveSocket(accepted, limits, {
          onFault: fault,
          onMessage: observer.live.message,
          onGone(code) {
            clients.delete(client);
            client.gone = true;
            observer.live.sockets.dec();
            for (const one of client.watched.values()) one.ended();
            const { tenantId: tenant, name: key } = client.caller ?? {};
            log.info({ route: "live", tenant, key, code }, "a socket ended");
            Promise.all([left(code, ""), ...[...client.streams.values()].map((stream) => stream.return?.())]).catch(
              fault,
            );
          },
        });
        const client: Client = { headers: req.headers, socket, streams: new Map(), watched: new Map(), gone: false };
        clients.add(client);
        observer.live.sockets.inc();
        const left = protocol.opened(socket, client);
      });
    },
    async close(withinMs) {
      closing = true;
      clearInterval(pings);
      clearInterval(rechecks);
      const all = [...clients];
      for (const { socket } of all) void socket.close(1001, "The server is going away. Connect again in a while.");
      const late = setTimeout(() => all.forEach(({ socket }) => socket.cut()), withinMs);
      await Promise.all(all.map(({ socket }) => socket.gone));
      clearTimeout(late);
    },
  };
}

function speak(options: LiveOptions, gate: Gate, limits: typeof LIVE_LIMITS) {
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
