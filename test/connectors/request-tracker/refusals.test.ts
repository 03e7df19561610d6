import { describe, expect, it } from "@jest/globals";
import type { Outcome } from "../../../src/connectors/connector.js";
import type { TicketRef } from "../../../src/domain/ticket.js";
import { call } from "../../http/support.js";
import { draft, openFake, recorded, type Answers } from "./support.js";

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}
type Name = "unknownQueue" | "unknownStatus" | "noQueue" | "noOperator" | "unknownField" | "openQuote" | "badToken";
const answers = recorded<Record<Name | "missingTicket" | "bulk", Answer>>("refusals");
const signInPage = recorded<Answer>("sign-in-page");

const giving =
  ({ status, type, body }: Answer): Answers[string] =>
  (_seen, res) =>
    void res.writeHead(status, { "content-type": type }).end(typeof body === "string" ? body : JSON.stringify(body));
const told = (outcome: Outcome<TicketRef> | undefined) =>
  outcome?.state === "done"
    ? "done"
    : [outcome?.state, outcome?.error.code, outcome?.error.path, outcome?.error.message];

const REFUSALS = [
  ["unknownQueue", "FORBIDDEN", ["project"], "No permission to create tickets in the queue '777'"],
  ["unknownStatus", "INVALID", ["status"], "Status 'bogus' isn't a valid status for tickets in this queue."],
  ["noQueue", "INVALID", ["project"], "Could not create ticket. Queue not set"],
] as const;

describe("what Request Tracker refuses", () => {
  it.each(REFUSALS)("alone is an outcome with its place: %s", async (name, code, path, message) => {
    const { port, paths } = await openFake({ "POST /ticket": giving(answers[name]) });
    const [outcome] = await port.createTickets([draft()], call());
    expect(told(outcome)).toEqual(["rejected", code, path, message]);
    expect(outcome).toMatchObject({ error: { sent: "no", info: { status: answers[name].status } } });
    expect(paths()).not.toContain("GET /tickets");
  });

  it("is told in the same way when it comes in bulk", async () => {
    const { port } = await openFake({ "POST /tickets/bulk": giving(answers.bulk) });
    const outcomes = await port.createTickets([draft(), draft(), draft()], call());
    expect(outcomes.map(told)).toEqual(REFUSALS.map(([, code, path, message]) => ["rejected", code, path, message]));
  });

  it.each([
    ["noOperator", "Wrong query, expecting a OPERATOR in 'foo >bar<--here'"],
    ["unknownField", "Unknown field: Nonsense"],
    ["openQuote", "Incomplete query, last element (OPERATOR) is not close paren or value in 'Status = ''"],
  ] as const)("in a query is told in its words: %s", async (name, message) => {
    const { rt } = await openFake({ "GET /tickets": giving(answers[name]) });
    await expect(rt.searchTickets("any", { first: 1 })).rejects.toMatchObject({ code: "INVALID", message });
    expect(rt.state).toBe("ACTIVE");
  });

  it.each([
    ["401", answers.badToken, "rejected", "AUTH"],
    ["404", answers.missingTicket, "rejected", "NOT_FOUND"],
    ["422 without words", { status: 422, type: "application/json", body: {} }, "rejected", "INVALID"],
    ["400 of a proxy, without JSON", { ...signInPage, status: 400 }, "rejected", "INVALID"],
    ["200 with a sign-in page", signInPage, "unknown", "BAD_RESPONSE"],
    ["201 with words for an id", { ...answers.unknownQueue, status: 201 }, "unknown", "BAD_RESPONSE"],
    ["500", { status: 500, type: "text/plain", body: "oops" }, "unknown", "UNAVAILABLE"],
  ] as const)("a create that met a %s", async (_what, answer, state, code) => {
    const { port, paths } = await openFake({ "POST /ticket": giving(answer) });
    const error = await port.createTickets([draft()], call()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, sent: state === "rejected" ? "no" : "maybe" });
    expect(String(error)).not.toMatch(/<|Login|oops/);
    expect(paths().filter((path) => path === "POST /ticket")).toHaveLength(1);
  });

  it("a search that met a sign-in page shows nothing of it", async () => {
    const { rt } = await openFake({ "GET /tickets": giving(signInPage) });
    await expect(rt.searchTickets("any", { first: 1 })).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ gave an answer that isn't JSON \(HTTP 200\)\.$/),
    });
  });
});
