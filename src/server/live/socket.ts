import { setImmediate } from "node:timers/promises";
import type { WebSocket as GraphqlSocket } from "graphql-ws";
import { WebSocket, type RawData } from "ws";
import type { LiveLimits } from "./limits.js";

/** One client's socket, and what it costs. */
export interface LiveSocket extends GraphqlSocket {
  /** How many of its messages are being worked on: each subscription is one until it ends. */
  readonly underWay: number;
  /** Pings; cuts a client that has said nothing since the last time. */
  check(): void;
  /** Ends it without a word. */
  cut(): void;
  /** Waits until the socket is gone. */
  readonly gone: Promise<undefined>;
}

/** What happens on a socket besides its messages. */
interface SocketEvents {
  onFault(error: unknown): void;
  onGone(code: number): void;
  /** Works on one of its messages. */
  onMessage<T>(work: () => T): T;
}

/** Wraps a socket: never buffers without end for who doesn't read, never waits without end for who doesn't close. */
export function liveSocket(
  socket: WebSocket,
  limits: LiveLimits,
  { onFault, onGone, onMessage }: SocketEvents,
): LiveSocket {
  let heard = true;
  let underWay = 0;
  let cut: NodeJS.Timeout | undefined;
  const gone = Promise.withResolvers<undefined>();

  const close = (code?: number, reason?: string) => {
    if (socket.readyState >= WebSocket.CLOSING) return;
    socket.close(code, reason);
    cut = setTimeout(() => socket.terminate(), limits.lingerMs);
  };
  const reads = () => {
    if (socket.bufferedAmount <= limits.unreadBytes) return true;
    close(1008, "You read more slowly than events come. Connect again and ask for less.");
    return false;
  };

  // A broken frame or one that is too long: ws itself closes the socket with a code that tells.
  socket.on("error", () => (cut ??= setTimeout(() => socket.terminate(), limits.lingerMs)));
  socket.on("pong", () => (heard = true));
  socket.on("ping", (data: Buffer) => {
    heard = true;
    if (socket.readyState === WebSocket.OPEN && reads()) socket.pong(data);
  });
  socket.once("close", (code) => {
    clearTimeout(cut);
    gone.resolve(undefined);
    onGone(code);
  });

  return {
    protocol: socket.protocol,
    gone: gone.promise,
    get underWay() {
      return underWay;
    },
    close,
    cut: () => socket.terminate(),
    async send(text) {
      if (socket.readyState === WebSocket.OPEN && reads()) socket.send(text, () => {});
      // A source that is always ready would let nobody else have a turn, not even this socket to write or to close.
      await setImmediate();
    },
    onMessage(answer) {
      socket.on("message", (data: RawData, isBinary: boolean) => {
        heard = true;
        if (socket.readyState !== WebSocket.OPEN) return;
        if (isBinary) return close(4400, "Send messages as text.");
        underWay += 1;
        onMessage(() => answer((data as Buffer).toString("utf8")))
          .catch((error: unknown) => {
            onFault(error);
            close(4500, "The server failed to answer. Its log says why.");
          })
          .finally(() => (underWay -= 1));
      });
    },
    check() {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (!heard) return socket.terminate();
      heard = false;
      socket.ping();
    },
  };
}
