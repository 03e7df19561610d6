import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { defineIntegrationTestSuite } from "@apollo/server-integration-testsuite";
import { readJson, saysJson } from "../../src/server/body.js";
import { Refusal, sendRefusal } from "../../src/server/answer.js";
import { answerGraphql } from "../../src/server/graphql-handler.js";

/**
 * Not 127.0.0.1: the suite closes a server of its own there and expects that nobody answers on its port,
 * which the kernel may give away at once.
 */
const HOST = "127.0.0.2";

defineIntegrationTestSuite(async (config, options) => {
  const httpServer = createServer((req, res) => {
    const answer = async () => {
      const body = req.method === "POST" && saysJson(req) ? await readJson(req, 50_000_000) : undefined;
      await answerGraphql(server, req, res, { url: req.url ?? "", body }, options?.context ?? (async () => ({})));
    };
    answer().catch((error: unknown) => {
      if (error instanceof Refusal) sendRefusal(res, error);
      else res.destroy();
    });
  });
  const server = new ApolloServer({
    ...config,
    plugins: [...(config.plugins ?? []), ApolloServerPluginDrainHttpServer({ httpServer })],
  });
  await server.start();
  await new Promise<void>((resolve) => httpServer.listen(0, HOST, resolve));
  return { server, url: `http://${HOST}:${(httpServer.address() as AddressInfo).port}/` };
});
