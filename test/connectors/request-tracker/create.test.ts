import { createTicket } from "../../support/create.js";
import { describe, expect, it } from "@jest/globals";
import { draft, openFake, page, recordedTicket } from "./support.js";

const CREATED = { type: "ticket", _url: "https://rt.example/REST/2.0/ticket/2", id: "2" };

describe("creating in Request Tracker", () => {
  it("reads back what it made", async () => {
    const { rt, seen, paths } = await openFake({ "POST /ticket": () => CREATED });
    const outcome = await createTicket(
      rt,
      draft({ assigneeIds: ["ada"], reporterIds: ["grace"], customFields: { ticketgraph: "order-17" } }),
    );
    expect(outcome).toMatchObject({ state: "done", value: { vendorId: "2", key: "2" } });
    expect(outcome).not.toHaveProperty("faults");
    expect(paths()).toEqual(["GET /queue/3/customfields", "POST /ticket", "GET /tickets"]);
    expect(JSON.parse(seen[1]?.body ?? "")).toEqual({
      Queue: "3",
      Subject: "Recorded one",
      Owner: "ada",
      Requestor: ["grace"],
      CustomFields: { ticketgraph: "order-17" },
    });
    expect(seen[1]?.headers.authorization).toBe("token 1-14-secret");
  });

  it("tells what was dropped without a word", async () => {
    const { rt } = await openFake({ "POST /ticket": () => CREATED });
    const outcome = await createTicket(rt, draft({ assigneeIds: ["linus"], priority: "70", status: "open" }));
    if (outcome.state !== "done") throw outcome.error;
    expect(outcome.faults?.map(({ path, message }) => [path?.join("."), message])).toEqual([
      ["status", 'The ticket was created, but Request Tracker did not take "open" for status: it has "new".'],
      ["priority", 'The ticket was created, but Request Tracker did not take "70" for priority: it has "0".'],
      [
        "assignees.0",
        'The ticket was created, but Request Tracker did not take "linus" for assignees.0: it has "ada".',
      ],
    ]);
  });

  it("counts a ticket as made that can't be read back", async () => {
    const { rt } = await openFake({
      "POST /ticket": () => CREATED,
      "GET /tickets": (_seen, res) => void res.writeHead(500).end(),
    });
    const outcome = await createTicket(rt, draft());
    expect(outcome).toMatchObject({ state: "done", faults: [{ code: "UNAVAILABLE" }] });
    const { rt: blind } = await openFake({ "POST /ticket": () => CREATED, "GET /tickets": () => page([]) });
    expect(await createTicket(blind, draft())).toMatchObject({ state: "done", faults: [{ code: "FORBIDDEN" }] });
  });

  it("gives each of many its own outcome, in order", async () => {
    const { rt } = await openFake({
      "POST /tickets/bulk": () => [
        CREATED,
        { message: "Status 'bogus' isn't a valid status for tickets in this queue." },
        { message: "No permission to create tickets in the queue '3'" },
        { type: "ticket", id: "3" },
      ],
      "GET /tickets": () => page([recordedTicket, { ...recordedTicket, id: "3" }]),
    });
    const drafts = [draft(), draft({ status: "bogus" }), draft(), draft()];
    const outcomes = await Promise.all(drafts.map((one) => createTicket(rt, one)));
    expect(
      outcomes.map((one) => (one.state === "done" ? one.value.vendorId : `${one.state} ${one.error.path?.join(".")}`)),
    ).toEqual(["2", "rejected status", "rejected project", "3"]);
  });

  it.each([
    ["fewer answers than tickets", () => [CREATED]],
    ["no list", () => ({ id: "2" })],
  ])("doesn't guess when it gets %s", async (_what, answer) => {
    const { rt, paths } = await openFake({ "POST /tickets/bulk": answer });
    const outcomes = await Promise.all([draft(), draft()].map((one) => createTicket(rt, one)));
    expect(outcomes.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
    expect(paths().filter((path) => path === "POST /tickets/bulk")).toHaveLength(1);
  });

  it.each([
    ["a sign-in page", (res: import("node:http").ServerResponse) => res.end("<html>Login canary</html>")],
    ["a proxy's error", (res: import("node:http").ServerResponse) => res.writeHead(502).end("<html>canary</html>")],
    ["a reset", (res: import("node:http").ServerResponse) => res.destroy()],
  ])("is unknown after %s, and not sent again", async (_what, end) => {
    const { rt, paths } = await openFake({ "POST /ticket": (_seen, res) => void end(res) });
    const outcome = await createTicket(rt, draft());
    expect(outcome.state).toBe("unknown");
    if (outcome.state !== "done") expect(outcome.error.message).not.toContain("canary");
    expect(paths().filter((path) => path === "POST /ticket")).toHaveLength(1);
  });

  it("checks names before anything is sent, and tells what there is", async () => {
    const { rt, paths } = await openFake();
    const refusal = async (change: Parameters<typeof draft>[0]) => {
      const outcome = await createTicket(rt, draft(change));
      if (outcome.state === "done") throw new Error("It was created.");
      const { path, message, allowedValues } = outcome.error;
      return [outcome.state, path?.join("."), message, allowedValues];
    };
    expect(await refusal({ customFields: { Colour: "red" } })).toEqual([
      "rejected",
      "customFields.Colour",
      'This queue has no custom field "Colour". Did you mean "Color"? There are: ticketgraph, Color.',
      ["ticketgraph", "Color"],
    ]);
    expect(await refusal({ customFields: { Color: "blue" } })).toEqual([
      "rejected",
      "customFields.Color",
      '"Color" has no value "blue". There are: red, green.',
      ["red", "green"],
    ]);
    expect(await refusal({ customFields: { Color: ["red", "green"] } })).toContain(
      '"Color" takes 1 value, and 2 were given.',
    );
    expect(await refusal({ name: "two\nlines" })).toContain("The name holds a line break. A subject is one line.");
    expect(await refusal({ description: { format: "ADF", text: "{}" } })).toContain("descriptionFormat");
    expect(await refusal({ projectId: null })).toContain("Request Tracker needs a queue.");
    expect(paths().every((path) => path.startsWith("GET "))).toBe(true);
  });
});
