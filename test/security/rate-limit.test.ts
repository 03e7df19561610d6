import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openRateLimit, type RateLimitOptions } from "../../src/operations/rate-limit.js";
import { openStore } from "../../src/store/open.js";
import { takeFromWindow, forgetWindows, type Taken } from "../../src/store/rate-limits.js";
import type { Store } from "../../src/store/store.js";
import { KEY, READER_KEY, startTestApp, type TestApp } from "../support/app.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { firstEvent, liveClient } from "./live-client.js";

describe("a replica", () => {
  /** A shared window in memory, and a clock that is set by hand. */
  function shared(options: Partial<RateLimitOptions> & { limit: number }) {
    const state = { now: 0, takes: [] as number[], used: 0, isAway: false, windowEnd: 60_000 };
    const take = async (_key: string, chunk: number): Promise<Taken> => {
      state.takes.push(chunk);
      await Promise.resolve();
      if (state.isAway) throw new Error("away");
      if (state.now >= state.windowEnd) Object.assign(state, { used: 0, windowEnd: state.now + 60_000 });
      const granted = Math.min(chunk, options.limit - state.used);
      state.used += granted;
      return { granted, left: options.limit - state.used, resetsInMs: state.windowEnd - state.now };
    };
    const make = () => openRateLimit({ windowMs: 60_000, take, now: () => state.now, ...options });
    return { state, make, spend: make() };
  }
  const allowed = async (
    spend: ReturnType<typeof openRateLimit>,
    count: number,
    key = "acme/backend",
  ): Promise<number> => {
    const all = await Promise.all(Array.from({ length: count }, async () => spend(key)));
    return all.filter(({ isAllowed }) => isAllowed).length;
  };

  it("asks the store once for a hundredth of the limit, and spends it from memory", async () => {
    const { state, spend } = shared({ limit: 6_000 });
    expect(await allowed(spend, 60)).toBe(60);
    expect(state.takes).toEqual([60]);
    expect(await spend("acme/backend")).toMatchObject({
      isAllowed: true,
      limit: 6_000,
      left: 5_939,
      resetsInMs: 60_000,
    });
    expect(state.takes).toEqual([60, 60]);
    expect(spend("acme/backend")).not.toBeInstanceOf(Promise);
  });

  it("lets no more through than the limit, and doesn't ask again when it is used up", async () => {
    const { state, spend } = shared({ limit: 10 });
    expect(await allowed(spend, 25)).toBe(10);
    const asked = state.takes.length;
    state.now = 20_000;
    expect(await spend("acme/backend")).toMatchObject({ isAllowed: false, left: 0, resetsInMs: 40_000 });
    expect(state.takes).toHaveLength(asked);
    state.now = 60_000;
    expect(await allowed(spend, 25)).toBe(10);
  });

  it("shares the limit with others, and lets what it holds fall with its window", async () => {
    const { state, make, spend } = shared({ limit: 1_000 });
    const other = make();
    expect((await allowed(spend, 700)) + (await allowed(other, 700))).toBe(1_000);
    state.now = 60_000;
    expect(await allowed(spend, 1)).toBe(1);
    state.now = 120_000;
    expect((await allowed(other, 990)) + (await allowed(spend, 100))).toBe(1_000);
  });

  it("counts each key by itself", async () => {
    const limit = openRateLimit({
      limit: 2,
      windowMs: 60_000,
      now: () => 0,
      take: async () => ({ granted: 1, left: 0, resetsInMs: 60_000 }),
    });
    expect(await allowed(limit, 3, "acme/a")).toBe(1);
    expect(await allowed(limit, 3, "acme/b")).toBe(1);
  });

  it("counts by itself while the store is away, and lets it alone for a while", async () => {
    const told: unknown[] = [];
    const { state, spend } = shared({ limit: 100, onAway: (error) => told.push(error) });
    state.isAway = true;
    expect(await allowed(spend, 150)).toBe(100);
    expect(state.takes).toHaveLength(1);
    expect(told).toEqual([new Error("away")]);
    expect(await spend("acme/backend")).toMatchObject({ isAllowed: false });
    state.isAway = false;
    state.now = 60_000;
    expect(await allowed(spend, 150)).toBe(100);
    expect(state.used).toBe(100);
  });

  it("doesn't wait for a store that doesn't answer", async () => {
    const spend = openRateLimit({
      limit: 5,
      windowMs: 60_000,
      now: () => 0,
      take: () => new Promise(() => {}),
      patienceMs: 20,
    });
    expect(await allowed(spend, 9)).toBe(5);
  });
});

