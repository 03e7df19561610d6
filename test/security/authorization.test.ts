import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { SCOPES, type Scope } from "../../src/domain/caller.js";
import { authorize, FEDERATION_RULES, RULES as OWN_RULES } from "../../src/graphql/authorization.js";
import { createSchema } from "../../src/graphql/schema.js";
import { type Answer, startTestApp, type TestApp } from "../support/app.js";
import { startIssuer, AUDIENCE, type Issuer } from "../support/issuer.js";
import { makeKey } from "../support/make-key.js";

const RULES = { ...OWN_RULES, ...FEDERATION_RULES };
const schema = createSchema({ federation: true });
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}).map((field) => ({ type: type?.name ?? "", field })),
);
const guarded = roots.flatMap(({ type, field }) => {
  const rule = RULES[`${type}.${field.name}`];
  return rule && rule !== "any key" ? [{ place: `${type}.${field.name}`, type, field, scope: rule }] : [];
});

/** Any value that a type takes, as GraphQL writes it. */
function valueOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(type.ofType as GraphQLInputType);
  if (isListType(type)) return `[${valueOf(type.ofType as GraphQLInputType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
    return `{ ${given.map(({ name, type: inner }) => `${name}: ${valueOf(inner)}`).join(" ")} }`;
  }
  return { Int: "1", Float: "1", Boolean: "true", DateTime: '"2030-01-01"', JSON: "{}" }[type.name] ?? '"something"';
}

/** The field with all of its arguments, as a document. */
function documentOf(type: string, { name, args, type: result }: GraphQLField<unknown, unknown>): string {
  const given = args.map((arg: GraphQLArgument) => `${arg.name}: ${valueOf(arg.type)}`).join(" ");
  const rest = isLeafType(getNamedType(result)) ? "" : "{ __typename }";
  return `${type.toLowerCase()} { ${name}${given && `(${given})`} ${rest} }`;
}

let test: TestApp;
let issuer: Issuer;
const without = new Map<Scope, string>();
beforeAll(async () => {
  issuer = await startIssuer();
  const { issuer: name, jwksUrl } = issuer;
  test = await startTestApp({
    config: { federation: true },
    jwt: { issuer: name, audience: AUDIENCE, jwksUrl, tenantClaim: "tenant", scopeClaim: "scope", roles: {} },
  });
  for (const scope of SCOPES) {
    const others = SCOPES.filter((one) => one !== scope);
    without.set(scope, (await makeKey(test, `all but ${scope}`, others)).key);
  }
});
afterAll(async () => {
  await test.close();
  await issuer.close();
});

/** What a subscription ends with at once. */
function subscribed(query: string, key: string): Promise<Answer> {
  const url = `${test.app.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { "x-api-key": key } });
  return new Promise<Answer>((resolve, reject) => {
    client.subscribe<Record<string, unknown>>(
      { query },
      {
        next: (answer) => resolve(answer as Answer),
        error: (errors) => (Array.isArray(errors) ? resolve({ errors }) : reject(errors as Error)),
        complete: () => reject(new Error("It ended without a word.")),
      },
    );
  }).finally(() => client.dispose());
}

describe("who may ask for what", () => {
  it("is said of every field of the roots, for every kind of operation", () => {
    expect(roots.filter(({ type, field }) => !RULES[`${type}.${field.name}`])).toEqual([]);
    expect(new Set(guarded.map(({ type }) => type))).toEqual(new Set(["Query", "Mutation", "Subscription"]));
    expect(Object.entries(RULES).filter(([, rule]) => rule === "any key")).toEqual([
      ["Query.viewer", "any key"],
      ["Query._service", "any key"],
    ]);
  });

  it("is said where people read it", () => {
    for (const { field, scope } of guarded)
      expect(field.description).toMatch(new RegExp(` Needs the scope \`${scope}\`\\.$`));
  });

  it("is refused to be left open, or to be said of nothing", () => {
    const small = () => buildSchema("type Query { a: Int b: Int } type Mutation { c: Int }");
    expect(() => authorize(small(), { "Query.a": "any key" })).toThrow(
      "Nothing says who may ask for Query.b, Mutation.c. Give each a rule.",
    );
    const all = { "Query.a": "any key", "Query.b": "any key", "Mutation.c": "tickets:write" } as const;
    expect(() => authorize(small(), { ...all, "Query.d": "tickets:read", "Ticket.e": "any key" })).toThrow(
      "There are rules for fields that don't exist: Query.d, Ticket.e.",
    );
    expect(() => authorize(small(), all)).not.toThrow();
  });
});

describe("a key without the scope", () => {
  it.each(guarded)("is refused $place, and no vendor is asked", async ({ place, type, field, scope }) => {
    const query = documentOf(type, field);
    const key = without.get(scope) ?? "";
    const calls = test.jira.calls.length;
    // The third time a query is run it is compiled.
    for (let n = 0; n < 3; n += 1) {
      const { data, errors } = await (type === "Subscription" ? subscribed(query, key) : test.query(query, {}, key));
      expect([place, errors?.length, data?.[field.name] ?? null]).toEqual([place, 1, null]);
      expect(errors?.[0]).toMatchObject({
        message: `The key "all but ${scope}" lacks the scope ${scope}. Use a key that has it.`,
        path: [field.name],
        extensions: { code: "FORBIDDEN" },
      });
    }
    expect(test.jira.calls.length).toBe(calls);
  });

  it.each(guarded)(
    "is another than one with nothing but it, which gets further at $place",
    async ({ type, field, scope }) => {
      if (type === "Subscription") return;
      const token = await issuer.token({ scope });
      const response = await fetch(`${test.app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: documentOf(type, field) }),
      });
      const { errors = [] } = (await response.json()) as Answer;
      expect(errors.filter(({ message }) => message.includes(`the scope ${scope}`))).toEqual([]);
    },
  );

  it("doesn't come by a detour where it may not go straight", async () => {
    const { key } = await makeKey(test, "administrator", ["keys:admin", "tickets:write"]);
    const calls = test.jira.calls.length;
    const detours = [
      "{ viewer { connections { projects { nodes { name } } } } }",
      '{ viewer { connections { project(ref: { vendorId: "PLAT" }) { name } } } }',
      '{ viewer { connections { ticket(ref: { vendorId: "PLAT-1" }) { name } } } }',
      "{ apiKeys { nodes { defaultConnection { id } connections { projects { nodes { name } } } } } }",
    ];
    await makeKey(test, "bound", ["keys:admin"], { connectionIds: ["jira"] });
    for (const query of detours)
      for (let n = 0; n < 3; n += 1)
        expect(await test.query(query, {}, key)).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    expect(test.jira.calls.length).toBe(calls);
    const made = await test.query(
      `mutation { createTicket(input: { name: "One", project: { vendorId: "PLAT" }, type: { name: "Task" } }) {
        ticket { key comments { nodes { body } } children { nodes { name } } attachments { name } } } }`,
      {},
      key,
    );
    expect(made.data.createTicket.ticket).toEqual({
      key: expect.any(String),
      comments: null,
      children: null,
      attachments: null,
    });
    expect(made.errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
  });

  it("may always ask who it is", async () => {
    const token = await issuer.token({ scope: "openid" });
    const response = await fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ viewer { tenantId name scopes } }" }),
    });
    expect(await response.json()).toMatchObject({ data: { viewer: { tenantId: "acme", name: "alice", scopes: [] } } });
  });
});
