import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { addressesOf, admitAddresses, mayDial, type HostRules } from "../../src/connectors/allowed-host.js";
import { jira } from "../../src/connectors/jira/index.js";
import { leen } from "../../src/connectors/leen/index.js";
import { VENDORS } from "../../src/connectors/registry.js";
import { requestTracker } from "../../src/connectors/request-tracker/index.js";
import { rezolve } from "../../src/connectors/rezolve/index.js";
import { stackone } from "../../src/connectors/stackone/index.js";
import { VendorError } from "../../src/domain/errors.js";
import { ForbiddenAddress, type Lookup } from "../../src/http/guard.js";
import { openHttp } from "../../src/http/open-http.js";
import { keptTokens } from "../support/kept-tokens.js";

const NONE: HostRules = { allow: [], allowPrivate: [] };
const basic = { email: "a@acme.example", apiToken: "t" };
const oauth = { clientId: "c", clientSecret: "s", refreshToken: "r", cloudId: "1" };
const leadsTo =
  (address: string): Lookup =>
  (_host, _options, callback) =>
    setImmediate(() => callback(null, [{ address, family: 4 }]));
const admit = (settings: object, rules = NONE, lookup = leadsTo("8.8.8.8")) =>
  admitAddresses(jira, jira.settings.parse(settings), rules, lookup);

/** All ways to write the same few machines that nobody outside may reach; PORT is one where somebody listens. */
const SPELLINGS = `http://127.0.0.1:PORT https://127.0.0.1:PORT https://127.1:PORT https://127.0.1:PORT https://0:PORT
  https://0.0.0.0:PORT https://2130706433:PORT https://0x7f000001:PORT https://0x7f.1:PORT https://017700000001:PORT
  https://0177.0.0.1:PORT https://127.0.0.1.:PORT https://１２７.0.0.1:PORT https://127。0。0。1:PORT https://127%2e0%2e0%2e1:PORT
  https://[::1]:PORT https://[::]:PORT https://[0:0:0:0:0:0:0:1]:PORT https://[::ffff:127.0.0.1]:PORT https://[::ffff:7f00:1]:PORT
  https://[::127.0.0.1]:PORT https://[64:ff9b::127.0.0.1]:PORT https://[2002:7f00:1::]:PORT https://[fe80::1]:PORT
  https://[fd00::1]:PORT https://[fc00::1]:PORT https://[fec0::1]:PORT https://[ff02::1]:PORT
  https://localhost:PORT https://LOCALHOST:PORT https://localhost.:PORT https://foo.localhost:PORT https://ⓛocalhost:PORT
  https://10.0.0.1:PORT https://172.16.0.1:PORT https://192.168.0.1:PORT https://100.64.0.1:PORT
  https://169.254.169.254 http://169.254.169.254/latest/meta-data https://0xA9FEA9FE https://0251.0376.0251.0376
  https://2852039166 https://[::ffff:169.254.169.254] https://[fd00:ec2::254] https://metadata.google.internal
  https://api.vendor.example@127.0.0.1:PORT https://rebound.example:PORT`.split(/\s+/);

