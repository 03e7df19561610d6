import { describe, expect, it } from "@jest/globals";
import { call, json, open, read, refusalOf, serve, skippingClock, write } from "./support.js";

describe("retries", () => {
  it("send a read again after passing trouble, after a random part of a growing span", async () => {
    const { url, seen } = await serve((res, _seen, count) => json(res, count < 3 ? 503 : 200, { count }));
    const clock = skippingClock();
    expect(await open(url, { clock, random: () => 0.5 }).send(read, call())).toEqual({ count: 3 });
    expect(seen).toHaveLength(3);
    expect(clock.slept).toEqual([500, 1_000]);
  });

  it("give up after three attempts with what the vendor said last", async () => {
    const { url, seen } = await serve((res) => json(res, 503, {}));
    const error = await refusalOf(open(url, { clock: skippingClock() }).send(read, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", message: "It said 503." });
    expect(seen).toHaveLength(3);
  });

  it("send a write again when it was surely not done, and only then", async () => {
    const busy = await serve((res, _seen, count) => json(res, count < 2 ? 429 : 201, {}));
    await open(busy.url, { clock: skippingClock() }).send(write, call());
    expect(busy.seen).toHaveLength(2);
    const refusing = await serve((res) => json(res, 400, {}));
    await refusalOf(open(refusing.url, { clock: skippingClock() }).send(write, call()));
    expect(refusing.seen).toHaveLength(1);
  });

  it("never repeat what the vendor refuses for good", async () => {
    for (const status of [400, 401, 403, 404, 409, 422]) {
      const { url, seen } = await serve((res) => json(res, status, {}));
      await refusalOf(open(url, { clock: skippingClock() }).send(read, call()));
      expect(seen).toHaveLength(1);
    }
  });

  it("don't multiply the load on a vendor in trouble: at most 1.1 times over a thousand calls", async () => {
    const { url, seen } = await serve((res) => json(res, 429, {}, { "retry-after": "0" }));
    const http = open(url, { clock: skippingClock() });
    for (let n = 0; n < 1_000; n += 1) await refusalOf(http.send(read, call()));
    expect(seen.length).toBeGreaterThan(1_000);
    expect(seen.length).toBeLessThanOrEqual(1_100);
  });
});
