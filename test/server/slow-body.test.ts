import { describe, expect, it } from "@jest/globals";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { readBytes } from "../../src/server/body.js";

const requestOf = (body: PassThrough): IncomingMessage =>
  Object.assign(body, { headers: {} }) as unknown as IncomingMessage;

describe("a body that is read as a whole", () => {
  it("is refused with 408 when it is not whole in time", async () => {
    const body = new PassThrough();
    body.write("half of it");
    await expect(readBytes(requestOf(body), 1_000, 50)).rejects.toMatchObject({ status: 408, code: "REQUEST_TIMEOUT" });
  });

  it("is read when it is whole in time, and nothing fires later", async () => {
    const body = new PassThrough();
    body.end("all of it");
    expect((await readBytes(requestOf(body), 1_000, 50)).toString()).toBe("all of it");
    await new Promise((resolve) => setTimeout(resolve, 80));
  });
});
