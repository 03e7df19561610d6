import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { getIntrospectionQuery, buildClientSchema, lexicographicSortSchema, printSchema, buildSchema } from "graphql";
import { KEY, startTestApp, type TestApp } from "../../support/app.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ limits: { queryDepth: 20 } });
});
afterAll(() => test.close());

describe("what there is", () => {
  it("is what the repository says: the schema that a running gateway shows is the one that is kept", async () => {
    const { data } = await test.query(getIntrospectionQuery({ oneOf: true }));
    const shown = printSchema(lexicographicSortSchema(buildClientSchema(data)));
    const kept = buildSchema(await readFile("schema/schema.graphql", "utf8"));
    expect(shown).toBe(printSchema(lexicographicSortSchema(kept)));
  });

  it("is one version at one address: no older one is left to be found", async () => {
    for (const path of [
      "/v1",
      "/v1/graphql",
      "/v2/graphql",
      "/api",
      "/api/graphql",
      "/graphql/v1",
      "/playground",
      "/voyager",
    ])
      expect([path, (await fetch(test.app.url + path, { headers: { "x-api-key": KEY } })).status]).toEqual([path, 404]);
  });

  it("says what it is all for: every field, argument and type is described", async () => {
    const { data } = await test.query(
      `{ __schema { types { name description fields { name description args { name description } } inputFields { name description } } } }`,
    );
    interface Described {
      readonly name: string;
      readonly description: string | null;
      readonly fields?: readonly Described[] | null;
      readonly args?: readonly Described[];
      readonly inputFields?: readonly Described[] | null;
    }
    const bare = (thing: Described, at: string): string[] => [
      ...(thing.description ? [] : [at]),
      ...[...(thing.fields ?? []), ...(thing.inputFields ?? []), ...(thing.args ?? [])].flatMap((inner) =>
        bare(inner, `${at}.${inner.name}`),
      ),
    ];
    const types = (data.__schema.types as Described[]).filter(({ name }) => !name.startsWith("__"));
    const roots = ["Query", "Mutation", "Subscription"];
    expect(types.flatMap((type) => bare(type, type.name)).filter((at) => !roots.includes(at))).toEqual([]);
  });

  it("tells the outside no more than that it lives", async () => {
    const told = async (path: string) => (await fetch(test.app.url + path)).json();
    expect([await told("/healthz"), await told("/readyz")]).toEqual([{ status: "ok" }, { status: "ready" }]);
  });
});
