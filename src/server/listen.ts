import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../config/config-error.js";

/** Begins to listen; throws ConfigError with a sentence for people, which names the variable that holds the port. */
export function listen(server: Server, host: string, port: number, variable = "PORT"): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port, variable)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number, variable: string): Error {
  const where = `${host}:${port}`;
  const messages: Readonly<Record<string, string>> = {
    EADDRINUSE: `Something else listens on ${where} already. Stop it, or set ${variable} to another port (0 takes any free one).`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.`,
    EACCES: `This user may not listen on ${where}. Set ${variable} to a port above 1023.`,
    ENOTFOUND: `The name ${host} is not known. Set HOST to an address of this machine, such as 127.0.0.1.`,
  };
  return new ConfigError(messages[error.code ?? ""] ?? `The server can't listen on ${where}: ${error.message}.`);
}

/** Where a server listens, without a slash at the end. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}
