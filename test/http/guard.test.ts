import { describe, expect, it } from "@jest/globals";
import { checkLiteral, ForbiddenAddress, guardedLookup, isPublicAddress } from "../../src/http/guard.js";
import { call, open, read, refusalOf, serve, json } from "./support.js";

const PRIVATE = `127.0.0.1 127.1 127.255.255.254 0.0.0.0 0 10.0.0.1 10.255.255.255 100.64.0.1 169.254.169.254
  169.254.0.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7
  203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 2130706433 0x7f000001 017700000001 0x7f.1 0177.0.0.1 3232235521
  0xA9FEA9FE 0251.0376.0251.0376 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]
  [::ffff:10.0.0.1] [::127.0.0.1] [fe80::1] [fec0::1] [fc00::1] [fd12:3456::1] [ff02::1] [64:ff9b::7f00:1]
  [64:ff9b:1::1] [2001:db8::1] [2002:7f00:1::] [2001::1] [100::1] [fd00:ec2::254]`.split(/\s+/);
const PUBLIC = ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "11.0.0.1", "[2606:4700::1111]", "[::ffff:8.8.8.8]"];

describe("the guard", () => {
  it.each(PRIVATE)("refuses https://%s before anything is dialled", (host) => {
    expect(() => checkLiteral(new URL(`https://${host}/x`))).toThrow(ForbiddenAddress);
  });

  it.each(PUBLIC)("lets https://%s pass", (host) => {
    expect(() => checkLiteral(new URL(`https://${host}/x`))).not.toThrow();
  });

  it("knows nothing public in what is no address", () => {
    for (const text of ["", "acme.example", "1.2.3", "1.2.3.4.5", ":::", "8.8.8.8 "])
      expect(isPublicAddress(text)).toBe(false);
  });

  it("refuses a name that leads to a private address, at the dial", async () => {
    const error = await new Promise<unknown>((resolve) => {
      guardedLookup("localhost", { all: true }, (cause) => resolve(cause));
    });
    expect(error).toMatchObject({ code: "FORBIDDEN_ADDRESS" });
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

  it("opens no door to a private literal at all", () => {
    expect(() => open("http://169.254.169.254", { allowPrivateAddress: false })).toThrow(ForbiddenAddress);
  });
});
