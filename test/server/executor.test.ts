import { afterEach, describe, expect, it } from "@jest/globals";
import { GraphQLError } from "graphql";
import type { Operation } from "../../src/server/executor.js";
import type { RunningServer } from "../../src/server/http.js";
import { withGraphqlJs } from "../support/executor.js";
import { ask, post, startToy } from "./toy.js";

let server: RunningServer | undefined;
afterEach(() => server?.close());

describe("an executor", () => {
  it("runs what Apollo has parsed and validated, with the request's context", async () => {
    const seen: Operation[] = [];
    server = await startToy({
      executor: async (operation) => {
        seen.push(operation);
        return withGraphqlJs(operation);
      },
    });
    const query = "query Greet($name: String) { hello(name: $name) }";
    const answer = await post(
      server.url,
      JSON.stringify({ query, operationName: "Greet", variables: { name: "Ada" } }),
    );
    expect(await answer.json()).toEqual({ data: { hello: "Hello, Ada!" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      operationName: "Greet",
      variables: { name: "Ada" },
      context: { caller: { tenantId: "acme", name: "backend" } },
    });
    expect(seen[0]?.queryHash).toMatch(/^[0-9a-f]{64}$/);
    await ask(server.url, "{ hello }");
    await ask(server.url, "{ hello }");
    expect(seen[1]?.queryHash).toBe(seen[2]?.queryHash);
    expect(seen[1]?.document).toBe(seen[2]?.document);
    expect(seen[1]?.context).not.toBe(seen[2]?.context);
  });

  it("never sees what isn't valid", async () => {
    server = await startToy({ executor: () => Promise.reject(new Error("must not be called")) });
    const answer = await ask(server.url, "{ nothing }");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
  });

  it("is told by formatError when it fails", async () => {
    server = await startToy({
      executor: async () => ({ data: null, errors: [new GraphQLError("a secret")] }),
      formatError: () => ({ message: "masked" }),
    });
    expect(await (await ask(server.url, "{ hello }")).json()).toEqual({ data: null, errors: [{ message: "masked" }] });
  });
});

describe("errors", () => {
  it("go through formatError, without a stack", async () => {
    server = await startToy({
      context: () => {
        throw new Error("a secret");
      },
      formatError: (formatted) => ({ ...formatted, message: "masked" }),
    });
    const text = await (await ask(server.url, "{ hello }")).text();
    expect(text).toContain('"message":"masked"');
    expect(text).not.toMatch(/a secret|stacktrace|\.ts/);
  });

  it("of ours are told as one sentence", async () => {
    server = await startToy({
      authenticate: () => {
        throw new Error("a secret");
      },
    });
    const answer = await ask(server.url, "{ hello }");
    expect(answer.status).toBe(500);
    const message = "The server failed to answer. Try again; its log says why.";
    expect(await answer.json()).toEqual({ errors: [{ message, extensions: { code: "INTERNAL_SERVER_ERROR" } }] });
  });
});
