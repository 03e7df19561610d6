import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { checkNode } from "../../src/doctor/check-node.js";
import { checkServer } from "../../src/doctor/check-server.js";
import { isSound, report } from "../../src/doctor/report.js";
import { examine } from "../../src/doctor/examine.js";
import { openConnection } from "../../src/gateway/open-connection.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { createLogger } from "../../src/server/logger.js";
import { openObserver } from "../../src/server/observe.js";
import { masterKeyWrapper } from "../../src/store/key-wrapper.js";
import { openStore } from "../../src/store/open.js";
import { openVault } from "../../src/store/vault.js";
import { ENGINES, fillFolder } from "../support/databases.js";
import { startTestApp } from "../support/app.js";
import { surroundings, toldOf, type Surroundings } from "./support.js";

let jira: JiraSandbox;
const made: Surroundings[] = [];
async function around(...connections: object[]): Promise<Surroundings> {
  const one = await surroundings("pglite", connections);
  made.push(one);
  return one;
}
const connection = (id: string, apiToken = jira.apiToken) => ({
  id,
  vendor: "jira",
  baseUrl: jira.url,
  credentials: { email: jira.email, apiToken },
});
beforeAll(async () => {
  jira = await startJiraSandbox({ issues: 3 });
});
afterEach(async () => {
  jira.reset();
  for (const one of made.splice(0)) await one.drop();
});
afterAll(() => jira.close());

