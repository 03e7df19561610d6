import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "@jest/globals";
import { checkAddress } from "../../src/http/check-address.js";
import { checkLiteral, ForbiddenAddress, guardLookup, isPublicAddress, type Lookup } from "../../src/http/guard.js";
import { call, open, read, refusalOf, serve, json, wire, write } from "./support.js";

const PRIVATE = `127.0.0.1 127.1 127.0.1 127.255.255.254 0.0.0.0 0 10.0.0.1 10.255.255.255 100.64.0.1 169.254.169.254
  169.254.0.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7
  203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 2130706433 0x7f000001 017700000001 0x7f.1 0177.0.0.1 3232235521
  0xA9FEA9FE 0251.0376.0251.0376 127.0.0.1. 1２7.0.0.1 127。0。0。1 ①②⑦.0.0.1 %31%32%37.0.0.1
  [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]
  [::ffff:10.0.0.1] [::127.0.0.1] [fe80::1] [fec0::1] [fc00::1] [fd12:3456::1] [ff02::1] [64:ff9b::7f00:1]
  [64:ff9b::8.8.8.8] [64:ff9b:1::1] [2001:db8::1] [2002:7f00:1::] [2002:0808:0808::] [2001::1] [2001:20::1] [3fff::1]
  [100::1] [fd00:ec2::254] [::ffff:0:7f00:1] [5f00::1] [4000::1]`.split(/\s+/);
const PUBLIC = [
  "8.8.8.8",
  "1.1.1.1",
  "172.15.0.1",
  "172.32.0.1",
  "11.0.0.1",
  "[2606:4700::1111]",
  "[2a00:1450::1]",
  "[::ffff:8.8.8.8]",
];

/** A name service that answers what it is told: the first list, then the second, and the last ever after. */
function names(...answers: readonly (readonly string[])[]): Lookup & { readonly asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (host, _options, callback) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    const found: LookupAddress[] = answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    setImmediate(() => callback(null, found));
  };
  return Object.assign(lookup, { asked });
}

const publicNames = names(["8.8.8.8"]);
const saved = (url: string, lookup: Lookup = publicNames, allowPrivateAddress = false) =>
  checkAddress(new URL(url), { allowPrivateAddress }, lookup);

