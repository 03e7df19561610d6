import { describe, expect, it } from "@jest/globals";
import { failureOf } from "../../src/http/failure.js";
import { call, open, read, refusalOf, serveTcp, write } from "./support.js";

describe("a write", () => {
  it("to a port that hangs up before the encryption stands was surely not sent", async () => {
    const url = await serveTcp((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const http = open(url.replace("http:", "https:"), { random: () => 0 });
    expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "no" });
  });

  it("on an idle socket that the vendor closes just then may have been done, and is not repeated", async () => {
    const asked: string[] = [];
    const url = await serveTcp((socket, count) =>
      socket.on("data", (data: Buffer) => {
        asked.push(data.toString().slice(0, 4));
        if (count === 1 && asked.length === 2) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntrue");
      }),
    );
    const http = open(url, { options: { connections: 1 }, random: () => 0 });
    await http.send(read, call());
    expect(await refusalOf(http.send(write, call()))).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
    expect(asked).toEqual(["GET ", "POST"]);
  });

  it.each(["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "EPROTO", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET"])(
    "whose socket ended with %s after the dial may have been done",
    (code) => {
      const error = failureOf(Object.assign(new Error("late"), { code }), "vendor.example", false);
      expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
    },
  );
});
