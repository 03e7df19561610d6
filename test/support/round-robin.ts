import { once } from "node:events";
import { Agent, createServer, request, type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** A load balancer in small. */
export interface RoundRobin {
  readonly url: string;
  /** How many requests and sockets each place was given, in the order of the places. */
  readonly given: readonly number[];
  /** Lets go of everything, sockets under way too. */
  close(): Promise<void>;
}

/**
 * Stands before servers and gives each request and each WebSocket to the next of them, bytes as they come. One that can't be reached
 * is passed over before a byte was sent to it; one that is lost amid a request costs its client that request, and it is asked no second time.
 */
export async function startRoundRobin(places: readonly string[]): Promise<RoundRobin> {
  const targets = places.map((place) => new URL(place));
  const given = targets.map(() => 0);
  const agent = new Agent({ keepAlive: true });
  const open = new Set<Duplex>();
  let turn = 0;
  /** Tries one after another, beginning with whose turn it is; undefined where none can be reached. */
  const next = async <T>(reach: (target: URL) => Promise<T>): Promise<T | undefined> => {
    const first = (turn += 1);
    for (let n = 0; n < targets.length; n += 1) {
      const place = (first + n) % targets.length;
      const reached = await reach(targets[place] as URL).catch(() => undefined);
      if (!reached) continue;
      given[place] = (given[place] ?? 0) + 1;
      return reached;
    }
    return undefined;
  };
  const server = createServer((req, res) => {
    void next((target) => reachForRequest(target, req, agent)).then((onward) => pass(req, res, onward));
  });
  server.on("connection", (socket) => keep(open, socket));
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    void next(reachForSocket).then((onward) => {
      if (!onward) return socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n");
      keep(open, onward);
      onward.write(Buffer.concat([Buffer.from(headOf(req)), head]));
      join(socket, onward);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async close() {
      agent.destroy();
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Asks no earlier than it is connected: until then nothing of the body is read, so another place can have it. */
async function reachForRequest({ hostname, port }: URL, req: IncomingMessage, agent: Agent): Promise<ClientRequest> {
  const { method, url, headers } = req;
  const onward = request({ hostname, port, method, path: url, headers, agent });
  // It fails along with its socket, which is what is waited for.
  onward.on("error", () => {});
  const [socket] = (await once(onward, "socket")) as [Socket];
  if (socket.connecting) await once(socket, "connect");
  return onward;
}

async function reachForSocket({ hostname, port }: URL): Promise<Socket> {
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

function pass(req: IncomingMessage, res: ServerResponse, onward: ClientRequest | undefined): void {
  if (!onward) return void res.writeHead(502).end();
  const lost = (): void => void (res.headersSent ? res.destroy() : res.writeHead(502).end());
  onward.once("error", lost);
  onward.once("response", (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.once("error", lost);
    answer.pipe(res);
  });
  res.once("close", () => onward.destroy());
  req.pipe(onward);
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, n) => (n % 2 === 0 ? [`${name}: ${rawHeaders[n + 1] ?? ""}`] : []));
  return [`${method} ${url} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.once("error", () => to.destroy());
    from.once("close", () => to.destroy());
    from.pipe(to);
  }
}

function keep(open: Set<Duplex>, socket: Duplex): void {
  open.add(socket);
  socket.once("close", () => open.delete(socket));
}
