import { createServer, type Server } from "node:http";
import { makeApollo } from "./apollo.js";
import { answerClientError } from "./client-error.js";
import { countUnderWay } from "./drain.js";
import { openExplorer } from "./explorer.js";
import { knownQueries } from "./known-queries.js";
import { listen, urlOf } from "./listen.js";
import { openGate } from "./limits/gate.js";
import { openLive } from "./live/open-live.js";
import { wantsSocket } from "./live/upgrade.js";
import { openObserver } from "./observe.js";
import { answerRequest, type Routes } from "./routes.js";
import { TIMEOUTS, type ServerOptions, type Timeouts } from "./server-options.js";

/** A server that listens. */
export interface RunningServer {
  /** Where it listens, without a slash at the end: "http://127.0.0.1:4000"; the API is at /graphql below it. */
  readonly url: string;
  /** Turns readiness off, takes nothing new, finishes what is under way and stops. May be called again. */
  close(): Promise<void>;
}

/** Starts to listen. Throws ConfigError with a sentence for people where the port is taken or the address isn't ours. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log, host, port, now = () => performance.now() } = options;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const observer = options.observer ?? openObserver(log);
  const gate = openGate({ schema: options.schema, ...options.gate });
  const maxTokens = options.gate?.limits?.queryTokens;
  const known = options.executor && knownQueries(options.executor);
  const apollo = makeApollo({
    ...options,
    ...(known && { executor: known.executor }),
    ...(maxTokens !== undefined && { maxTokens }),
  });
  await apollo.start();

  let closing: Promise<void> | undefined;
  const routes: Routes = {
    apollo,
    ...(known && { known }),
    gate,
    options,
    explorer: openExplorer(options.explorer),
    probes: {
      ready: async () => (closing ? "The server is shutting down." : options.ready()),
      metrics: { token: options.metricsToken, scrape: () => observer.scrape() },
      onFault: (error) => log.error({ err: error }, "the readiness check failed"),
    },
    observer,
    log,
    now,
    lingerMs: timeouts.lingerMs,
  };
  const server = createNodeServer(timeouts);
  const underWay = countUnderWay();
  server.on("clientError", answerClientError);
  server.on("request", (req, res) => {
    void answerRequest(routes, req, res).finally(underWay.add(res));
  });
  const live = options.schema.getSubscriptionType() ? openLive({ ...options, observer }, gate) : undefined;
  if (live) server.on("upgrade", live.upgrade);
  try {
    await listen(server, host, port);
  } catch (error) {
    await live?.close(0);
    await apollo.stop();
    throw error;
  }
  const close = async () => {
    await Promise.all([live?.close(timeouts.drainMs), underWay.drain(server, timeouts.drainMs)]);
    await apollo.stop();
  };
  return { url: urlOf(server, host), close: () => (closing ??= close()) };
}

function createNodeServer({ headersMs, requestMs, keepAliveMs }: Timeouts): Server {
  return createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    // Node only looks this often for clients that are too slow; its default is 30 s.
    connectionsCheckingInterval: Math.min(1000, headersMs),
    shouldUpgradeCallback: wantsSocket,
  });
}
