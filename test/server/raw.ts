import { connect, type Socket } from "node:net";
import { once } from "node:events";

/** A bare connection to a server, for what no HTTP client would send. */
export async function openSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** All that comes until the connection ends. */
export async function untilEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  if (!socket.closed) await once(socket, "close");
  return text;
}

/** What comes until it holds this text. */
export function untilText(socket: Socket, wanted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("close", () => reject(new Error(`The connection ended after: ${text}`)));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(wanted)) resolve(text);
    });
  });
}
