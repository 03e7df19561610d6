import { describe, expect, it } from "@jest/globals";
import type { Wire } from "../../src/http/http.js";
import { call, json, open, read, refusalOf, serve, skippingClock, wire, write, type Seen } from "./support.js";
import { keptTokens } from "../support/kept-tokens.js";

/** A vendor with an authorization server that rotates refresh tokens, as strict as a real one. */
async function vendor(isAllowed: (token: string) => boolean = () => true, refusesToken = true) {
  let issued = 0;
  const events: string[] = [];
  const state = { isDown: false };
  const { url } = await serve((res, { url: path, headers, body }: Seen) => {
    if (path === "/oauth/token") {
      const { refresh_token } = JSON.parse(body) as { refresh_token: string };
      events.push(`refresh ${refresh_token}`);
      if (state.isDown) return void res.destroy();
      if (refresh_token !== `refresh-${issued}`) return json(res, 403, { error: "invalid_grant" });
      issued += 1;
      return json(res, 200, { access_token: `access-${issued}`, refresh_token: `refresh-${issued}` });
    }
    const token = (headers.authorization ?? "").replace("Bearer ", "");
    events.push(`call ${token}`);
    return json(res, token === `access-${issued}` && isAllowed(token) ? 200 : 401, {});
  });
  const oauth: Wire<{ readonly url: string }> = {
    ...wire,
    refusesToken: () => refusesToken,
    token: (_settings, refreshToken) => ({
      url: new URL("/oauth/token", url),
      body: { refresh_token: refreshToken ?? "refresh-0" },
      parse: (body) => {
        const { access_token, refresh_token } = body as Record<string, string>;
        return { accessToken: access_token ?? "", refreshToken: refresh_token ?? "", expiresInMs: 3_600_000 };
      },
    }),
  };
  const refreshTokens = keptTokens((token) => void events.push(`saved ${token}`));
  const clock = skippingClock();
  return {
    http: open(url, { wire: oauth, refreshTokens, clock }),
    /** The same connection on another replica, with a clock of its own. */
    replica() {
      const its = skippingClock();
      return { http: open(url, { wire: oauth, refreshTokens, clock: its }), clock: its };
    },
    clock,
    events,
    state,
    revoke: () => void (issued = 100),
    refreshes: () => events.filter((event) => event.startsWith("refresh")).length,
  };
}

describe("an access token", () => {
  it("is not asked for anew where the vendor refuses its owner and not the token, however old it is", async () => {
    const { http, clock, events, refreshes } = await vendor(() => false, false);
    await refusalOf(http.send(write, call()));
    clock.skip(60_000);
    await refusalOf(http.send(write, call()));
    expect(refreshes()).toBe(1);
    expect(events.filter((event) => event.startsWith("call"))).toEqual(["call access-1", "call access-1"]);
  });

  it("is asked for once by all who need it, its successor saved before it is used", async () => {
    const { http, events } = await vendor();
    await Promise.all(Array.from({ length: 20 }, () => http.send(read, call())));
    expect(events.slice(0, 3)).toEqual(["refresh refresh-0", "saved refresh-1", "call access-1"]);
    expect(events.filter((event) => event === "call access-1")).toHaveLength(20);
    expect(events).toHaveLength(22);
  });

  it("that twenty calls find ended is renewed once, and all of them succeed, writes too", async () => {
    let hasEnded = false;
    const { http, clock, refreshes } = await vendor((token) => !(hasEnded && token === "access-1"));
    await http.send(read, call());
    clock.skip(60_000);
    hasEnded = true;
    await Promise.all(Array.from({ length: 20 }, () => http.send(write, call())));
    expect(refreshes()).toBe(2);
  });

  it("that is refused for what its owner may do is not renewed in a loop", async () => {
    const { http, refreshes } = await vendor(() => false);
    for (let n = 0; n < 10; n += 1)
      expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "AUTH", sent: "no" });
    expect(refreshes()).toBe(1);
  });

  it("is renewed before it ends, not after", async () => {
    const { http, clock, events } = await vendor();
    await http.send(read, call());
    clock.skip(3_600_000 - 59_000);
    await http.send(read, call());
    expect(events.filter((event) => event.startsWith("call"))).toEqual(["call access-1", "call access-2"]);
  });

  it("that can't be had any more is told as what to do, and nothing is sent", async () => {
    const { http, revoke, events } = await vendor();
    revoke();
    const error = await refusalOf(http.send(write, call()));
    expect(error).toMatchObject({ code: "AUTH", sent: "no" });
    expect(error.message).toContain("Check its client and its refresh token, and connect it again.");
    expect(events.some((event) => event.startsWith("call"))).toBe(false);
  });

  it("that can't be had now leaves a write surely unsent", async () => {
    const { http, state, events } = await vendor();
    state.isDown = true;
    expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(events.some((event) => event.startsWith("call"))).toBe(false);
  });

  it("that one replica has got serves the other too", async () => {
    const { http, replica, refreshes } = await vendor();
    await http.send(read, call());
    await replica().http.send(read, call());
    expect(refreshes()).toBe(1);
  });

  it("is renewed once by two replicas that find it ended at the same moment, and every write is done", async () => {
    let ended = "";
    const { http, clock, replica, refreshes } = await vendor((token) => token !== ended);
    const other = replica();
    await Promise.all([http, other.http].map((one) => one.send(read, call())));
    for (const one of [clock, other.clock]) one.skip(60_000);
    ended = "access-1";
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? http : other.http).send(write, call())));
    expect(refreshes()).toBe(2);
  });

  it("is renewed once by two replicas when its time has come", async () => {
    const { http, clock, replica, refreshes } = await vendor();
    const other = replica();
    await Promise.all([http, other.http].map((one) => one.send(read, call())));
    for (const one of [clock, other.clock]) one.skip(3_600_000 - 59_000);
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? http : other.http).send(write, call())));
    expect(refreshes()).toBe(2);
  });

  it("is asked for again by a replica whose sister got none", async () => {
    const { http, state, replica, refreshes } = await vendor();
    state.isDown = true;
    expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    state.isDown = false;
    expect(await replica().http.send(write, call())).toEqual({});
    expect(refreshes()).toBeGreaterThan(1);
  });

  it.each([
    ["a redirect", 302, "BAD_RESPONSE", "answered with a redirect (302), which isn't followed"],
    ["a limit", 429, "RATE_LIMITED", "It said 429."],
  ])("that is answered with %s says so, and follows nothing", async (_what, status, code, words) => {
    const { url: elsewhere, seen } = await serve((res) => json(res, 200, { access_token: "stolen" }));
    const { url, seen: asked } = await serve((res) => json(res, status, {}, { location: `${elsewhere}/oauth/token` }));
    const redirected: Wire<{ readonly url: string }> = {
      ...wire,
      token: () => ({
        url: new URL("/oauth/token", url),
        body: {},
        parse: () => ({ accessToken: "x", expiresInMs: 1 }),
      }),
    };
    const error = await refusalOf(open(url, { wire: redirected, options: { retriesSaved: 0 } }).send(write, call()));
    expect(error).toMatchObject({ code, sent: "no" });
    expect(error.message).toContain(words);
    expect(asked.map(({ url: path }) => path)).toEqual(["/oauth/token"]);
    expect(seen).toHaveLength(0);
  });
});
