import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Pool } from "undici";
import { KEY, startTestApp, type TestApp } from "../support/app.js";

/** How many requests in all: 500 with the other tests, 20,000 by `npm run fuzz`. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 500);
const TIMEOUT_MS = 20_000 + RUNS * 50;

let test: TestApp;
let pool: Pool;
beforeAll(async () => {
  test = await startTestApp({ config: { bodyLimit: 200_000 } });
  pool = new Pool(test.app.url, { connections: 4 });
});
afterAll(async () => {
  await pool.close();
  await test.close();
});

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Whatever is sent: a known answer in JSON, never a fault of ours, and the next one is answered. */
async function check({ headers, body }: Sent): Promise<void> {
  const post = (sent: Sent) =>
    pool.request({ path: "/graphql", method: "POST", headers: sent.headers, body: sent.body });
  const { statusCode, headers: told, body: stream } = await post({ headers, body });
  const text = await stream.text();
  expect([statusCode, text]).toEqual([expect.any(Number), expect.stringMatching(/^\{[^]*\}\s*$/)]);
  expect(statusCode < 500 ? "no fault" : `${statusCode} ${text}`).toBe("no fault");
  expect(told["content-type"]).toMatch(/^application\/(graphql-response\+)?json/);
  const answer = JSON.parse(text) as { data?: unknown; errors?: { extensions?: { code?: string } }[] };
  expect("data" in answer || Array.isArray(answer.errors)).toBe(true);
  expect(answer.errors?.map(({ extensions }) => extensions?.code) ?? []).not.toContain("INTERNAL_SERVER_ERROR");
  const after = await post({ headers: USUAL, body: Buffer.from('{"query":"{ __typename }"}') });
  expect(await after.body.json()).toMatchObject({ data: { __typename: "Query" } });
}

const USUAL = { "content-type": "application/json", "x-api-key": KEY };
const asJson = (query: unknown, variables?: unknown, rest: object = {}): Sent => ({
  headers: USUAL,
  body: Buffer.from(JSON.stringify({ query, variables, ...rest })),
});
const fuzz = (sent: fc.Arbitrary<Sent>, share: number): Promise<void> =>
  fc.assert(fc.asyncProperty(sent, check), { numRuns: Math.ceil(RUNS * share), interruptAfterTimeLimit: TIMEOUT_MS });

// Good documents, of every kind, for mutations to begin with.
const DOCUMENTS = [
  "{ viewer { tenantId name scopes connections { id name vendor } } }",
  "query Q($id: ID!) { node(id: $id) { id __typename ... on Ticket { key comments(first: 5) { nodes { body(format: HTML) } } } } }",
  '{ searchTickets(query: "project = PLAT", first: 3) { nodes { id name } pageInfo { endCursor hasNextPage } } }',
  "query Q($f: TicketFilter) { tickets(filter: $f, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount } }",
  "mutation M($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } errors { code path } } }",
  'mutation { addComment(input: { ticket: { vendorId: "PLAT-1" } body: "é \\u0000 \\"quoted\\"" }) { errors { code } } }',
  "mutation M($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } errors { path } } }",
  "mutation M($input: UpdateConnectionInput!) { updateConnection(input: $input) { errors { path } } }",
  '{ auditLog(filter: { from: "2026-01-01" }, first: 2) { nodes { at action } } }',
  "fragment F on Viewer { name } query A { viewer { ...F } } query B { viewer { ...F @skip(if: true) } }",
  '{ __schema { types { name } } __type(name: "Ticket") { fields { name } } }',
  'subscription { ticketChanged(connectionId: "jira") { kind } }',
];
const TOKENS =
  '{ } ( ) [ ] ! $ : = @ | & ... , # " """ \\ \\u \\uD800 query mutation subscription fragment on viewer id node connections __typename __schema $id @include(if: -1 0 1e999 9007199254740993 null true "text" \uFEFF \u0000 \uD800 \u{1F600} \n'.split(
    " ",
  );
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "",
    "\u0000",
    "\uD800",
    "\uDFFF\uD800",
    "__proto__",
    "x".repeat(50_000),
    "\u202E",
    "' or 1=1 --",
    "../../etc",
  ),
);
const good = fc.constantFrom(...DOCUMENTS);
const token = fc.constantFrom(...TOKENS);
const mutated = fc
  .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.oneof(token, anyText)), { maxLength: 4 }))
  .map(([document, cuts]) =>
    cuts.reduce((text, [at, length, put]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    }, document),
  );
const deep = fc
  .tuple(fc.constantFrom("{a", "{a:b", "[", "(a:", "...{", "{viewer"), fc.integer({ min: 1, max: 5_000 }))
  .map(([piece, times]) => piece.repeat(times));
const document = fc.oneof(
  { weight: 4, arbitrary: mutated },
  { weight: 2, arbitrary: fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(" ")) },
  { weight: 1, arbitrary: anyText },
  { weight: 1, arbitrary: deep },
);

