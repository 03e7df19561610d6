import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startTestApp, type TestApp } from "../../support/app.js";

const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  connection { id } errors { code path message } } }`;

let test: TestApp;
let inside: Server;
let port: number;
let visits = 0;
beforeAll(async () => {
  // What must not be reached: a server of the operator's own network.
  inside = createServer((_req, res) => {
    visits += 1;
    res.end("{}");
  });
  await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
  ({ port } = inside.address() as AddressInfo);
  // Every host may be named: what is refused is refused for what it leads to.
  test = await startTestApp({ hosts: { allow: ["*.example", "localhost", "127.0.0.1"], allowPrivate: [] } });
});
afterAll(async () => {
  await test.close();
  await new Promise((resolve) => inside.close(resolve));
});

const basic = { email: "a@acme.example", apiToken: "a token" };
const create = async (settings: object) =>
  (await test.query(CREATE, { input: { name: "Inside", settings } })).data.createConnection;

describe("an address that somebody gives", () => {
  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1:PORT",
    "https://localhost:PORT",
    "https://2130706433:PORT",
    "https://0x7f000001:PORT",
    "https://0177.0.0.1:PORT",
    "https://[::1]:PORT",
    "https://[::ffff:127.0.0.1]:PORT",
    "https://user:password@127.0.0.1:PORT",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT",
  ])("leads nowhere inside: %s", async (address) => {
    const baseUrl = address.replace("PORT", String(port));
    const { connection, errors } = await create({ jira: { baseUrl, credentials: { basic } } });
    expect(connection).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0].path.slice(0, 2)).toEqual(["settings", "jira"]);
    expect(visits).toBe(0);
  });

  it("is looked at wherever settings hold one: where tokens are asked for too", async () => {
    const hidden = `https://127.0.0.1:${port}/token`;
    const oauth = { clientId: "a", clientSecret: "b" };
    const tries = [
      {
        jira: {
          baseUrl: "https://acme.atlassian.net",
          credentials: { oauth: { ...oauth, refreshToken: "c", authUrl: hidden } },
        },
      },
      {
        jira: {
          baseUrl: "https://acme.atlassian.net",
          credentials: { oauth: { ...oauth, refreshToken: "c", apiUrl: hidden } },
        },
      },
      {
        rezolve: {
          baseUrl: "https://api.rezolve.ai",
          tenantId: "t",
          realm: "r",
          credentials: { oauth: { ...oauth, tokenUrl: hidden } },
        },
      },
    ];
    for (const settings of tries) expect((await create(settings)).connection).toBeNull();
    expect(visits).toBe(0);
  });

  it("is a vendor's own, unless the operator says otherwise", async () => {
    const { connection, errors } = await create({
      jira: { baseUrl: "https://collector.evil.test", credentials: { basic } },
    });
    expect(connection).toBeNull();
    expect(errors[0].message).toMatch(/^Jira( Cloud)? lives at .*atlassian\.net/);
  });
});

describe("what is answered from inside", () => {
  it("is told to nobody: a refusal names the address that was given, and nothing of what is there", async () => {
    const baseUrl = `http://127.0.0.1:${port}`;
    const listening = await create({ jira: { baseUrl, credentials: { basic } } });
    const silent = await create({ jira: { baseUrl: "http://127.0.0.1:1", credentials: { basic } } });
    const plain = (told: unknown) => JSON.stringify(told).replaceAll(/127\.0\.0\.1(:\d+)?/g, "<host>");
    expect(plain(listening)).toBe(plain(silent));
    expect(visits).toBe(0);
  });
});
