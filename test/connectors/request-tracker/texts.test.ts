import { describe, expect, it } from "@jest/globals";
import type { Answers } from "./support.js";
import { openFake, page, recordedTicket } from "./support.js";

interface Condition {
  readonly field: string;
  readonly operator?: string;
  readonly value: string;
}
const COUNT = 16;
const ids = Array.from({ length: COUNT }, (_, n) => String(n + 1));
const transactionsOf = (body: string): string[] =>
  (JSON.parse(body) as Condition[]).filter(({ field }) => field === "TransactionId").map(({ value }) => value);

const many = (attachments: Answers[string]): Answers => ({
  "GET /tickets": () => page(ids.map((id) => ({ ...recordedTicket, id }))),
  "POST /transactions": () => page(ids.map((id) => ({ type: "transaction", id: `5${id}`, ObjectId: id }))),
  "POST /attachments": attachments,
});

describe("the texts of many tickets", () => {
  it("are asked for without the files beside them", async () => {
    const { rt, seen } = await openFake();
    await rt.ticket("2");
    const asked = seen.find(({ url }) => url.includes("/attachments"));
    expect(JSON.parse(asked?.body ?? "")).toEqual([
      { field: "ContentType", operator: "LIKE", value: "text/" },
      { field: "TransactionId", value: "50" },
    ]);
  });

  it("come in parts where they are too long for one answer", async () => {
    const megabyte = "x".repeat(1_000_000);
    const { rt } = await openFake(
      many(({ body }) =>
        page(
          transactionsOf(body).map((id) => ({
            id: `7${id}`,
            TransactionId: id,
            ContentType: "text/plain",
            Content: `${id} ${megabyte}`,
          })),
        ),
      ),
    );
    const { items } = await rt.searchTickets("Queue = 'Hardware'", { first: 50 });
    expect(items.map(({ description }) => description?.to("PLAIN").slice(0, 4).trim())).toEqual(
      ids.map((id) => `5${id} ${megabyte}`.slice(0, 4).trim()),
    );
  });

  it("aren't asked for over and over where the answers are of no use", async () => {
    const { rt, paths } = await openFake(many((_seen, res) => void res.end("<html>")));
    await expect(rt.searchTickets("Queue = 'Hardware'", { first: 50 })).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    expect(paths().filter((path) => path === "POST /attachments")).toHaveLength(1 + Math.log2(COUNT));
  });

  it("in HTML run nothing in Markdown, and in plain text are what people read", async () => {
    const Content = "<p>Kaffee &amp; <i>Tee</i></p><script>alert(1)</script>";
    const { rt } = await openFake({
      "POST /attachments": () => page([{ id: "7", TransactionId: "50", ContentType: "text/html", Content }]),
    });
    const description = (await rt.ticket("2"))?.description;
    expect(description?.to("HTML")).toBe(Content);
    expect(description?.to("PLAIN")).toBe("Kaffee & Tee");
    expect(description?.to("MARKDOWN")).toBe("Kaffee & _Tee_");
  });
});