describe("the guard", () => {
  it.each(PRIVATE)("refuses https://%s before anything is dialled, and when it is saved", async (host) => {
    const url = `https://${host}/x`;
    expect(() => checkLiteral(new URL(url))).toThrow(ForbiddenAddress);
    await expect(saved(url)).rejects.toThrow(ForbiddenAddress);
  });

  it.each(PUBLIC)("lets https://%s pass", async (host) => {
    const url = `https://${host}/x`;
    expect(() => checkLiteral(new URL(url))).not.toThrow();
    await saved(url, names([host.replace(/^\[|\]$/g, "")]));
  });

  it.each([
    "http://[fe80::1%25eth0]",
    "http://[fe80::1%eth0]",
    "http://1.2.3.4.5",
    "http://256.1.1.1",
    "http://1.2.3.4.0x",
  ])("can't be given %s, which is no URL", (text) => {
    expect(URL.canParse(text)).toBe(false);
  });

  it("knows nothing public in what is no address, or has a zone", () => {
    for (const text of ["", "acme.example", "1.2.3", "1.2.3.4.5", ":::", "8.8.8.8 ", "fe80::1%eth0", "2606:4700::1%1"])
      expect(isPublicAddress(text)).toBe(false);
  });

  it.each([
    "https://localhost",
    "https://LOCALHOST.",
    "https://foo.localhost",
    "https://foo.localhost.",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "https://printer.local",
    "https://metadata.google.internal",
    "https://metadata.google.internal.",
    "https://metadata",
    "https://router.home.arpa",
  ])("refuses the name in %s when it is saved, whatever it leads to", async (url) => {
    const lookup = names(["8.8.8.8"]);
    await expect(saved(url, lookup)).rejects.toThrow("is not an address of the public internet");
    expect(lookup.asked).toEqual([]);
  });

  it.each([
    ["a private address", ["10.0.0.7"]],
    ["one private address among others", ["8.8.8.8", "169.254.169.254"]],
    ["a mapped one", ["::ffff:127.0.0.1"]],
    ["one with a zone", ["fe80::1%2"]],
  ])("refuses a name that leads to %s when it is saved", async (_what, addresses) => {
    await expect(saved("https://vendor.example", names(addresses))).rejects.toThrow(
      "vendor.example is not an address of the public internet. If it is meant, set allowPrivateAddress on the connection, or name the host under hosts.allowPrivate, in the configuration file.",
    );
  });

  it("lets a name pass that leads nowhere just now: the dial looks again", async () => {
    await saved("https://vendor.example", (_host, _options, callback) => callback(new Error("ENOTFOUND"), []));
  });

  it.each([
    ["http://vendor.example", "must be spoken to by https"],
    ["ftp://vendor.example", "must be spoken to by https"],
    ["file:///etc/passwd", "must be spoken to by https"],
    ["https://vendor.example@10.0.0.1", "may hold no user name"],
    ["https://vendor.example:secret@evil.example", "may hold no user name"],
    ["https://a%40vendor.example@evil.example", "may hold no user name"],
  ])("refuses %s when it is saved", async (url, words) => {
    await expect(saved(url)).rejects.toThrow(words);
  });

  it("lets private addresses pass, without TLS too, where that is allowed, but no user names", async () => {
    await saved("http://127.0.0.1:8080", publicNames, true);
    await saved("http://localhost", publicNames, true);
    await expect(saved("http://me@127.0.0.1", publicNames, true)).rejects.toThrow("may hold no user name");
    await expect(saved("file:///etc/passwd", publicNames, true)).rejects.toThrow("must be spoken to by https");
  });

  it("refuses a name that leads to a private address, at the dial", async () => {
    const error = await new Promise<unknown>((resolve) => {
      guardLookup()("localhost", { all: true }, (cause) => resolve(cause));
    });
    expect(error).toMatchObject({ code: "FORBIDDEN_ADDRESS" });
  });

  it("gives one address to those who ask for one, and none where there is none", async () => {
    const ask = (lookup: Lookup) =>
      new Promise<unknown[]>((resolve) => {
        guardLookup(lookup)("vendor.example", {}, (...answer) => resolve(answer));
      });
    expect(await ask(names(["8.8.8.8", "1.1.1.1"]))).toEqual([null, "8.8.8.8", 4]);
    expect(await ask(names([]))).toEqual([expect.objectContaining({ code: "FORBIDDEN_ADDRESS" }), "", 0]);
  });

  it("ends a call to such a name with a word for the operator, and nothing arrives", async () => {
    const { url, seen } = await serve((res) => json(res, 200, {}));
    const { port } = new URL(url);
    const http = open(`http://localhost:${port}`, { allowPrivateAddress: false });
    const error = await refusalOf(http.send(read, call()));
    expect(error).toMatchObject({ code: "UNSUPPORTED", sent: "no" });
    expect(error.message).toContain("set allowPrivateAddress on the connection");
    expect(seen).toHaveLength(0);
  });

  it("is not deceived by a name that was public when it was saved and is bound anew at the dial", async () => {
    const { url, seen } = await serve((res) => json(res, 200, {}));
    const lookup = names(["8.8.8.8"], ["127.0.0.1"]);
    const rebound = `http://rebound.example:${new URL(url).port}`;
    await saved(rebound.replace("http:", "https:"), lookup);
    const http = open(rebound, { allowPrivateAddress: false, lookup });
    expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "UNSUPPORTED", sent: "no" });
    expect(lookup.asked).toEqual(["rebound.example", "rebound.example"]);
    expect(seen).toHaveLength(0);
    // The very same call arrives where it is allowed, so it was the guard that held it.
    expect(await open(url).send(write, call())).toEqual({});
    expect(seen).toHaveLength(1);
  });

  it("guards where tokens are asked for like all else", async () => {
    const api = await serve((res) => json(res, 200, {}));
    const idp = await serve((res) => json(res, 200, {}));
    const { port } = new URL(idp.url);
    const withToken = (tokenUrl: string) => ({
      ...wire,
      token: () => ({ url: new URL(tokenUrl), body: {}, parse: () => ({ accessToken: "x", expiresInMs: 60_000 }) }),
    });
    const lookup = names(["127.0.0.1"]);
    const onlyApi = ({ origin }: URL): boolean => origin === api.url;
    for (const host of ["idp.example", "127.1", "[::ffff:7f00:1]", "2130706433"]) {
      const http = open(api.url, { wire: withToken(`http://${host}:${port}/x`), allowPrivateAddress: onlyApi, lookup });
      const error = await refusalOf(http.send(write, call()));
      expect(error).toMatchObject({ code: "UNSUPPORTED", sent: "no" });
      expect(error.message).toContain("is not an address of the public internet");
    }
    expect([...api.seen, ...idp.seen]).toHaveLength(0);
  });

  it("opens no door to a private literal at all", () => {
    expect(() => open("http://169.254.169.254", { allowPrivateAddress: false })).toThrow(ForbiddenAddress);
  });

  it.each([301, 302, 303, 307, 308])("follows no redirect with status %i", async (status) => {
    const inner = await serve((res) => json(res, 200, {}));
    const outer = await serve((res) => json(res, status, {}, { location: `${inner.url}/thing` }));
    for (const request of [read, write]) {
      const error = await refusalOf(open(outer.url).send(request, call()));
      expect(error).toMatchObject({ code: "BAD_RESPONSE" });
      expect(error.message).toContain(`answered with a redirect (${status}), which isn't followed.`);
    }
    expect(outer.seen).toHaveLength(2);
    expect(inner.seen).toHaveLength(0);
  });
});
