import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import { KEY } from "../support/app.js";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";

const LIST = `query ($id: ID!) { ticket(id: $id) { attachments { id vendorId name mediaType size url } } }`;
const sha = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("attachments", () => {
  let test: VendorsApp;
  let id: string;
  beforeAll(async () => {
    test = await startVendorsApp();
    const input = { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" }, name: "Files" };
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } } }`,
      { input },
    );
    ({ id } = made.data.createTicket.ticket);
  });
  afterEach(() => test.jira.faults.clear());
  afterAll(() => test.close());

  const send = async (body: BodyInit, headers: Record<string, string> = {}, place = `${id}?name=a.bin`) => {
    const response = await fetch(`${test.app.url}/attachments/${place}`, {
      method: "POST",
      headers: { "x-api-key": KEY, ...headers },
      body,
      duplex: "half",
    } as RequestInit);
    return { status: response.status, body: (await response.json()) as Record<string, any> }; // eslint-disable-line @typescript-eslint/no-explicit-any
  };
  const list = async () => (await test.query(LIST, { id })).data.ticket.attachments;
  const read = (url: string, key = KEY) => fetch(url, { headers: { "x-api-key": key } });

  it("are taken as the body, listed, and streamed back with the caller's rights", async () => {
    const content = randomBytes(200_000);
    const { status, body } = await send(
      content,
      { "content-type": "image/png" },
      `${id}?name=${encodeURIComponent("ünï.png")}`,
    );
    expect(status).toBe(201);
    expect(body["attachments"]).toMatchObject([{ name: "ünï.png", mediaType: "image/png", size: 200_000 }]);
    const [listed] = await list();
    expect(listed).toMatchObject({ id: body["attachments"][0].id, url: body["attachments"][0].url });
    const answer = await read(listed.url);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("content-disposition")).toContain("attachment; filename*=UTF-8''%C3%BCn%C3%AF.png");
    expect(sha(new Uint8Array(await answer.arrayBuffer()))).toBe(sha(content));
    expect((await fetch(listed.url)).status).toBe(401);
    const node = await test.query(`query ($id: ID!) { node(id: $id) { ... on Attachment { name } } }`, {
      id: listed.id,
    });
    expect(node.data.node).toEqual({ name: "ünï.png" });
  });

  it("are taken from a form, several at once, whatever their names", async () => {
    const form = new FormData();
    form.append("note", "not a file");
    form.append("file", new Blob(["one"], { type: "text/plain" }), "../../etc/one.txt");
    form.append("file", new Blob([randomBytes(100_000)]), 'quo"te.bin');
    const { status, body } = await send(form, {}, id);
    expect(status).toBe(201);
    expect(body["attachments"].map(({ name }: { name: string }) => name)).toEqual(["one.txt", "quote.bin"]);
  });

  it("are taken however many a form holds, and none is left out without a word", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on("warning", note);
    const formOf = (count: number): FormData => {
      const form = new FormData();
      for (let n = 0; n < count; n += 1) form.append("file", new Blob([`file ${n}`]), `${n}.txt`);
      return form;
    };
    const { status, body } = await send(formOf(30), {}, id);
    expect([status, body["attachments"].length]).toEqual([201, 30]);
    const many = await send(formOf(103), {}, id);
    expect(many).toMatchObject({ status: 413, body: { errors: [{ extensions: { code: "PAYLOAD_TOO_LARGE" } }] } });
    expect(many.body["attachments"]).toHaveLength(100);
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  it("say what is wrong, and what was added all the same", async () => {
    expect(await send("x", {}, "nonsense-id")).toMatchObject({ status: 400 });
    const at = { "x-connection-id": "demo-jira" };
    expect(await send("x", at, "PLAT-9999")).toMatchObject({
      status: 404,
      body: { errors: [{ extensions: { code: "NOT_FOUND" } }] },
    });
    expect(await send("x", at, "PLAT-1?name=note.txt")).toMatchObject({ status: 201 });
    expect(await send("", {}, id)).toMatchObject({ status: 400 });
    expect(await send("no form", { "content-type": "multipart/form-data" }, id)).toMatchObject({ status: 400 });
    expect(await send("--b\r\nbroken", { "content-type": "multipart/form-data; boundary=b" }, id)).toMatchObject({
      status: 400,
    });
    const leen = { "x-connection-id": "demo-leen" };
    expect(await send("x", leen, "X-1")).toMatchObject({
      status: 422,
      body: { errors: [{ extensions: { code: "UNSUPPORTED" } }] },
    });
    expect((await read(`${test.app.url}/attachments/nonsense`)).status).toBe(404);
    const put = await fetch(`${test.app.url}/attachments/${id}`, { method: "PUT", headers: { "x-api-key": KEY } });
    expect(put.status).toBe(405);
  });

  it("that are too long are refused, and nothing of them is kept", async () => {
    const before = (await list()).length;
    const chunk = Buffer.alloc(1_000_000);
    const endless = (async function* () {
      for (let n = 0; n < 200; n += 1) yield chunk;
    })();
    const { status, body } = await send(endless as unknown as BodyInit);
    expect(status).toBe(413);
    expect(body["errors"][0].extensions.code).toBe("PAYLOAD_TOO_LARGE");
    expect(await list()).toHaveLength(before);
  });

  it("whose answer is lost are found by what is new on the ticket; they are never sent twice", async () => {
    test.jira.faults.add({ kind: "commit-reset", operation: "addAttachment", times: 1 });
    const lost = await send("was added", {}, `${id}?name=lost.txt`);
    expect(lost).toMatchObject({ status: 201, body: { attachments: [{ name: "lost.txt", size: 9 }] } });
    test.jira.faults.add({ kind: "reset", operation: "addAttachment", times: 1 });
    const unknown = await send("was not added", {}, `${id}?name=never.txt`);
    expect(unknown).toMatchObject({ status: 504, body: { errors: [{ extensions: { code: "OUTCOME_UNKNOWN" } }] } });
    expect((await list()).filter(({ name }: { name: string }) => /lost|never/.test(name))).toHaveLength(1);
  });

  it("whose sender goes away are not kept", async () => {
    const before = (await list()).length;
    const aborted = new AbortController();
    const body = (async function* () {
      yield Buffer.alloc(100_000);
      setTimeout(() => aborted.abort(), 50);
      await new Promise((resolve) => setTimeout(resolve, 500));
      yield Buffer.alloc(1);
    })();
    const request = fetch(`${test.app.url}/attachments/${id}?name=gone.bin`, {
      method: "POST",
      headers: { "x-api-key": KEY },
      body: body as unknown as BodyInit,
      duplex: "half",
      signal: aborted.signal,
    } as RequestInit);
    await expect(request).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await list()).toHaveLength(before);
  });
});
