import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { after, call, json, open, read, refusalOf, serve, serveTcp, write } from "./support.js";

const quick = { options: { timeoutMs: 300 } };
const BEGUN = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n";

describe("a call that gets no whole answer", () => {
  it("to a closed port was surely not sent", async () => {
    const error = await refusalOf(open("http://127.0.0.1:1").send(write, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(error.message).toContain("127.0.0.1:1 refuses connections");
  });

  it("to a name that isn't there was surely not sent", async () => {
    const error = await refusalOf(open("http://nobody.invalid").send(write, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(error.message).toContain("could not be resolved");
  });

  it("because the connection was reset may have been done", async () => {
    let connections = 0;
    const url = await serveTcp((socket, count) => {
      connections = count;
      socket.on("data", () => socket.resetAndDestroy());
    });
    expect(await refusalOf(open(url).send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
    expect(connections).toBe(1);
  });

  it("because it stopped half-way may have been done", async () => {
    const url = await serveTcp((socket) => socket.on("data", () => socket.end(`${BEGUN}{"half":`)));
    const error = await refusalOf(open(url).send(write, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
    expect(error.message).toContain("broke before the answer was whole");
  });

  it.each([
    ["headers", "HTTP/1.1 200 OK\r\n"],
    ["a body", BEGUN],
  ])("because %s come by the byte ends at its deadline", async (_what, text) => {
    const url = await serveTcp((socket) => {
      socket.on("data", () => {
        socket.write(text);
        const timer = setInterval(() => socket.write("x"), 20);
        socket.on("close", () => clearInterval(timer));
      });
    });
    const error = await refusalOf(open(url, quick).send(write, call()));
    expect(error).toMatchObject({ code: "TIMEOUT", sent: "maybe" });
    expect(error.message).toContain("did not answer in time");
  });

  it("is not HTTP at all, and may have been done", async () => {
    const url = await serveTcp((socket) => socket.on("data", () => socket.end("220 smtp.example ESMTP\r\n")));
    expect(await refusalOf(open(url).send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
  });

  it("ends at once when its caller gives up, and leaves the socket free", async () => {
    const { url } = await serve((res, { url: path }) => (path === "/good" ? json(res, 200, 1) : undefined));
    const http = open(url, { options: { connections: 1 } });
    const life = new AbortController();
    const sent = refusalOf(http.send(write, call("interactive", life.signal)));
    setTimeout(() => life.abort(), 50);
    expect(await sent).toMatchObject({ code: "TIMEOUT", sent: "maybe" });
    expect(await http.send({ ...read, path: ["good"] }, call())).toBe(1);
  });

  it("was never sent when its caller gave up in the queue", async () => {
    const { url, seen } = await serve(() => {});
    const http = open(url, { options: { timeoutMs: 300, concurrency: 1 } });
    const life = new AbortController();
    const first = refusalOf(http.send(write, call()));
    const second = refusalOf(http.send(write, call("interactive", life.signal)));
    setTimeout(() => life.abort(), 50);
    expect(await second).toMatchObject({ code: "TIMEOUT", sent: "no" });
    expect(await first).toMatchObject({ code: "TIMEOUT", sent: "maybe" });
    expect(seen).toHaveLength(1);
  });

  it("on a socket that the vendor closed just then: a read is asked again, a write is not", async () => {
    let asked = 0;
    const url = await serveTcp((socket, count) => {
      socket.on("data", () => {
        asked += 1;
        // The first socket takes one call and hangs up on the second, as a vendor does with an idle one.
        if (count === 1 && asked > 1) socket.destroy();
        else socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: keep-alive\r\n\r\ntrue`);
      });
    });
    const http = open(url, { options: { connections: 1 }, random: () => 0 });
    expect(await http.send(read, call())).toBe(true);
    expect(await http.send(read, call())).toBe(true);
    expect(asked).toBe(3);
    asked = 1;
    const fresh = open(await serveTcp((socket) => socket.on("data", () => socket.destroy())), { random: () => 0 });
    expect(await refusalOf(fresh.send(write, call()))).toMatchObject({ sent: "maybe" });
  });

  it("because the certificate is nobody's was surely not sent, and says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-"));
    after(() => rmSync(folder, { recursive: true }));
    const subject = ["-subj", "/CN=localhost", "-days", "2"];
    const files = ["-keyout", join(folder, "key"), "-out", join(folder, "cert")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject, ...files], {
      stdio: "ignore",
    });
    const server = createTlsServer({
      key: readFileSync(join(folder, "key")),
      cert: readFileSync(join(folder, "cert")),
    });
    after(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const error = await refusalOf(open(`https://127.0.0.1:${port}`).send(write, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
    expect(error.message).toContain("its certificate is not one that can be trusted");
  });
});
