import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Connection } from "../../src/connectors/connection.js";
import { jira as vendor } from "../../src/connectors/jira/index.js";
import { CONNECTION_CHECKS, type ConnectionTest } from "../../src/domain/connection-test.js";
import { ForbiddenAddress } from "../../src/http/guard.js";
import { openHttp } from "../../src/http/open-http.js";
import { testConnection } from "../../src/operations/test-connection.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { connect } from "../support/connect.js";
import { undescribed } from "../support/jira-description.js";
import { keptTokens } from "../support/kept-tokens.js";

const UNTRIED = "SKIPPED It was not tried, since an earlier check failed.";
const told = ({ checks }: ConnectionTest): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, state, message }) => [name, `${state} ${message}`]));
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
function to(baseUrl: string, credentials: object = { email: "a@acme.example", apiToken: "t" }): Connection {
  const connection = connect(vendor, { baseUrl, credentials }, { http: { retriesSaved: 0, breakerFailures: 2 } });
  endings.push(() => connection.close());
  return connection;
}

describe("a test of a connection", () => {
  let jira: JiraSandbox;
  let host: string;
  let connection: Connection;
  beforeAll(async () => {
    jira = await startJiraSandbox({ issues: 3 });
    host = new URL(jira.url).host;
  });
  afterEach(() => {
    jira.setRights(undefined);
    jira.reset();
  });
  afterAll(() => jira.close());
  const open = (): Connection => (connection = to(jira.url, { email: jira.email, apiToken: jira.apiToken }));

  it("that finds nothing wrong says whom the vendor takes us for and where tickets can be made, by three calls", async () => {
    const found = await testConnection(open());
    expect(found.ok).toBe(true);
    expect(found.checks.map(({ name }) => name)).toEqual([...CONNECTION_CHECKS]);
    expect(told(found)).toEqual({
      ADDRESS: `PASSED ${host} answers.`,
      TLS: `SKIPPED ${host} is spoken to without TLS, as its address says.`,
      SIGN_IN: "PASSED Signed in as Integration Account.",
      CLOCK: `PASSED This machine's clock agrees with that of ${host}.`,
      READ: "PASSED It may see the projects OPS, PLAT, SUP.",
      CREATE: "PASSED It may create tickets in the projects OPS, PLAT, SUP.",
    });
    expect(jira.calls).toHaveLength(3);
    expect(jira.calls.every(({ method }) => method === "GET")).toBe(true);
    expect(undescribed(jira.calls)).toEqual([]);
  });

  it("tells of a wrong token, and that no more was tried", async () => {
    const found = await testConnection(to(jira.url, { email: jira.email, apiToken: "wrong" }));
    expect(found.ok).toBe(false);
    expect(told(found)).toMatchObject({
      ADDRESS: `PASSED ${host} answers.`,
      SIGN_IN:
        "FAILED Jira refused the credentials of this connection. Check the e-mail address and the API token, which may have ended.",
      READ: UNTRIED,
      CREATE: UNTRIED,
    });
  });

  it("tells of an account that sees no project", async () => {
    jira.setRights({ browse: [] });
    expect(told(await testConnection(open()))).toMatchObject({
      SIGN_IN: "PASSED Signed in as Integration Account.",
      READ: "FAILED It sees no project at all. Give the account access to at least one in Jira, or use another account.",
    });
  });

  it("tells of an account that may create nowhere, and names the permission", async () => {
    jira.setRights({ create: [] });
    const found = await testConnection(open());
    expect(found.ok).toBe(false);
    expect(told(found)).toMatchObject({
      READ: "PASSED It may see the projects OPS, PLAT, SUP.",
      CREATE:
        "FAILED It may create tickets in no project. Give the account the permissions Browse Projects and Create Issues in at least one in Jira.",
    });
    jira.setRights({ create: ["SUP"] });
    expect(told(await testConnection(connection)).CREATE).toBe("PASSED It may create tickets in the project SUP.");
  });

  it("tells of an account that is known and may not even ask", async () => {
    jira.faults.add({ kind: "status", status: 403 });
    expect(told(await testConnection(open()))).toMatchObject({
      SIGN_IN: "PASSED Jira Cloud takes the credentials.",
      READ: "FAILED The connection's account may not do this in Jira. Give the account what it lacks, or use another one.",
      CREATE: UNTRIED,
    });
  });

  it("tells of a limit, and when to test again", async () => {
    jira.faults.add({ kind: "429", retryAfter: 60 });
    expect(told(await testConnection(open()))).toMatchObject({
      ADDRESS: `PASSED ${host} answers.`,
      SIGN_IN: UNTRIED,
      READ: "FAILED Rate limit exceeded. Test it again in 60 s.",
    });
    expect(jira.calls).toHaveLength(1);
  });

  it.each([
    ["a vendor in trouble", { kind: "status", status: 503 }, "Jira has a problem of its own (HTTP 503)."],
    [
      "a page for people",
      { kind: "html-200" },
      "HOST gave an answer that isn't JSON (HTTP 200). That is not the API of Jira Cloud. Check the connection's base URL.",
    ],
    [
      "an address where there is nothing",
      { kind: "html-404" },
      "HOST has no API of Jira Cloud at this address (HTTP 404). Check the connection's base URL.",
    ],
    ["a connection that breaks", { kind: "reset" }, "The connection to HOST broke before the answer was whole."],
  ] as const)("tells of %s", async (_what, rule, message) => {
    jira.faults.add(rule);
    const found = told(await testConnection(open()));
    expect(found).toMatchObject({ ADDRESS: `FAILED ${message.replace("HOST", host)}`, SIGN_IN: UNTRIED });
    // Nothing is tried twice: whoever tests wants to know how it is.
    expect(jira.calls).toHaveLength(1);
  });

  it("gives up in time", async () => {
    jira.faults.add({ kind: "hang" });
    const began = performance.now();
    const found = told(await testConnection(open(), { timeoutMs: 150 }));
    expect(found.ADDRESS).toBe(`FAILED ${host} did not answer in time.`);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    [6, "7 minutes ahead of"],
    [-7, "7 minutes behind"],
  ])("tells of a clock that is off by %i minutes", async (minutes, words) => {
    const offMs = minutes > 0 ? 7 * 60_000 : -7 * 60_000;
    const found = await testConnection(open(), { now: () => Date.now() + offMs });
    expect(found.ok).toBe(false);
    expect(told(found).CLOCK).toBe(
      `FAILED This machine's clock is ${words} that of ${host}: tokens are taken for ended, and changes are missed. Set it, best by NTP.`,
    );
    expect(told(found).CREATE).toContain("PASSED");
  });

  it("tells the truth of a connection that failed before, and of one that is held back by a limit", async () => {
    open();
    jira.faults.add({ kind: "status", status: 503 });
    for (let n = 0; n < 2; n += 1) await connection.ticket("10001").catch(() => {});
    jira.faults.clear();
    const held = await connection.ticket("10001").catch((error: unknown) => error);
    expect(held).toHaveProperty("message", expect.stringContaining("is left alone for another"));
    expect(connection.state).toBe("UNREACHABLE");
    expect((await testConnection(connection)).ok).toBe(true);
    expect(connection.state).toBe("ACTIVE");

    const limited = open();
    jira.faults.add({ kind: "429", retryAfter: 600, times: 1 });
    await limited.ticket("10001").catch(() => {});
    expect((await testConnection(limited)).ok).toBe(true);
  });

  it("tells of OAuth that has ended", async () => {
    const { clientId } = jira.oauth;
    const gone = { clientId, clientSecret: "gone", refreshToken: "gone", cloudId: jira.cloudId };
    const found = await testConnection(to(jira.url, { oauth: { ...gone, authUrl: jira.url, apiUrl: jira.url } }));
    expect(told(found).SIGN_IN).toBe(
      "FAILED The vendor gives this connection no new access token. Check its client and its refresh token, and connect it again.",
    );
  });

  it("tells of an address that may not be dialled, and dials nothing", async () => {
    const settings = vendor.settings.parse({ baseUrl: jira.url, credentials: { email: "a", apiToken: "t" } });
    const http = openHttp({
      wire: vendor.wire,
      settings: { ...settings, baseUrl: jira.url.replace("127.0.0.1", "localhost") },
      allowPrivateAddress: false,
      refreshTokens: keptTokens(),
    });
    const guarded = Object.assign(Object.create(to(jira.url)) as Connection, { http });
    const found = told(await testConnection(guarded));
    expect(found.ADDRESS).toContain("FAILED localhost is not an address of the public internet.");
    expect(jira.calls).toHaveLength(0);
    const refusing = Object.assign(Object.create(to(jira.url)) as Connection, {
      http: { anew: () => fail(new ForbiddenAddress("10.0.0.1 is not.")) },
    });
    expect(told(await testConnection(refusing)).ADDRESS).toBe("FAILED 10.0.0.1 is not.");
  });

  it("passes on what is a bug", async () => {
    const broken = Object.assign(Object.create(to(jira.url)) as Connection, {
      http: { anew: () => fail(new TypeError("bug")) },
    });
    await expect(testConnection(broken)).rejects.toThrow("bug");
  });
});

