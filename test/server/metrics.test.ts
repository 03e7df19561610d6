import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { ask, post, startToy } from "./toy.js";

const TOKEN = "a_token_of_the_scraper_0123456789";
let server: RunningServer;
let guarded: RunningServer;
beforeAll(async () => {
  server = await startToy();
  guarded = await startToy({ metricsToken: TOKEN });
});
afterAll(async () => {
  await server.close();
  await guarded.close();
});

const scrape = (url: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  fetch(`${url}/metrics`, { method, headers });

describe("GET /metrics", () => {
  it("is answered to this machine where no token is set, and to nobody behind a proxy", async () => {
    const answer = await scrape(server.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await answer.text()).toMatch(/^ticketgraph_build_info\{version="\d.*",node="v\d.*"\} 1$/m);
    for (const name of ["x-forwarded-for", "forwarded", "via", "x-real-ip"]) {
      const refused = await scrape(server.url, { [name]: "127.0.0.1" });
      expect([name, refused.status]).toEqual([name, 403]);
      expect(await refused.text()).toContain("Set METRICS_TOKEN");
    }
  });

  it("needs the token where one is set", async () => {
    for (const authorization of [undefined, "Bearer wrong", `Basic ${TOKEN}`, `Bearer ${TOKEN}x`]) {
      const refused = await scrape(guarded.url, authorization === undefined ? {} : { authorization });
      expect(refused.status).toBe(401);
      expect(await refused.text()).not.toContain("ticketgraph_");
    }
    const proxied = { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.9" };
    expect((await scrape(guarded.url, proxied)).status).toBe(200);
  });

  it("takes HEAD and no other method", async () => {
    expect((await scrape(server.url, {}, "HEAD")).status).toBe(200);
    const refused = await scrape(server.url, {}, "POST");
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  it("counts operations by name, type and outcome, and no more names than a hundred", async () => {
    const toy = await startToy();
    for (let n = 0; n < 102; n += 1) await (await ask(toy.url, `query Name${n} { hello }`)).text();
    await (await ask(toy.url, "mutation { touch }")).text();
    await (await ask(toy.url, "query NotValid { nothing }")).text();
    await (await post(toy.url, JSON.stringify({ query: "{ hello }", operationName: "NotThere" }))).text();
    await (await ask(toy.url, "{ hello }", { "x-api-key": "wrong" })).text();
    const text = await (await scrape(toy.url)).text();
    const counted = text.split("\n").filter((line) => line.startsWith("ticketgraph_operations_total"));
    expect(counted).toHaveLength(103);
    expect(counted).toContain('ticketgraph_operations_total{operation="Name7",type="query",outcome="ok"} 1');
    expect(counted).toContain('ticketgraph_operations_total{operation="other",type="query",outcome="ok"} 2');
    expect(counted).toContain('ticketgraph_operations_total{operation="anonymous",type="mutation",outcome="ok"} 1');
    expect(counted).toContain('ticketgraph_operations_total{operation="none",type="none",outcome="refused"} 3');
    expect(text).toMatch(/^ticketgraph_operation_errors_total\{code="GRAPHQL_VALIDATION_FAILED"\} 1$/m);
    expect(text).toMatch(/^ticketgraph_http_requests_total\{route="\/graphql",method="POST",status="401"\} 1$/m);
    expect(text).not.toMatch(/NotValid|NotThere/);
    await toy.close();
  });
});
