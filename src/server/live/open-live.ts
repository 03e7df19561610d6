import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { WebSocketServer } from "ws";
import { Refusal } from "../answer.js";
import { closeOf } from "../auth-refusal.js";
import type { Gate } from "../limits/gate.js";
import { LIVE_LIMITS } from "./limits.js";
import { liveProtocol, type Client, type LiveOptions } from "./protocol.js";
import { liveSocket } from "./socket.js";
import { refusalOf, refuseUpgrade } from "./upgrade.js";
import { within } from "../scope.js";

/** Subscriptions over WebSocket (graphql-transport-ws) beside the requests of a server. */
interface Live {
  /** Takes over a connection that asks for an upgrade: makes it a socket or refuses it in JSON. */
  upgrade(req: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Tells every client that the server goes away, ends all subscriptions and cuts who is still there after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

/** Opens the live side of a server. */
export function openLive(options: LiveOptions, gate: Gate): Live {
  const { log, corsOrigins, observer } = options;
  const limits = { ...LIVE_LIMITS, ...options.live };
  const clients = new Set<Client>();
  let closing = false;
  const protocol = liveProtocol(options, gate, limits);
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
