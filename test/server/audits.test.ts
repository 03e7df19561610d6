import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { serverAudits } from "graphql-http";
import type { RunningServer } from "../../src/server/http.js";
import { KEY, startToy } from "./toy.js";

let server: RunningServer;
beforeAll(async () => {
  server = await startToy();
});
afterAll(() => server.close());

const audits = serverAudits({
  url: () => `${server.url}/graphql`,
  fetchFn: (input: string, init: RequestInit = {}) =>
    fetch(input, { ...init, headers: { ...init.headers, "x-api-key": KEY } }),
});

describe("GraphQL over HTTP", () => {
  it("is audited in 61 ways", () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
  });
});