describe.each(ENGINES)("the shared window on %s", (engine) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });
  const take = (key: string, chunk: number, limit: number, seconds = 60): Promise<Taken> =>
    takeFromWindow(store.system, key, chunk, limit, seconds);

  it("gives out its limit exactly, whoever asks at once", async () => {
    const taken = await Promise.all(Array.from({ length: 30 }, () => take("crowd", 7, 100)));
    expect(taken.reduce((sum, { granted }) => sum + granted, 0)).toBe(100);
    expect(taken.every(({ resetsInMs }) => resetsInMs > 0 && resetsInMs <= 60_000)).toBe(true);
    expect(await take("crowd", 7, 100)).toMatchObject({ granted: 0, left: 0 });
    expect(await take("other", 7, 100)).toMatchObject({ granted: 7, left: 93 });
  });

  it("begins anew when it is over, and when the clock was set back", async () => {
    expect(await take("short", 5, 5, 0.05)).toMatchObject({ granted: 5, left: 0 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await take("short", 5, 5, 0.05)).toMatchObject({ granted: 5, left: 0 });
    await store.db.execute("update rate_limits set window_start = now() + interval '1 hour' where key = 'short'");
    expect(await take("short", 5, 5)).toMatchObject({ granted: 5 });
  });

  it("goes by a limit that was made smaller or larger meanwhile", async () => {
    expect(await take("changed", 50, 100)).toMatchObject({ granted: 50 });
    expect(await take("changed", 50, 20)).toMatchObject({ granted: 0, left: 0 });
    expect((await take("changed", 50, 200)).granted).toBeGreaterThan(0);
  });

  it("is forgotten when it is old", async () => {
    await take("old", 1, 10);
    await store.db.execute("update rate_limits set window_start = now() - interval '2 days' where key = 'old'");
    await forgetWindows(store.system);
    const { rows } = (await store.db.execute("select key from rate_limits where key in ('old', 'crowd')")) as {
      rows: object[];
    };
    expect(rows).toEqual([{ key: "crowd" }]);
  });
});

describe.each(ENGINES)("a gateway on %s", (engine) => {
  let place: Place;
  let test: TestApp;
  let second: TestApp | undefined;
  const limits = { requestsPerMinute: 120 };
  beforeAll(async () => {
    place = await newPlace(engine);
    test = await startTestApp({ store: place.where, limits });
    if (engine === "postgres") second = await startTestApp({ store: place.where, limits, over: test.jira });
  });
  afterAll(async () => {
    await second?.close();
    await test.close();
    await place.drop();
  });
  const ask = ({ app }: TestApp, key = KEY, path = "graphql", body = '{"query":"{ __typename }"}'): Promise<Response> =>
    fetch(`${app.url}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": key },
      body,
    });

  it("answers no more requests of a key than the limit, with all its replicas together", async () => {
    const replicas = second ? [test, second] : [test];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => ask(replicas[n % replicas.length] as TestApp)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    expect(statuses.filter((status) => status === 429)).toHaveLength(80);
  });

  it("says when to come again, before it has looked at the body", async () => {
    const answer = await ask(test, KEY, "graphql", "{ no JSON");
    expect(answer.status).toBe(429);
    const seconds = Number(answer.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    const message = `This key has made its 120 requests of this minute. Ask again in ${seconds} s.`;
    expect(await answer.json()).toEqual({ errors: [{ message, extensions: { code: "RATE_LIMITED" } }] });
  });

  it("says so for files, and to who would subscribe", async () => {
    expect((await ask(test, KEY, "attachments/x")).status).toBe(429);
    const client = liveClient(test.app.url, KEY);
    await expect(firstEvent(client, { query: "subscription { ticketChanged { kind } }" })).rejects.toMatchObject({
      code: 4429,
      reason: expect.stringMatching(/^This key has made its 120 requests/),
    });
  });

  it("answers other keys meanwhile, whose subscriptions count as well", async () => {
    const client = liveClient(test.app.url, READER_KEY);
    const query = 'subscription { bulkJobProgress(id: "x") { state } }';
    expect((await firstEvent(client, { query })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const { extensions } = (await (await ask(test, READER_KEY)).json()) as {
      extensions: { cost: { requests: { left: number } } };
    };
    expect(extensions.cost.requests.left).toBe(120 - 3);
    for (let n = 0; n < 120; n += 1) await (await ask(test, READER_KEY)).text();
    expect((await firstEvent(client, { query })).errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    await client.dispose();
  });

  it("asks no key of those who have none to spend", async () => {
    expect((await ask(test, "unknown_key_0123456789abcdef")).status).toBe(401);
    expect((await fetch(`${test.app.url}/healthz`)).status).toBe(200);
  });
});
