import { describe, expect, it } from "@jest/globals";
import { isRequired } from "../../../src/connectors/request-tracker/custom-fields.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { draft, openFake, page, type Answers, type Fake } from "./support.js";

/** A queue's fields as 5.0.3 lists them: values come only with the field itself. */
const field = (id: string, Name: string, more: object = {}) => ({
  ...{ id, Name, Type: "Freeform", MaxValues: "1", Pattern: "", type: "customfield" },
  ...more,
});
const SEVERITY = field("3", "Severity", { Type: "Select" });
const AREAS = field("8", "Areas", { Type: "Select", MaxValues: "0" });
const IMPACT = field("4", "Impact", { Pattern: "(?#Mandatory)." });
const TWINS = [field("5", "Twin"), field("6", "Twin")];

/** A server with these fields in its queue; `values` are those of its select fields, as they are now. */
function opened(fields: readonly object[], values: Record<string, readonly string[]> = {}): Promise<Fake> {
  const answers: Answers = {
    "GET /queue/3/customfields": () => page(fields),
    "POST /ticket": () => ({ id: "2", type: "ticket", _url: "" }),
  };
  for (const id of ["3", "8"]) answers[`GET /customfield/${id}`] = () => ({ id: Number(id), Values: values[id] ?? [] });
  return openFake(answers);
}
const create = async ({ rt }: Fake, change: Partial<TicketDraft>) =>
  (await rt.createTickets([draft(change)], { lane: "interactive" }))[0];
const refusal = async (fake: Fake, customFields: Record<string, unknown>) => {
  const outcome = await create(fake, { customFields });
  return outcome?.state === "rejected" ? outcome.error : outcome;
};
const sent = ({ seen }: Fake) =>
  seen.filter(({ method, url }) => method === "POST" && url.endsWith("/ticket")).map(({ body }) => JSON.parse(body));

describe("a queue's fields", () => {
  it("are told with what they hold, what they offer and whether they may be empty", async () => {
    const { rt } = await opened([SEVERITY, AREAS, IMPACT, ...TWINS], { 3: ["S1", "S2"], 8: ["Net"] });
    const fields = await rt.listFields("3", "ticket");
    expect(fields.map(({ id, name, type, required }) => [id, name, type, required])).toEqual([
      ["Severity", "Severity", "OPTION", false],
      ["Areas", "Areas", "OPTIONS", false],
      ["Impact", "Impact", "TEXT", true],
      ["5", "Twin", "TEXT", false],
      ["6", "Twin", "TEXT", false],
    ]);
    expect(fields[0]?.allowedValues.map(({ name }) => name)).toEqual(["S1", "S2"]);
  });

  it("that may not be empty are asked for before Request Tracker is, which would take the ticket without them", async () => {
    const fake = await opened([IMPACT]);
    for (const customFields of [{}, { Impact: "" }, { impact: [] }])
      expect(await refusal(fake, customFields)).toMatchObject({
        message: 'This queue wants the custom field "Impact". Give a value.',
        path: ["customFields", "Impact"],
        sent: "no",
      });
    expect(sent(fake)).toEqual([]);
    expect(await create(fake, { customFields: { impact: "high" } })).toMatchObject({ state: "done" });
    expect(sent(fake)).toMatchObject([{ CustomFields: { Impact: "high" } }]);
  });

  it.each([
    ["(?#Mandatory).", true],
    ["(?#Digits)^[\\d.]+$", true],
    ["^\\A\\d{4}\\z", true],
    ["(?i)^(a|b)?$", false],
    ["(?#Year)^[12]\\d{3}$|^$", false],
    ["(?<!\\K)perl (?{ only })", false],
    ["", false],
  ])("with the pattern %s may be empty or not: required is %s", (Pattern, required) => {
    expect(isRequired({ ...IMPACT, Pattern })).toBe(required);
  });

  it("are found by name in any case; options too, as they are written there", async () => {
    const fake = await opened([SEVERITY, AREAS], { 3: ["S1", "Low risk"], 8: ["Net", "Mail"] });
    await create(fake, { customFields: { severity: "low risk", AREAS: ["net", "Mail"] } });
    expect(sent(fake)).toMatchObject([{ CustomFields: { Severity: "Low risk", Areas: ["Net", "Mail"] } }]);
    expect(await refusal(fake, { severity: "S1", Severity: "S1" })).toMatchObject({
      message: 'The field "Severity" was given twice. Give it once.',
    });
  });

  it("of one name are told apart by number", async () => {
    const fake = await opened(TWINS);
    expect(await refusal(fake, { twin: "x" })).toMatchObject({
      message: '"twin" names 2 custom fields: Twin (5), Twin (6). Give one by its number.',
      allowedValues: ["5", "6"],
    });
    expect(sent(fake)).toEqual([]);
    await create(fake, { customFields: { 6: "x" } });
    expect(sent(fake)).toMatchObject([{ CustomFields: { 6: "x" } }]);
  });

  it("that were misspelt are told with what was meant", async () => {
    const fake = await opened([SEVERITY, IMPACT], { 3: ["Critical", "Minor"] });
    expect(await refusal(fake, { Severty: "Minor" })).toMatchObject({
      message: 'This queue has no custom field "Severty". Did you mean "Severity"? There are: Severity, Impact.',
      allowedValues: ["Severity", "Impact"],
    });
    expect(await refusal(fake, { Impact: "x", Severity: "Critcal" })).toMatchObject({
      message: '"Severity" has no value "Critcal". Did you mean "Critical"? There are: Critical, Minor.',
      allowedValues: ["Critical", "Minor"],
    });
  });

  it("are read again before they refuse, by all who are refused at a time, and never by ETag", async () => {
    const values = { 3: ["S1"] };
    const fake = await opened([SEVERITY], values);
    await create(fake, { customFields: { Severity: "S1" } });
    values[3] = ["S1", "S2"];
    await create(fake, { customFields: { Severity: "S2" } });
    expect(sent(fake)).toMatchObject([{ CustomFields: { Severity: "S1" } }, { CustomFields: { Severity: "S2" } }]);
    await Promise.all(Array.from({ length: 5 }, () => refusal(fake, { Severity: "S9" })));
    const reads = fake.seen.filter(({ url }) => url.includes("/customfield/3"));
    expect(reads).toHaveLength(3);
    expect(reads.some(({ headers }) => "if-none-match" in headers)).toBe(false);
  });
});

describe("a status that Request Tracker refuses", () => {
  const words = { message: "Status 'opne' isn't a valid status for tickets in this queue." };
  const refusing: Answers = { "POST /ticket": (_seen, res) => void res.writeHead(400).end(JSON.stringify(words)) };

  it("is told with what was meant, where the queue's lifecycle is known", async () => {
    const fake = await openFake(refusing);
    const outcome = await create(fake, { status: "opne" });
    if (outcome?.state !== "rejected") throw new Error("It was made.");
    expect(outcome.error.message).toBe(
      `${words.message} Did you mean "open"? There are: new, open, stalled, resolved, rejected.`,
    );
    expect(outcome.error.allowedValues).toContain("open");
  });

  it("is told in its words alone where it isn't", async () => {
    const queue = { id: "3", Name: "Hardware", Lifecycle: "approvals", Disabled: "0" };
    const fake = await openFake({ ...refusing, "GET /queues/all": () => page([queue]) });
    const outcome = await create(fake, { status: "opne" });
    if (outcome?.state !== "rejected") throw new Error("It was made.");
    expect([outcome.error.message, outcome.error.allowedValues]).toEqual([words.message, undefined]);
  });
});
