import { describe, expect, it } from "@jest/globals";
import { call, json, open, refusalOf, serve, serveTcp, skippingClock, write } from "./support.js";

describe("a call whose lease has ended", () => {
  it("is not sent", async () => {
    const { url, seen } = await serve((res) => json(res, 201, { id: 1 }));
    const http = open(url);
    const late = { ...call(), notAfter: performance.now() - 1 };
    expect(await refusalOf(http.send(write, late))).toMatchObject({ code: "TIMEOUT", sent: "no" });
    expect(seen).toHaveLength(0);
    expect(
      await http.send({ ...write, body: { name: "Ünï 🎉" } }, { ...call(), notAfter: performance.now() + 5_000 }),
    ).toEqual({ id: 1 });
    expect(seen[0]?.body).toBe('{"name":"Ünï 🎉"}');
    expect(seen[0]?.headers["content-length"]).toBe("21");
  });

  it("is not sent whole when it ends while the socket is made", async () => {
    let bytes = "";
    const url = await serveTcp((socket) => socket.on("data", (chunk) => (bytes += chunk.toString())));
    const clock = skippingClock();
    const sent = refusalOf(
      open(url, { clock }).send({ ...write, body: { canary: 1 } }, { ...call(), notAfter: 1_500 }),
    );
    // The process stands still after it has asked for a socket, and wakes up too late.
    clock.skip(1_000);
    expect(await sent).toMatchObject({ code: "TIMEOUT", sent: "no" });
    expect(bytes).not.toContain("canary");
  });
});