function fail(error: Error): never {
  throw error;
}

describe("a test of a connection that can't be made", () => {
  let folder: string;
  const servers: Server[] = [];
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const trusted = getCACertificates("default");
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tls-"));
    mkdirSync(join(folder, "issued"));
    writeFileSync(join(folder, "index.txt"), "");
    const policy =
      "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=issued\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n";
    writeFileSync(join(folder, "ca.cnf"), policy);
    openssl(..."req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -days 2".split(" "));
    issue("good", "localhost", "-days 2");
    issue("expired", "localhost", "-startdate 20200101000000Z -enddate 20200102000000Z");
    issue("early", "localhost", "-startdate 20900101000000Z -enddate 20910101000000Z");
    issue("other", "other.example", "-days 2");
  });
  afterEach(() => {
    setDefaultCACertificates(trusted);
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function issue(name: string, subject: string, dates: string): void {
    openssl(...`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${subject}`.split(" "));
    const signing = `ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in ${name}.csr -out ${name}.pem ${dates}`;
    openssl(...signing.split(" "));
  }

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `localhost:${(server.address() as AddressInfo).port}`;
  }
  const secure = (name: string): Promise<string> => {
    const read = (end: string): Buffer => readFileSync(join(folder, `${name}.${end}`));
    return listen(createTlsServer({ key: read("key"), cert: read("pem") }, (_req, res) => res.end("{}")));
  };

  it.each([
    ["expired", "its certificate has ended and must be renewed."],
    ["early", "its certificate isn't valid yet. Check this machine's clock."],
    ["other", "its certificate is for another name. Write the base URL with the name that the certificate has."],
    [
      "good",
      "its certificate is not one that can be trusted: who signed it is not known here. Have the server send the whole chain, or name its authority's file in NODE_EXTRA_CA_CERTS.",
    ],
    [
      "ca",
      "its certificate is not one that can be trusted: it is signed by nobody whom this machine knows. Name its authority's file in NODE_EXTRA_CA_CERTS.",
    ],
  ])("tells of a certificate that can't be trusted: %s", async (name, words) => {
    if (/expired|early|other/.test(name))
      setDefaultCACertificates([...trusted, readFileSync(join(folder, "ca.pem"), "utf8")]);
    const host = await secure(name);
    const found = await testConnection(to(`https://${host}`));
    expect(found.ok).toBe(false);
    expect(told(found)).toMatchObject({
      ADDRESS: `PASSED ${host} answers.`,
      TLS: `FAILED No secure connection to ${host}: ${words}`,
      SIGN_IN: UNTRIED,
      READ: UNTRIED,
      CREATE: UNTRIED,
    });
  });

  it("tells of a secure connection where all is well with it", async () => {
    setDefaultCACertificates([...trusted, readFileSync(join(folder, "ca.pem"), "utf8")]);
    const host = await secure("good");
    expect(told(await testConnection(to(`https://${host}`)))).toMatchObject({
      ADDRESS: expect.stringContaining(`FAILED ${host} gave an answer of an unexpected shape`) as unknown,
      TLS: `PASSED The connection to ${host} is secure.`,
    });
  });

  it("tells of a server that doesn't speak TLS, and of one that speaks nothing else", async () => {
    const host = await listen(createPlainServer((_req, res) => res.end("{}")));
    expect(told(await testConnection(to(`https://${host}`))).TLS).toBe(
      `FAILED No secure connection to ${host}: it doesn't speak TLS there. Check the base URL's port, and whether it is https.`,
    );
    const tls = await secure("ca");
    expect(told(await testConnection(to(`http://${tls}`))).ADDRESS).toContain("FAILED");
  });

  it("tells of a name that isn't there, and of a port where nobody listens", async () => {
    const found = told(await testConnection(to("https://nobody.invalid")));
    expect(found).toMatchObject({
      ADDRESS: "FAILED The name nobody.invalid could not be resolved. Check the connection's base URL.",
      TLS: UNTRIED,
      CLOCK: "SKIPPED nobody.invalid told no time.",
    });
    expect(told(await testConnection(to("http://127.0.0.1:1"))).ADDRESS).toBe(
      "FAILED 127.0.0.1:1 refuses connections. Check that it is up, and the connection's base URL.",
    );
  });
});
