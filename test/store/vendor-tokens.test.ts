import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { VendorError } from "../../src/domain/errors.js";
import type { AccessToken, RefreshTokens } from "../../src/http/http.js";
import { TokenKeeper } from "../../src/http/token.js";
import { masterKeyWrapper } from "../../src/store/key-wrapper.js";
import { openStore } from "../../src/store/open.js";
import { rowsOf, type Store } from "../../src/store/store.js";
import { openVault } from "../../src/store/vault.js";
import { openVendorTokens, releaseTokens } from "../../src/store/vendor-tokens.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { until } from "../support/until.js";

const OWNER = { tenantId: "acme", connectionId: "jira" };
const LIFE_MS = 600_000;
const MASTER = randomBytes(32);

/** An authorization server that gives each refresh token one successor, and takes none twice. */
function authorizationServer() {
  const events: string[] = [];
  const state = { asks: 0, issued: 0, isDown: false, before: async (): Promise<void> => {} };
  return {
    events,
    state,
    async ask(refreshToken: string): Promise<AccessToken> {
      state.asks += 1;
      await state.before();
      if (state.isDown) throw new VendorError({ code: "UNAVAILABLE", message: "Away." }, "no");
      if (refreshToken !== `refresh-${state.issued}`)
        throw new VendorError({ code: "AUTH", message: `Taken: ${refreshToken}` }, "no", { status: 403 });
      state.issued += 1;
      events.push(`gave ${state.issued}`);
      const n = state.issued;
      return { accessToken: `access-${n}`, refreshToken: `refresh-${n}`, expiresInMs: LIFE_MS };
    },
  };
}