describe("a doctor", () => {
  it("tells of every connection what is wrong with it, and of a clock that is off", async () => {
    const { env } = await around(
      connection("good"),
      connection("wrong", "not the token"),
      { ...connection("down"), baseUrl: "http://127.0.0.1:1" },
      { ...connection("private"), allowPrivateAddress: false, baseUrl: "http://169.254.169.254" },
    );
    const findings = await examine(env);
    expect(isSound(findings)).toBe(false);
    expect(toldOf(findings, "acme/good")).toEqual([expect.stringMatching(/^ok .+may create tickets/)]);
    expect(toldOf(findings, "acme/wrong")).toEqual([expect.stringContaining("failed Jira refused the credentials")]);
    expect(toldOf(findings, "acme/down")).toEqual([expect.stringContaining("failed 127.0.0.1:1 refuses connections")]);
    expect(toldOf(findings, "acme/private")).toEqual([
      expect.stringContaining("is not an address of the public internet"),
    ]);
    expect(report(findings, { isColoured: false, width: Infinity })).toMatch(/\n\n3 things failed\.$/);

    const off = await examine(env, { now: () => Date.now() + 3_600_000 });
    expect(toldOf(off, "acme/good")).toEqual([
      expect.stringContaining("failed This machine's clock is 60 minutes ahead"),
    ]);
  });

  it("asks for no token where that would take the refresh token from the gateways", async () => {
    const { clientId, clientSecret, refreshToken } = jira.oauth;
    const oauth = { clientId, clientSecret, refreshToken, cloudId: jira.cloudId, authUrl: jira.url, apiUrl: jira.url };
    const { env, folder } = await around({ ...connection("oauth"), credentials: { oauth } });
    expect(toldOf(await examine(env), "acme/oauth")).toEqual([
      expect.stringContaining("skipped Its access token has ended"),
    ]);
    expect(jira.calls).toEqual([]);

    // A gateway gets one and keeps it.
    const key = Buffer.alloc(32, 1);
    await fillFolder(folder, "tables");
    const store = await openStore({ folder });
    const open = {
      store,
      vault: openVault(store, masterKeyWrapper([key])),
      observer: openObserver(createLogger("silent")),
    };
    const settings = { baseUrl: jira.url, credentials: { oauth } };
    const spec = { id: "oauth", vendor: "jira", name: "oauth", settings, tenantId: "acme", madeBy: "api" } as const;
    const opened = openConnection(open, { ...spec, allowPrivateAddress: true });
    await opened.connection.ticket("10001");
    await opened.connection.close();
    await store.close();
    jira.reset();
    const findings = await examine({ ...env, TICKETGRAPH_MASTER_KEY: key.toString("base64") });
    expect(toldOf(findings, "acme/oauth")).toEqual([expect.stringMatching(/^ok /)]);
    expect(jira.calls.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("tells of every mistake in the configuration file and in the environment, each with its place", async () => {
    const { env, folder } = await around();
    const path = join(folder, "wrong.yaml");
    await writeFile(path, "tenants: [{ id: acme, connections: [{ id: a, vendor: jirra }, { id: b, vendor: jira }] }]");
    const findings = await examine({ ...env, TICKETGRAPH_CONFIG: path, TICKETGRAPH_MASTER_KEYS: "x" });
    expect(toldOf(findings, "configuration")).toEqual([
      expect.stringContaining("failed The configuration file"),
      expect.stringContaining("failed tenants[0].connections[0].vendor: there is no vendor"),
      expect.stringContaining("failed tenants[0].connections[1]"),
      expect.stringContaining("failed tenants[0].connections[1]"),
    ]);
    expect(toldOf(findings, "environment")).toContain(
      "warning TICKETGRAPH_MASTER_KEYS is set, but nothing reads it. → Did you mean TICKETGRAPH_MASTER_KEY?",
    );
    const wrong = await examine({ PORT: "x", LOG_LEVEL: "loud" });
    expect(toldOf(wrong, "environment")).toHaveLength(2);
  });

  it("tells that without a file there is only the demo", async () => {
    const findings = await examine({ PORT: "0" });
    expect(toldOf(findings, "configuration")).toEqual([expect.stringContaining("warning No file is named")]);
    expect(toldOf(findings, "store")).toEqual(["ok The demo keeps everything in memory."]);
  });

  it("tells of a database that can't be reached, and tries the vendors all the same", async () => {
    const { env } = await around(connection("good"));
    const findings = await examine({ ...env, DATABASE_URL: "postgres://u:a-password@127.0.0.1:1/x" });
    expect(toldOf(findings, "store")).toEqual([
      "failed The database at 127.0.0.1:1 can't be used (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL.",
    ]);
    expect(toldOf(findings, "acme/good")).toEqual([expect.stringMatching(/^ok /)]);
    expect(JSON.stringify(findings)).not.toContain("a-password");
  });

  (ENGINES.includes("postgres") ? it : it.skip)("tells of a user that the database doesn't know", async () => {
    const { env } = await around();
    const url = new URL(process.env["TEST_DATABASE_URL"] ?? "");
    url.username = "nobody_of_this_name";
    const [told] = toldOf(await examine({ ...env, DATABASE_URL: url.href }), "store");
    expect(told).toMatch(
      /^failed The database at .+ can't be used \(.*nobody_of_this_name.*\)\. Check DATABASE_URL\.$/,
    );
  });

  it("tells who listens on the port", async () => {
    const stranger = createServer((_req, res) => res.end("hello")).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const port = String((stranger.address() as AddressInfo).port);
    expect(toldOf(await examine({ PORT: port }), `port ${port}`)).toEqual([
      `failed Something else listens on 127.0.0.1:${port}. → Stop it, or set PORT to another port.`,
    ]);
    stranger.close();
    const running = await startTestApp({ over: jira });
    const own = new URL(running.app.url).port;
    expect(toldOf(await examine({ PORT: own }), `port ${own}`)).toEqual([
      `ok A gateway listens on 127.0.0.1:${own} and is ready.`,
    ]);
    await running.close();
  });

  it.each([
    [{ HOST: "0.0.0.0" }, "Set PUBLIC_URL to the address that others use."],
    [{ HOST: "0.0.0.0", PUBLIC_URL: "http://tickets.acme.example" }, "Put a proxy in front that ends TLS"],
    [{ PUBLIC_URL: "https://tickets.acme.example" }, "Set TRUSTED_PROXIES"],
    [{ CORS_ORIGINS: "http://pages.acme.example" }, "Name their https addresses."],
    [{ HOST: "0.0.0.0", PUBLIC_URL: "https://tickets.acme.example", TRUSTED_PROXIES: "1" }, undefined],
    [{ CORS_ORIGINS: "http://localhost:3000" }, undefined],
  ])("weighs addresses: %j", async (env, todo) => {
    const told = toldOf(await examine({ PORT: "0", ...env }), "addresses");
    expect(told).toEqual([todo === undefined ? expect.stringMatching(/^ok /) : expect.stringContaining(`→ ${todo}`)]);
  });

  it("judges what a server tells of itself", () => {
    const fine = { version: 150_020, isStandby: false, synchronousCommit: "on", fsync: "on", fullPageWrites: "on" };
    const rest = { connections: 5, maxConnections: 100, now: 0, missingRoles: [], openTables: [] };
    const found = (other: object) => checkServer({ ...fine, ...rest, ...other }, false).map(({ state }) => state);
    expect(found({})).toEqual(["ok"]);
    expect(found({ version: 130_001, isStandby: true })).toEqual(["failed", "failed"]);
    expect(found({ fsync: "off", fullPageWrites: "off", synchronousCommit: "off" })).toHaveLength(3);
    expect(found({ connections: 90 })).toEqual(["warning"]);
    expect(found({ missingRoles: ["ticketgraph_tenant"], openTables: ["deliveries"] })).toEqual(["failed", "failed"]);
    expect([checkNode("20.20.2"), checkNode("22.19.0")].map(({ state }) => state)).toEqual(["failed", "ok"]);
  });

  it("writes in columns, whole or folded, with colours or without", () => {
    const findings = [
      { state: "ok", what: "one", found: "It is well." },
      { state: "warning", what: "another", found: `It is ${"very ".repeat(12)}odd.`, todo: "Mend it." },
    ] as const;
    const indent = " ".repeat(18);
    expect(report(findings, { isColoured: false, width: Infinity })).toBe(
      `ok       one      It is well.\nwarning  another  It is ${"very ".repeat(12)}odd.\n${indent}→ Mend it.\n\nNothing failed. 1 warning.`,
    );
    const narrow = report(findings, { isColoured: true, width: 60 });
    expect(narrow).toContain("\u001b[33mwarning\u001b[39m  another");
    expect(
      stripVTControlCharacters(narrow)
        .split("\n")
        .every(({ length }) => length <= 60),
    ).toBe(true);
  });
});