/** What takes the place of a value that is meant: of another type, huge, deep, or named like what objects have. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4, noUnicodeString: false } as object),
  anyText,
  fc.double(),
  fc.bigInt().map(Number),
  fc.constantFrom<unknown>(null, [], {}, [[]], -0, 1e308, "2026-13-45T99:99:99Z", "T", { id: "", vendorId: "" }),
  fc.integer({ min: 1, max: 3_000 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown),
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty").map((name) => ({ [name]: { x: 1 } })),
);
const ticketInput = fc.record(
  {
    name: value,
    project: fc.oneof(value, fc.constant({ vendorId: "PLAT" }), fc.record({ vendorId: anyText })),
    type: fc.oneof(value, fc.constant({ name: "Task" }), fc.record({ id: anyText })),
    ...{ description: value, assignees: value, customFields: value, dueDate: value, priority: value, tags: value },
    ...{ identifier: value, idempotencyKey: value, connectionId: value, parent: value },
  },
  { requiredKeys: [] },
);
const texts = fc
  .record(
    {
      name: anyText,
      description: anyText,
      priority: anyText,
      identifier: anyText,
      tags: fc.array(anyText, { maxLength: 3 }),
    },
    { requiredKeys: ["name"] },
  )
  .map((more) => ({ ...more, project: { vendorId: "PLAT" }, type: { name: "Task" } }));
const keyInput = fc.record(
  { name: value, scopes: value, connectionIds: value, expiresAt: value },
  { requiredKeys: [] },
);
const filter = fc.record(
  {
    text: anyText,
    statuses: fc.array(anyText, { maxLength: 3 }),
    projectIds: fc.array(anyText, { maxLength: 3 }),
    identifier: anyText,
  },
  { requiredKeys: [] },
);
const variables = fc.oneof(
  value,
  fc.record(
    { id: fc.oneof(value, anyText), input: fc.oneof(value, ticketInput, texts, keyInput), f: fc.oneof(value, filter) },
    { requiredKeys: [] },
  ),
);

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const brokenJson = fc.tuple(good, value, fc.nat(), fc.nat(255)).map(([query, given, at, put]) => {
  const whole = Buffer.from(JSON.stringify({ query, variables: given }));
  const cut = at % (whole.length + 1);
  return put % 2 === 0
    ? whole.subarray(0, cut)
    : Buffer.concat([whole.subarray(0, cut), Buffer.from([put]), whole.subarray(cut)]);
});
const otherJson = fc
  .oneof(
    value,
    fc.array(fc.record({ query: good }), { maxLength: 3 }),
    fc.record({ query: value, variables: value, operationName: value, extensions: value }, { requiredKeys: [] }),
  )
  .map((json) => Buffer.from(JSON.stringify(json) ?? ""));
const rawBody = fc.oneof(bytes, brokenJson, otherJson);

const headerText = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength: 60,
  })
  .map((text) => text.trim());
const contentType = fc.constantFrom(
  ...[
    "application/json",
    "application/json; charset=utf-16",
    "application/json; charset=",
    "text/plain",
    "application/graphql",
  ],
  ...[
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/json;;;",
    "APPLICATION/JSON",
    "a/b",
  ],
);
const headers = fc.record(
  {
    "content-type": fc.oneof(contentType, headerText),
    accept: fc.oneof(
      fc.constantFrom("application/json", "application/graphql-response+json", "text/html", "*/*", "q=0"),
      headerText,
    ),
    "x-api-key": fc.oneof({ weight: 5, arbitrary: fc.constant(KEY) }, { weight: 1, arbitrary: headerText }),
    authorization: fc.oneof(
      headerText,
      headerText.map((text) => `Bearer ${text}`),
    ),
    "x-connection-id": headerText,
    "x-tenant-id": headerText,
    "idempotency-key": headerText,
    origin: headerText,
    "content-encoding": fc.constantFrom("gzip", "identity", "br", "x"),
    "accept-encoding": headerText,
    traceparent: headerText,
  },
  { requiredKeys: ["x-api-key"] },
);

describe("a gateway that is sent anything at all", () => {
  it(
    "answers any document",
    () =>
      fuzz(
        fc.tuple(document, variables).map(([query, given]) => asJson(query, given)),
        0.4,
      ),
    TIMEOUT_MS,
  );
  it(
    "answers any variables of good documents",
    () =>
      fuzz(
        fc
          .tuple(good, variables, fc.oneof(fc.constant(undefined), anyText))
          .map(([query, given, operationName]) => asJson(query, given, { operationName })),
        0.3,
      ),
    TIMEOUT_MS,
  );
  it(
    "answers any bytes",
    () =>
      fuzz(
        fc
          .tuple(
            rawBody,
            fc.oneof({ weight: 3, arbitrary: fc.constant("application/json") }, { weight: 1, arbitrary: contentType }),
          )
          .map(([body, type]) => ({ headers: { ...USUAL, "content-type": type }, body })),
        0.2,
      ),
    TIMEOUT_MS,
  );
  it(
    "answers any headers",
    () =>
      fuzz(
        fc.record({
          headers,
          body: fc.oneof(
            good.map((query) => Buffer.from(JSON.stringify({ query }))),
            rawBody,
          ),
        }) as fc.Arbitrary<Sent>,
        0.1,
      ),
    TIMEOUT_MS,
  );
});