describe.each(ENGINES)("a vendor's tokens in the store on %s", (engine) => {
  let place: Place;
  let stores: [Store, Store];
  let server: ReturnType<typeof authorizationServer>;
  let today: number;
  const clock = { now: () => today, sleep: async () => {} };
  beforeAll(async () => {
    place = await newPlace(engine);
    const store = await openStore(place.where);
    stores = [store, engine === "postgres" ? await openStore(place.where) : store];
  });
  beforeEach(() => {
    server = authorizationServer();
    today = Date.now();
  });
  afterEach(async () => void (await stores[0].db.execute("truncate vendor_tokens, data_keys")));
  afterAll(async () => {
    for (const store of new Set(stores)) await store.close();
    await place.drop();
  });

  const tokensOf = (replica: 0 | 1, credentials: unknown = { refreshToken: "refresh-0" }): RefreshTokens => {
    const store = stores[replica];
    return openVendorTokens(store.of("acme"), openVault(store, masterKeyWrapper([MASTER])), OWNER, credentials);
  };
  const keeperOf = (refreshTokens: RefreshTokens, first = "refresh-0") =>
    new TokenKeeper({
      clock,
      today: () => today,
      refreshTokens,
      request: (refreshToken) => ({
        url: new URL("https://auth.example/token"),
        body: { refreshToken: refreshToken ?? first },
        parse: (body) => body as AccessToken,
      }),
      ask: ({ body }) => server.ask((body as { refreshToken: string }).refreshToken),
    });
  const versions = async () =>
    rowsOf<{ version: number }>(await stores[0].db.execute(sql`select version from vendor_tokens`)).map(
      ({ version }) => version,
    );

  it("are asked for once at each expiry, by all callers of all replicas together", async () => {
    const keepers = [keeperOf(tokensOf(0)), keeperOf(tokensOf(1))];
    for (let expiry = 1; expiry <= 3; expiry += 1) {
      const given = await Promise.all(Array.from({ length: 20 }, async (_, n) => keepers[n % 2]?.token()));
      expect(new Set(given)).toEqual(new Set([`access-${expiry}`]));
      expect(server.state.asks).toBe(expiry);
      today += LIFE_MS;
    }
    expect(await versions()).toEqual([3]);
  });

  it("are committed before anybody uses them", async () => {
    const tokens = tokensOf(0);
    const keeper = keeperOf({
      async renew(work) {
        const given = await tokens.renew(work);
        // Another replica, at the moment at which this one is given the token.
        await tokensOf(1).renew(async (kept) => {
          server.events.push(`kept ${JSON.stringify(kept)}`);
          return kept as NonNullable<typeof kept>;
        });
        return given;
      },
    });
    server.events.push(`used ${await keeper.token()}`);
    expect(server.events).toEqual([
      "gave 1",
      expect.stringMatching(/^kept \{"refreshToken":"refresh-1","access":\{"token":"access-1"/),
      "used access-1",
    ]);
  });

  it("stay as they were where a renewal fails, and the other replica goes on from there", async () => {
    const [here, there] = [keeperOf(tokensOf(0)), keeperOf(tokensOf(1))];
    await here.token();
    today += LIFE_MS;
    server.state.isDown = true;
    await expect(here.token()).rejects.toThrow("Away.");
    expect(await versions()).toEqual([1]);
    server.state.isDown = false;
    expect(await there.token()).toBe("access-2");
    expect(await here.token()).toBe("access-2");
    expect(server.state.asks).toBe(3);
  });

  it("are renewed by another replica where the one that was at it is gone, which then keeps nothing of its own", async () => {
    const [lost, next] = [tokensOf(0), tokensOf(1)];
    let isAsking = false;
    let wake = (): void => {};
    const late = lost.renew(async () => {
      isAsking = true;
      await new Promise<void>((resolve) => (wake = resolve));
      return { refreshToken: "of the one that was lost" };
    });
    await until(() => isAsking);
    let isTaken = false;
    const taken = keeperOf(next).token();
    void Promise.resolve(taken).then(() => (isTaken = true));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect([isTaken, server.state.asks]).toEqual([false, 0]);
    await stores[0].db.execute(sql`update vendor_tokens set due_at = now() - interval '1 s'`);
    expect(await taken).toBe("access-1");
    wake();
    await expect(late).rejects.toThrow("A renewal of tokens took so long that another replica took over.");
    expect(await next.renew(async (kept) => kept ?? {})).toMatchObject({ refreshToken: "refresh-1" });
  });

  it("are let go at the start of an embedded store, where nobody else can be at one", async () => {
    let isAsking = false;
    void tokensOf(0).renew(() => {
      isAsking = true;
      return new Promise<never>(() => {});
    });
    await until(() => isAsking);
    await releaseTokens(stores[0].system);
    expect(await keeperOf(tokensOf(1)).token()).toBe("access-1");
  });

  it("begin anew with other credentials, and only then", async () => {
    const given = { refreshToken: "refresh-0" };
    await keeperOf(tokensOf(0, given)).token();
    expect(await tokensOf(1, { ...given }).renew(async (kept) => kept ?? {})).toMatchObject({
      refreshToken: "refresh-1",
    });
    server.state.issued = 50;
    expect(await keeperOf(tokensOf(1, { refreshToken: "refresh-50" }), "refresh-50").token()).toBe("access-51");
  });

  it("can be read in no table", async () => {
    await keeperOf(tokensOf(0)).token();
    const rows = rowsOf(await stores[0].db.execute(sql`select * from vendor_tokens`));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).toContain("acme");
    expect(JSON.stringify(rows)).not.toMatch(/refresh-|access-/);
    const [{ sealed }] = rows as [{ sealed: string }];
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toMatch(/refresh-|access-/);
  });

  it("keeps what was granted when the database was away just then, before anybody uses it", async () => {
    const [store] = stores;
    const db = store.of("acme");
    let failures = 2;
    const failing: typeof db = {
      ...db,
      async execute(statement) {
        const isKeeping = JSON.stringify(statement).includes("set seed");
        if (isKeeping && failures-- > 0) throw Object.assign(new Error("away"), { code: "08006" });
        return db.execute(statement);
      },
    };
    const vault = openVault(store, masterKeyWrapper([MASTER]));
    const keeper = keeperOf(openVendorTokens(failing, vault, OWNER, { refreshToken: "refresh-0" }));
    expect(await keeper.token()).toBe("access-1");
    expect(failures).toBeLessThan(0);
    expect(await keeperOf(tokensOf(1)).token()).toBe("access-1");
    expect(server.state.asks).toBe(1);
  });
});
