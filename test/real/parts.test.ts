import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { KEY } from "../support/app.js";
import { askServer, startLosing, startRealApp, type Losing, type RealApp } from "../support/real-app.js";

const ADD = `mutation ($input: AddCommentInput!) {
  addComment(input: $input) { comment { vendorId body } errors { code message } delivery { state reconciledBy attempts } }
}`;
const sha = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("parts of a ticket on a real Request Tracker", () => {
  let app: RealApp;
  let proxy: Losing;
  let ticket: string;
  let lost = 0;
  beforeAll(async () => {
    proxy = await startLosing((method, path) => method === "POST" && path.endsWith("/comment") && (lost -= 1) >= 0);
    app = await startRealApp(proxy.url);
    const Subject = `parts ${randomUUID().slice(0, 8)}`;
    ({ id: ticket } = await askServer("POST", "ticket", { Queue: "Hardware", Subject, Content: "Parts" }));
  });
  afterAll(async () => {
    await app.close();
    await proxy.close();
  });

  const add = async (body: string, idempotencyKey: string) => {
    const input = { connectionId: "rt", ticket: { vendorId: ticket }, body, idempotencyKey };
    return (await app.query(ADD, { input })).data.addComment;
  };
  /** How often this was said, as the server itself tells. */
  const said = async (text: string): Promise<number> => {
    const { items } = await askServer("GET", `ticket/${ticket}/history?fields=Type&per_page=100`);
    const comments = items.filter(({ Type }: { Type: string }) => Type === "Comment");
    const contents = await Promise.all(
      comments.map(async ({ id }: { id: string }) => {
        const { items: files } = await askServer("GET", `transaction/${id}/attachments?fields=Content,ContentType`);
        return files.map(({ Content }: { Content?: string }) => Content ?? "").join();
      }),
    );
    return contents.filter((content: string) => content.includes(text)).length;
  };

  it("comments are there once, however often they are asked for under one key", async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => add("Said **once**", key)));
    expect(answers.map(({ errors }) => errors)).toEqual(answers.map(() => []));
    expect(new Set(answers.map(({ comment }) => comment.vendorId)).size).toBe(1);
    expect(answers[0]).toMatchObject({ comment: { body: "Said **once**" }, delivery: { state: "DELIVERED" } });
    expect(await said("Said")).toBe(1);
  });

  it("comments whose answer is lost are found, and are there once", async () => {
    const key = randomUUID();
    lost = 1;
    const answers = await Promise.all(Array.from({ length: 5 }, () => add("Heard by nobody", key)));
    expect(lost).toBeLessThan(1);
    answers.push(await add("Heard by nobody", key));
    expect(answers.at(-1)).toMatchObject({
      comment: { body: "Heard by nobody" },
      delivery: { state: "DELIVERED", reconciledBy: "marker", attempts: 1 },
    });
    expect(await said("Heard by nobody")).toBe(1);
  }, 40_000);

  it("files of five megabytes come back byte for byte", async () => {
    const content = randomBytes(5_000_000);
    const headers = { "x-api-key": KEY, "x-connection-id": "rt", "content-type": "application/octet-stream" };
    const sent = await fetch(`${app.url}/attachments/${ticket}?name=five.bin`, {
      method: "POST",
      headers,
      body: content,
    });
    const { attachments } = (await sent.json()) as { attachments: { url: string; name: string; size: number }[] };
    expect([sent.status, attachments]).toMatchObject([201, [{ name: "five.bin", size: 5_000_000 }]]);
    const back = await fetch(attachments[0]?.url ?? "", { headers });
    expect(back.status).toBe(200);
    expect(sha(new Uint8Array(await back.arrayBuffer()))).toBe(sha(content));
  }, 40_000);
});
