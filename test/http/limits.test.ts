import { describe, expect, it } from "@jest/globals";
import type { Headers, HttpEvents } from "../../src/http/http.js";
import { Bucket } from "../../src/http/pace.js";
import { Pacer } from "../../src/http/pacer.js";
import { call, json, open, read, refusalOf, serve, skippingClock, wire } from "./support.js";

const other = { ...read, operation: "other.read", path: ["other"] };

describe("a vendor's limits", () => {
  it("are waited for as long as the vendor says, and a little longer, never shorter", async () => {
    for (const random of [0, 0.999]) {
      const { url } = await serve((res, _seen, count) =>
        json(res, count < 2 ? 429 : 200, {}, count < 2 ? { "retry-after": "2" } : {}),
      );
      const clock = skippingClock();
      await open(url, { clock, random: () => random }).send(read, call());
      const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
      expect(waited).toBeGreaterThanOrEqual(2_000);
      expect(waited).toBeLessThanOrEqual(2_500);
    }
  });

  it("hold back the endpoint they are told for, and nobody else", async () => {
    const { url, seen } = await serve((res, { url: path }) =>
      json(res, 200, {}, path === "/thing" ? { "retry-after": "5" } : {}),
    );
    const clock = skippingClock();
    const waits: unknown[] = [];
    const events: HttpEvents = { onWait: (event) => waits.push(event) };
    const http = open(url, { clock, events });
    await http.send(read, call());
    await http.send(other, call());
    expect(clock.slept).toEqual([]);
    await http.send(read, call());
    expect(waits).toEqual([{ operation: "thing.read", waitMs: 5_000, scope: "endpoint" }]);
    expect(seen).toHaveLength(3);
  });

  it("of a connection hold back every endpoint", async () => {
    const { url } = await serve((res, _seen, count) =>
      json(res, 200, {}, count === 1 ? { "retry-after": "5", "x-scope": "connection" } : {}),
    );
    const clock = skippingClock();
    const http = open(url, { clock });
    await http.send(read, call());
    await http.send(other, call());
    expect(clock.slept).toEqual([5_000]);
  });

  it("of one thing hold back nobody else", async () => {
    const { url } = await serve((res, _seen, count) =>
      json(res, 200, {}, count === 1 ? { "retry-after": "5", "x-scope": "item" } : {}),
    );
    const clock = skippingClock();
    const http = open(url, { clock });
    await http.send(read, call());
    await http.send(read, call());
    expect(clock.slept).toEqual([]);
  });

  it("also hold back whoever stood in the queue when they were told", async () => {
    const clock = skippingClock();
    const { url, seen } = await serve((res, _seen, count) =>
      json(res, count === 1 ? 429 : 200, {}, count === 1 ? { "retry-after": "3" } : {}),
    );
    const http = open(url, { clock, random: () => 0, options: { concurrency: 1 } });
    const at: number[] = [];
    const sent = [read, read, read].map((request) => http.send(request, call()).then(() => at.push(clock.now())));
    await Promise.all(sent);
    expect(seen).toHaveLength(4);
    expect(Math.min(...at)).toBeGreaterThanOrEqual(4_000);
  });

  it("beyond the call's deadline end it at once, told as what they are", async () => {
    const { url, seen } = await serve((res) => json(res, 200, {}, { "retry-after": "3600" }));
    const http = open(url);
    await http.send(read, call());
    const error = await refusalOf(http.send(read, call()));
    expect(error).toMatchObject({ code: "RATE_LIMITED", sent: "no" });
    expect(error.info.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(error.message).toContain("takes no more of these calls for another");
    expect(seen).toHaveLength(1);
  });
});

describe("a vendor's pace", () => {
  /** A vendor that takes 10 calls a second, and 10 at once, by the caller's own clock. */
  const paced = async (clock: ReturnType<typeof skippingClock>, told = 10) => {
    let [tokens, at, refused] = [10, clock.now(), 0];
    const { url } = await serve((res) => {
      tokens = Math.min(10, tokens + ((clock.now() - at) / 1_000) * 10);
      at = clock.now();
      const isRefused = tokens < 1;
      if (isRefused) refused += 1;
      else tokens -= 1;
      json(res, isRefused ? 429 : 200, {}, { "x-pace": `${told} ${Math.floor(tokens)}` });
    });
    const readPace = ({ "x-pace": pace }: Headers) => {
      const [perSecond = 0, remaining = 0] = (pace ?? "").split(" ").map(Number);
      return pace === undefined ? undefined : { perSecond, remaining };
    };
    return { http: open(url, { clock, wire: { ...wire, readPace } }), refused: () => refused };
  };

  it("is kept at full speed, without being refused", async () => {
    const clock = skippingClock();
    const { http, refused } = await paced(clock);
    const began = clock.now();
    for (let n = 0; n < 60; n += 1) await http.send(read, call());
    expect(refused()).toBe(0);
    // Ten at once, fifty at ten a second.
    expect(clock.now() - began).toBeGreaterThanOrEqual(4_900);
    expect(clock.now() - began).toBeLessThanOrEqual(5_200);
  });

  it("is no faster than what others leave of it", () => {
    const bucket = new Bucket(skippingClock());
    bucket.take();
    bucket.note({ perSecond: 10, remaining: 0 });
    expect(bucket.waitMs("interactive")).toBe(100);
  });

  it("leaves room for people when a job uses it up", () => {
    const clock = skippingClock();
    const bucket = new Bucket(clock);
    bucket.take();
    bucket.note({ perSecond: 10, remaining: 2 });
    bucket.answered();
    expect(bucket.waitMs("background")).toBe(100);
    expect(bucket.waitMs("interactive")).toBe(0);
  });

  it("counts calls that are under way and not yet in what the vendor tells", () => {
    const bucket = new Bucket(skippingClock());
    for (let n = 0; n < 4; n += 1) bucket.take();
    bucket.note({ perSecond: 10, remaining: 3 });
    expect(bucket.waitMs("interactive")).toBe(100);
  });

  it("that isn't told holds nobody back", () => {
    const bucket = new Bucket(skippingClock());
    for (let n = 0; n < 1_000; n += 1) bucket.take();
    expect(bucket.waitMs("background")).toBe(0);
  });
});

describe("the queue", () => {
  it("lets people pass before jobs, and keeps the bound", async () => {
    const pacer = new Pacer(skippingClock(), 1);
    const { signal } = new AbortController();
    await pacer.enter("background", signal);
    const order: string[] = [];
    const enter = async (name: string, lane: "interactive" | "background"): Promise<void> => {
      await pacer.enter(lane, signal);
      order.push(name);
      pacer.leave();
    };
    const all = [enter("job 1", "background"), enter("job 2", "background"), enter("person", "interactive")];
    pacer.leave();
    await Promise.all(all);
    expect(order).toEqual(["person", "job 1", "job 2"]);
  });

  it("keeps no place for who gave up", async () => {
    const pacer = new Pacer(skippingClock(), 1);
    const life = new AbortController();
    await pacer.enter("interactive", life.signal);
    const waiting = pacer.enter("interactive", life.signal);
    const next = pacer.enter("interactive", new AbortController().signal);
    life.abort();
    await expect(waiting).rejects.toThrow("Aborted");
    pacer.leave();
    await next;
  });
});
