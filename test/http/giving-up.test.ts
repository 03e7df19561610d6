import { describe, expect, it } from "@jest/globals";
import { call, json, open, read, refusalOf, serve, skippingClock } from "./support.js";

/** A vendor that tells when it is asked, and answers only below /good. */
async function silent() {
  const arrivals: (() => void)[] = [];
  const server = await serve((res, { url: path }) =>
    path === "/good" ? json(res, 200, true) : path === "/bad" ? json(res, 503, {}) : arrivals.shift()?.(),
  );
  return { ...server, arrival: () => new Promise<void>((resolve) => arrivals.push(resolve)) };
}
const good = { ...read, path: ["good"] };
const bad = { ...read, path: ["bad"] };
const calm = { retriesSaved: 0, retriesPerCall: 0 };

describe("callers who give up", () => {
  it("say nothing of the vendor's health: their calls open no breaker", async () => {
    const { url, arrival } = await silent();
    const http = open(url, { options: { ...calm, breakerFailures: 2 } });
    for (let n = 0; n < 5; n += 1) {
      const life = new AbortController();
      const arrived = arrival();
      const sent = refusalOf(http.send(read, call("interactive", life.signal)));
      await arrived;
      life.abort();
      expect(await sent).toMatchObject({ code: "TIMEOUT", sent: "maybe" });
    }
    expect(await http.send(good, call())).toBe(true);
  });

  it("during the one try of a half-open breaker don't keep it shut", async () => {
    const { url, arrival } = await silent();
    const clock = skippingClock();
    const http = open(url, { clock, options: { ...calm, breakerFailures: 1, breakerPauseMs: 5_000 } });
    await refusalOf(http.send(bad, call()));
    clock.skip(5_000);
    const life = new AbortController();
    const arrived = arrival();
    const sent = refusalOf(http.send(read, call("interactive", life.signal)));
    await arrived;
    life.abort();
    await sent;
    clock.skip(5_000);
    expect(await http.send(good, call())).toBe(true);
    expect(await http.send(good, call())).toBe(true);
  });

  it("before anything was sent send nothing", async () => {
    const { url, seen } = await silent();
    await refusalOf(open(url).send(good, call("interactive", AbortSignal.abort())));
    expect(seen).toHaveLength(0);
  });
});

describe("the deadline", () => {
  it("is the vendor's failure, and does open the breaker", async () => {
    const { url, seen } = await silent();
    // Long enough for a call to arrive on a busy machine.
    const http = open(url, { options: { ...calm, timeoutMs: 500, breakerFailures: 2 } });
    for (let n = 0; n < 2; n += 1) await refusalOf(http.send(read, call()));
    expect(await refusalOf(http.send(good, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(seen).toHaveLength(2);
  });
});
