import { describe, expect, it } from "@jest/globals";
import { Breaker } from "../../src/http/breaker.js";
import { call, json, open, read, refusalOf, serve, skippingClock, write } from "./support.js";

describe("the breaker", () => {
  it("opens after so many failures in a row, lets one call try after its pause, and closes when that succeeds", () => {
    const clock = skippingClock();
    const changes: string[] = [];
    const breaker = new Breaker(clock, { failures: 3, pauseMs: 5_000 }, (state) => changes.push(state));
    for (let n = 0; n < 3; n += 1) {
      expect(breaker.waitMs()).toBe(0);
      breaker.failedOnce();
    }
    expect(breaker.waitMs()).toBe(5_000);
    clock.skip(5_000);
    expect(breaker.waitMs()).toBe(0);
    expect(breaker.waitMs()).toBe(5_000);
    breaker.failedOnce();
    expect(breaker.waitMs()).toBe(5_000);
    clock.skip(5_000);
    expect(breaker.waitMs()).toBe(0);
    breaker.succeeded();
    expect(breaker.waitMs()).toBe(0);
    expect(changes).toEqual(["open", "half-open", "open", "half-open", "closed"]);
  });

  it("doesn't stay shut when a trying call never reports", () => {
    const clock = skippingClock();
    const breaker = new Breaker(clock, { failures: 1, pauseMs: 1_000 }, () => {});
    breaker.failedOnce();
    clock.skip(1_000);
    expect(breaker.waitMs()).toBe(0);
    clock.skip(1_000);
    expect(breaker.waitMs()).toBe(0);
  });

  it("leaves a vendor that is down alone, answers at once, and finds it again", async () => {
    let isUp = false;
    const { url, seen } = await serve((res) => json(res, isUp ? 200 : 503, {}));
    const clock = skippingClock();
    const http = open(url, { clock, options: { retriesSaved: 0, retriesPerCall: 0 } });
    for (let n = 0; n < 5; n += 1) await refusalOf(http.send(read, call()));
    expect(seen).toHaveLength(5);
    const error = await refusalOf(http.send(read, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(error.message).toContain("has failed several times in a row");
    expect(seen).toHaveLength(5);
    isUp = true;
    clock.skip(5_000);
    await http.send(read, call());
    await http.send(read, call());
    expect(seen).toHaveLength(7);
  });

  it("of reads stops no writes, and refusals open none", async () => {
    const { url, seen } = await serve((res, { method }) => json(res, method === "GET" ? 503 : 400, {}));
    const http = open(url, { clock: skippingClock(), options: { retriesSaved: 0, retriesPerCall: 0 } });
    for (let n = 0; n < 6; n += 1) await refusalOf(http.send(read, call()));
    expect(seen).toHaveLength(5);
    for (let n = 0; n < 10; n += 1) await refusalOf(http.send(write, call()));
    expect(seen).toHaveLength(15);
  });
});
