import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getNamedType, isInterfaceType, isObjectType } from "graphql";
import { createSchema } from "../../../src/graphql/schema.js";
import { KEY, startTestApp, type TestApp } from "../../support/app.js";
import { makeKey } from "../../support/make-key.js";
import { post } from "../../support/post.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ hosts: { allow: ["127.0.0.1"], allowPrivate: ["127.0.0.1"] } });
});
afterAll(() => test.close());

const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  connection { id name } errors { path message } } }`;

describe("what may be read of a thing", () => {
  it("holds no secret: nothing that is given as one has a field to come back by", () => {
    const fields = Object.values(createSchema().getTypeMap())
      .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith("__"))
      .flatMap((type) =>
        isObjectType(type)
          ? Object.values(type.getFields()).map(
              (field) => `${type.name}.${field.name}: ${getNamedType(field.type).name}`,
            )
          : [],
      );
    const telling = /secret|password|credential|apiToken|refreshToken|accessToken|masterKey|hash/i;
    expect(fields.filter((field) => telling.test(field))).toEqual([]);
    // The one key that is told, once, to whoever made it.
    expect(fields.filter((field) => /\.(api)?key: String/i.test(field)).sort()).toEqual([
      "CreateApiKeyPayload.key: String",
      "Project.key: String",
      "Ticket.key: String",
    ]);
  });

  it("is the same for credentials that were given over the API", async () => {
    const basic = { email: test.jira.email, apiToken: test.jira.apiToken };
    const settings = { jira: { baseUrl: test.jira.url, credentials: { basic } } };
    const made = await test.query(CREATE, { input: { name: "Second", settings } });
    expect(made.data.createConnection.errors).toEqual([]);
    const { id } = made.data.createConnection.connection;
    for (const field of ["settings", "credentials", "apiToken", "baseUrl", "options"]) {
      const asked = await test.query(`{ connection(id: "${id}") { ${field} } }`);
      expect([field, asked.errors?.[0]?.extensions?.["code"]]).toEqual([field, "GRAPHQL_VALIDATION_FAILED"]);
    }
    expect(JSON.stringify(made)).not.toContain(test.jira.apiToken);
    await test.query("mutation ($id: ID!) { deleteConnection(id: $id) }", { id });
  });
});

describe("what may be written of a thing", () => {
  it.each([
    ["createTicket", "CreateTicketInput", { name: "One", tenantId: "stranger" }],
    ["createTicket", "CreateTicketInput", { name: "One", createdBy: "someone else" }],
    ["createApiKey", "CreateApiKeyInput", { name: "more", scopes: ["tickets:read"], tenantId: "stranger" }],
    ["createApiKey", "CreateApiKeyInput", { name: "more", scopes: ["tickets:read"], key: "one of my own choice" }],
    ["updateConnection", "UpdateConnectionInput", { id: "jira", allowPrivateAddress: true }],
    ["updateConnection", "UpdateConnectionInput", { id: "jira", tenantId: "stranger" }],
  ])("by %s is what %s has, and nothing slips in beside it: %j", async (field, input, given) => {
    const { status, body } = await post(
      test,
      `mutation ($input: ${input}!) { ${field}(input: $input) { __typename } }`,
      {
        input: given,
      },
    );
    expect([status, body.data, body.errors?.length]).toEqual([400, undefined, 1]);
    expect(body.errors?.[0]?.message).toMatch(/is not defined by type/);
  });

  it("is nothing of what the gateway itself lives by: prototypes stay as they are", async () => {
    const response = await fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": KEY },
      body: `{"query":"mutation ($input: CreateTicketInput!) { createTicket(input: $input) { errors { path } } }","variables":{"input":{
        "name":"One","project":{"vendorId":"PLAT"},"type":{"name":"Task"},
        "customFields":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}}}`,
    });
    expect(response.status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("gives nobody more than they have: scopes and connections are those of the key that gives them", async () => {
    const { key } = await makeKey(test, "bound keeper", ["keys:admin"], { connectionIds: ["jira"] });
    const input = { name: "wider", scopes: ["keys:admin", "connections:admin"], connectionIds: ["stranger-jira"] };
    const { data } = await test.query(
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key errors { path } } }",
      { input },
      key,
    );
    expect(data.createApiKey).toEqual({
      key: null,
      errors: [{ path: ["scopes", "1"] }, { path: ["connectionIds", "0"] }],
    });
  });
});