describe("an address of a connection", () => {
  let dials = 0;
  const listener = createServer((socket) => {
    dials += 1;
    socket.destroy();
  });
  let port = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    port = String((listener.address() as AddressInfo).port);
  });
  afterAll(() => void listener.close());

  it.each(SPELLINGS)(
    "spelled %s is refused when it is saved and when it is dialled, and nobody is called",
    async (text) => {
      const settings = requestTracker.settings.parse({
        baseUrl: text.replace("PORT", port),
        credentials: { token: "t" },
      });
      await expect(admitAddresses(requestTracker, settings, NONE, leadsTo("127.0.0.1"))).rejects.toThrow(
        ForbiddenAddress,
      );
      const dial = async (): Promise<unknown> => {
        const http = openHttp({
          wire: requestTracker.wire,
          settings,
          allowPrivateAddress: false,
          refreshTokens: keptTokens(),
          lookup: leadsTo("127.0.0.1"),
        });
        const lane = "interactive";
        const call = { lane, signal: new AbortController().signal } as const;
        const sent = requestTracker.connect(http, settings).projects(["1"], call);
        return sent.finally(() => http.close());
      };
      const refused: unknown = await dial().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(refused instanceof ForbiddenAddress ? ForbiddenAddress : VendorError);
      expect(refused).toHaveProperty("message", expect.stringContaining("is not an address of the public internet"));
      expect(dials).toBe(0);
    },
  );

  it("is one of the vendor's own, with all that the settings lead to", async () => {
    await admit({ baseUrl: "https://acme.atlassian.net", credentials: basic });
    await admit({ baseUrl: "https://ACME.Atlassian.net.", credentials: basic });
    await admit({ baseUrl: "https://acme.atlassian。net", credentials: basic });
    await admit({ baseUrl: "https://acme.atlassian.net", credentials: { oauth } });
    expect(
      addressesOf(jira, jira.settings.parse({ baseUrl: "https://acme.atlassian.net", credentials: { oauth } })).map(
        ({ host }) => host,
      ),
    ).toEqual(["acme.atlassian.net", "api.atlassian.com", "auth.atlassian.com"]);
  });

  it.each([
    ["another's", { baseUrl: "https://evil.example", credentials: basic }],
    ["one that ends alike", { baseUrl: "https://evilatlassian.net", credentials: basic }],
    ["one that begins alike", { baseUrl: "https://acme.atlassian.net.evil.example", credentials: basic }],
    ["the domain itself, which is no site", { baseUrl: "https://atlassian.net", credentials: basic }],
    [
      "where OAuth's tokens are asked for",
      { baseUrl: "https://acme.atlassian.net", credentials: { oauth: { ...oauth, authUrl: "https://evil.example" } } },
    ],
    [
      "where OAuth's tokens are used",
      { baseUrl: "https://acme.atlassian.net", credentials: { oauth: { ...oauth, apiUrl: "https://evil.example" } } },
    ],
    ["where people open it", { baseUrl: "https://evil.example", credentials: { oauth } }],
  ])("is refused where it is not one of the vendor's: %s", async (_what, settings) => {
    await expect(admit(settings)).rejects.toThrow(
      /^Jira Cloud lives at \*\.atlassian\.net, \*\.jira\.com, api\.atlassian\.com, auth\.atlassian\.com, and \S+ is none of these\. If it is meant, name the host under hosts\.allow in the configuration file\.$/,
    );
  });

  it("of Rezolve's token server is held to the same", async () => {
    const settings = (tokenUrl: string) =>
      rezolve.settings.parse({
        baseUrl: "https://api.rezolve.ai",
        tenantId: "t",
        realm: "r",
        credentials: { oauth: { tokenUrl, clientId: "c", clientSecret: "s" } },
      });
    const rules = { allow: ["idp.acme.example"], allowPrivate: [] };
    const token = "https://idp.acme.example/realms/r/protocol/openid-connect/token";
    await expect(admitAddresses(rezolve, settings(token), NONE, leadsTo("8.8.8.8"))).rejects.toThrow(
      "Rezolve.ai lives at",
    );
    await admitAddresses(rezolve, settings(token), rules, leadsTo("8.8.8.8"));
    await expect(admitAddresses(rezolve, settings(token), rules, leadsTo("10.0.0.1"))).rejects.toThrow(
      ForbiddenAddress,
    );
    await expect(admitAddresses(rezolve, settings("https://10.1/token"), rules, leadsTo("8.8.8.8"))).rejects.toThrow(
      "10.0.0.1 is not an address of the public internet",
    );
  });

  it("may be more when the operator says so, and private only by name", async () => {
    const rules: HostRules = {
      allow: ["*.acme.test"],
      allowPrivate: ["127.0.0.1", "Jira.Internal", "[::1]", "*.lan.acme.test"],
    };
    const dial = (url: string) => mayDial(jira, new URL(url), rules);
    expect(dial("https://jira.acme.test")).toEqual({ allowPrivateAddress: false });
    expect(dial("https://acme.atlassian.net")).toEqual({ allowPrivateAddress: false });
    for (const url of [
      "http://127.0.0.1:8080",
      "http://127.1",
      "https://jira.internal.",
      "http://[::1]",
      "http://a.lan.acme.test",
    ])
      expect(dial(url)).toEqual({ allowPrivateAddress: true });
    for (const url of ["http://jira.acme.test", "https://127.0.0.2", "https://evil.example", "https://x.jira.internal"])
      expect(typeof dial(url)).toBe("string");
    expect(dial("http://me@127.0.0.1")).toContain("may hold no user name");
  });

  it("that is private by the operator's word opens no other address of the same connection", async () => {
    const rules: HostRules = { allow: [], allowPrivate: ["jira.internal"] };
    const credentials = { oauth: { ...oauth, apiUrl: "https://jira.internal" } };
    const settings = { baseUrl: "https://acme.atlassian.net", credentials };
    await expect(admit(settings, rules, leadsTo("10.0.0.1"))).rejects.toThrow(
      "acme.atlassian.net is not an address of",
    );
    const isPrivate = await admit(settings, rules);
    expect(isPrivate(new URL("https://jira.internal/ex/jira/1"))).toBe(true);
    expect(isPrivate(new URL("https://auth.atlassian.com/oauth/token"))).toBe(false);
  });

  it("is held to the hosts that each vendor's documentation names", () => {
    const hosts = Object.fromEntries(VENDORS.map(({ name, hosts }) => [name, hosts]));
    expect(hosts).toEqual({
      jira: ["*.atlassian.net", "*.jira.com", "api.atlassian.com", "auth.atlassian.com"],
      leen: ["*.leen.dev"],
      "request-tracker": undefined,
      rezolve: ["*.rezolve.ai"],
      stackone: ["api.stackone.com", "api.eu1.stackone.com"],
    });
    for (const [vendor, url] of [
      [leen, "https://api.eu-c1.leen.dev/v1"],
      [stackone, "https://api.stackone.com"],
      [requestTracker, "https://rt.acme.example/rt"],
    ] as const)
      expect(mayDial(vendor, new URL(url), NONE)).toEqual({ allowPrivateAddress: false });
  });
});
