import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { byIds } from "../../../src/connectors/request-tracker/ticket-sql.js";
import { openFake, page, recordedTicket } from "./support.js";

describe("reading from Request Tracker", () => {
  it("reads tickets with the text that they were created with, in three calls", async () => {
    const { rt, paths } = await openFake();
    const [ticket, absent] = await Promise.all([rt.ticket("2"), rt.ticket("3")]);
    expect(ticket?.description?.to("MARKDOWN")).toBe("It **burns**");
    expect(ticket?.description?.to("PLAIN")).toBe("It burns");
    expect(absent).toBeNull();
    expect(paths()).toEqual(["GET /tickets", "POST /transactions", "POST /attachments"]);
  });

  it("finds every text even where tickets came with many files", async () => {
    const file = (n: number) => ({ id: n, TransactionId: "50", ContentType: "image/png", Content: "" });
    const { rt } = await openFake({
      "POST /attachments": ({ url }) => {
        const at = Number(new URL(url, "http://rt").searchParams.get("page") ?? 1);
        const text = {
          id: "999",
          TransactionId: "50",
          ContentType: "text/plain; charset=utf-8",
          Content: "last of all",
        };
        return page(at < 3 ? Array.from({ length: 100 }, (_, n) => file(n)) : [text], at, 3);
      },
    });
    expect((await rt.ticket("2"))?.description?.to("PLAIN")).toBe("last of all");
  });

  it("doesn't fetch texts that nobody reads", async () => {
    const { rt, paths } = await openFake();
    await rt.searchTickets("Queue = 'Hardware'", { first: 10 }, new Set(["name"] as const));
    expect(paths()).toEqual(["GET /tickets"]);
  });

  it("pages through a search", async () => {
    const { rt, seen } = await openFake({
      "GET /tickets": ({ url }) => {
        const at = Number(new URL(url, "http://rt").searchParams.get("page"));
        return { ...page([{ ...recordedTicket, id: String(at) }], at, 3), total: 3 };
      },
      "POST /transactions": () => page([]),
    });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const found = await rt.searchTickets("Status = 'new'", { first: 1, ...(after && { after }) });
      expect(found.total).toBe(3);
      ids.push(...found.items.map(({ vendorId }) => vendorId));
      after = found.next;
    } while (after !== undefined);
    expect(ids).toEqual(["1", "2", "3"]);
    expect(new URL(seen[0]?.url ?? "", "http://rt").searchParams.get("query")).toBe("Status = 'new'");
  });

  it("passes on the server's words without its file and line", async () => {
    const words =
      "Wrong query, expecting a VALUE in 'Quee =>=<--here 3' at /usr/share/request-tracker5/lib/RT/Tickets.pm line 3187.\n";
    const { rt } = await openFake({
      "GET /tickets": (_seen, res) => void res.writeHead(400).end(JSON.stringify({ message: words })),
    });
    await expect(rt.searchTickets("Quee == 3", { first: 1 })).rejects.toMatchObject({
      code: "INVALID",
      message: "Wrong query, expecting a VALUE in 'Quee =>=<--here 3'",
    });
  });

  it("lists queues that are in use, and finds them by name", async () => {
    const { rt } = await openFake();
    expect((await rt.listProjects(undefined, { first: 10 })).items.map(({ name }) => name)).toEqual([
      "General",
      "Hardware",
    ]);
    expect((await rt.listProjects("hard", { first: 10 })).total).toBe(1);
    expect((await rt.project("Hardware"))?.vendorId).toBe("3");
  });

  it("says which credentials are wrong", async () => {
    const { rt } = await openFake({
      "GET /tickets": (_seen, res) => void res.writeHead(401).end('{"message":"Unauthorized"}'),
    });
    await expect(rt.ticket("2")).rejects.toThrow("Check the token, which may have ended.");
    expect(rt.state).toBe("UNAUTHORIZED");
  });

  it("lets nothing into a query of ids that isn't a number", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat().map(String))), (ids) => {
        const query = byIds(ids);
        if (query !== undefined) expect(query).toMatch(/^id=\d+( OR id=\d+)*$/);
        else expect(ids.filter((id) => /^\d+$/.test(id) && id.length <= 18)).toEqual([]);
      }),
    );
  });
});
