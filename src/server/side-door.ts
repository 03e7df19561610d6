import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Refusal, sendRefusal } from "./answer.js";
import { answerClientError } from "./client-error.js";
import { listen, urlOf } from "./listen.js";
import { answerProbe, isProbe, type Probes } from "./probes.js";
import { newId } from "./request-id.js";

/** A server for probes alone. */
export interface SideDoor {
  readonly url: string;
  close(): Promise<void>;
}

/** Tells how a process is that takes no requests otherwise: /healthz, /readyz, /metrics. Throws ConfigError where it can't listen. */
export async function openSideDoor(host: string, port: number, probes: Probes): Promise<SideDoor> {
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 15_000 }, (req, res) => {
    req.resume();
    res.setHeader("x-request-id", newId());
    void answer(probes, req, res);
  });
  server.on("clientError", answerClientError);
  await listen(server, host, port, "METRICS_PORT");
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: urlOf(server, host), close };
}

async function answer(probes: Probes, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const path = (req.url ?? "").split("?", 1)[0];
    if (isProbe(path)) return await answerProbe(probes, path, req, res);
    throw new Refusal(404, "NOT_FOUND", "There is nothing here but /healthz, /readyz and /metrics.");
  } catch (error) {
    if (!(error instanceof Refusal)) probes.onFault(error);
    sendRefusal(res, error instanceof Refusal ? error : FAULT);
  }
}

const FAULT = new Refusal(500, "INTERNAL_SERVER_ERROR", "The server failed to answer. Try again; its log says why.");
