import { describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error.js";
import { acme, backend, complaints, ENV, jira, KEY, read, tracker, withTenant } from "./support.js";

describe("a configuration file that is wrong", () => {
  it.each([
    [
      "a missing variable",
      withTenant({}),
      { ACME_KEY: KEY },
      [
        "tenants[0].connections[0].credentials.apiToken: the environment variable JIRA_TOKEN is not set. Set it, or name another one.",
      ],
    ],
    [
      "an empty variable",
      withTenant({}),
      { ...ENV, ACME_KEY: "" },
      ["tenants[0].apiKeys[0].key: the environment variable ACME_KEY is not set. Set it, or name another one."],
    ],
    [
      "a mistyped key",
      withTenant({ apiKey: [], connections: [{ ...tracker, baseUrll: "x" }], apiKeys: [] }),
      ENV,
      [
        'tenants[0]: "apiKey" is not known here; did you mean "apiKeys"?',
        'tenants[0].connections[0]: "baseUrll" is not known here; did you mean "baseUrl"?',
      ],
    ],
    [
      "a key that looks like no other",
      { tenants: [acme], limits: { colour: "red" } },
      ENV,
      [
        'limits: "colour" is not known here; known are bulkSyncMax, bulkJobMax, requestsPerMinute, queryTokens, queryDepth, queryAliases, queryDirectives, vendorCalls.',
      ],
    ],
    [
      "a key that a vendor's open schema doesn't know",
      withTenant({ connections: [{ ...jira, pagesize: 5, nmae: "x" }] }),
      ENV,
      [
        'tenants[0].connections[0]: "pagesize" is not known here; did you mean "pageSize"? "nmae" is not known here; did you mean "name"?',
      ],
    ],
    [
      "a secret of the wrong kind",
      withTenant({ apiKeys: [], connections: [{ ...tracker, credentials: { token: 123456 } }] }),
      ENV,
      ["tenants[0].connections[0].credentials.token: found a number, wanted a string."],
    ],
    [
      "credentials that lack a part",
      withTenant({ apiKeys: [], connections: [{ ...jira, credentials: { email: "bot@acme.test" } }] }),
      ENV,
      ["tenants[0].connections[0].credentials: apiToken: found nothing, wanted a string."],
    ],
    [
      "credentials in no form",
      withTenant({ apiKeys: [], connections: [{ ...jira, credentials: "very-secret-token" }] }),
      ENV,
      [
        "tenants[0].connections[0].credentials: found a string, wanted an object. Or else: found a string, wanted an object.",
      ],
    ],
    [
      "an e-mail that is none, without printing what it is",
      withTenant({ apiKeys: [], connections: [{ ...jira, credentials: { email: "very-secret", apiToken: "t" } }] }),
      ENV,
      ["tenants[0].connections[0].credentials.email: found a string, wanted an e-mail address."],
    ],
    [
      "a base URL that is none, which may be printed",
      withTenant({ apiKeys: [], connections: [{ ...tracker, baseUrl: "rt.example" }] }),
      ENV,
      ['tenants[0].connections[0].baseUrl: found "rt.example", wanted a web address such as https://example.com.'],
    ],
    [
      "a base URL from the environment, which may not",
      withTenant({ apiKeys: [], connections: [{ ...tracker, baseUrl: { env: "JIRA_TOKEN" } }] }),
      ENV,
      ["tenants[0].connections[0].baseUrl: found a string, wanted a web address such as https://example.com."],
    ],
    [
      "an unknown vendor",
      withTenant({ apiKeys: [], connections: [{ ...jira, vendor: "jria" }] }),
      ENV,
      [
        'tenants[0].connections[0].vendor: there is no vendor "jria". Did you mean "jira"? Known are: jira, request-tracker.',
      ],
    ],
    [
      "no vendor",
      withTenant({ apiKeys: [], connections: [{ ...jira, vendor: undefined }] }),
      ENV,
      ["tenants[0].connections[0].vendor: found nothing, wanted a string."],
    ],
    [
      "ids that are taken",
      { tenants: [{ ...acme, connections: [jira, { ...jira }] }, { id: "acme" }] },
      ENV,
      [
        'tenants[0].connections[1].id: the id "acme-jira" is taken by tenants[0].connections[0].id. Give each connection of a tenant its own.',
        'tenants[1].id: the id "acme" is taken by tenants[0].id. Give each tenant its own.',
      ],
    ],
    [
      "two clients with one key",
      withTenant({ apiKeys: [backend, { ...backend, name: "frontend" }] }),
      ENV,
      ["tenants[0].apiKeys[1].key: this is the same key as tenants[0].apiKeys[0].key. Give each client its own."],
    ],
    [
      "a key bound to a connection that isn't there",
      withTenant({ apiKeys: [{ ...backend, connections: ["acme-rt", "acme-zendesk"] }] }),
      ENV,
      [
        'tenants[0].apiKeys[0].connections[1]: there is no connection "acme-zendesk". This tenant has: acme-jira, acme-rt.',
      ],
    ],
    [
      "keys of an issuer that anybody on their way can change",
      { tenants: [acme], jwt: { issuer: "id", audience: "us", jwksUrl: "http://id.acme.test/keys" } },
      ENV,
      [
        "jwt.jwksUrl: must be an address that begins with https:// (http:// only on this machine): whoever can change the keys on their way can sign tokens.",
      ],
    ],
    [
      "roles that no claim names",
      {
        tenants: [acme],
        jwt: { issuer: "id", audience: "us", jwksUrl: "https://id/keys", roles: { a: ["tickets:read"] } },
      },
      ENV,
      ["jwt.roles: mean nothing without rolesClaim. Say which claim holds a token's roles."],
    ],
    [
      "a weak key",
      withTenant({ apiKeys: [{ ...backend, key: "letmein" }] }),
      ENV,
      [
        "tenants[0].apiKeys[0].key: is shorter than 24 characters, so it could be guessed. Make one with: openssl rand -base64 32",
      ],
    ],
    [
      "a key that no header can hold",
      withTenant({ apiKeys: [{ ...backend, key: "schlüssel mit leerzeichen und umlaut" }] }),
      ENV,
      ["tenants[0].apiKeys[0].key: may hold only visible ASCII characters, or no client could send it in a header."],
    ],
    [
      "a key that is a number",
      withTenant({ apiKeys: [{ ...backend, key: 123456789012 }] }),
      ENV,
      ["tenants[0].apiKeys[0].key: found a number, wanted a string."],
    ],
    [
      "a scope that doesn't exist",
      withTenant({ apiKeys: [{ ...backend, scopes: ["tickets:delete"] }] }),
      ENV,
      [
        'tenants[0].apiKeys[0].scopes[0]: found "tickets:delete", wanted one of "tickets:read", "tickets:write", "connections:admin", "keys:admin".',
      ],
    ],
    [
      "an id with a slash",
      { tenants: [{ id: "acme/two" }] },
      ENV,
      [
        "tenants[0].id: may hold up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.",
      ],
    ],
    [
      "limits out of range",
      { tenants: [acme], limits: { bulkSyncMax: 0, bulkJobMax: "many", requestsPerMinute: 1.5 } },
      ENV,
      [
        "limits.bulkSyncMax: found 0, wanted a number of at least 1.",
        'limits.bulkJobMax: found "many", wanted a number.',
        "limits.requestsPerMinute: found 1.5, wanted a whole number.",
      ],
    ],
    [
      "hosts that are none",
      {
        tenants: [acme],
        hosts: { allow: ["https://acme.example", "*"], allowPrivate: ["10.0.0.0/8", "acme.example:8080"] },
      },
      ENV,
      ["allow[0]", "allow[1]", "allowPrivate[0]", "allowPrivate[1]"].map(
        (place) =>
          `hosts.${place}: is not a host: write a name such as jira.acme.example, *.acme.example for all below one, or an IP address, without https:// and port.`,
      ),
    ],
    ["no tenants", { tenants: [] }, ENV, ["tenants: found a list of 0, wanted a list of at least 1."]],
    ["nothing at all", "", ENV, ["the file as a whole: found null, wanted an object."]],
    ["a list", [], ENV, ["the file as a whole: found a list of 0, wanted an object."]],
  ])("tells of %s", async (_what, content, env, expected) => {
    expect(await complaints(content, env)).toEqual(expected);
  });

  it("tells of everything at once, and never of a secret", async () => {
    const error: unknown = await read(
      {
        tenants: [
          {
            id: "",
            apiKeys: [{ name: "a", key: "hunter2" }],
            connections: [
              { ...jira, vendor: "x" },
              { ...tracker, credentials: ["hunter2"] },
            ],
          },
        ],
        limit: {},
      },
      {},
    ).catch((reason: unknown) => reason);
    const message = error instanceof ConfigError ? error.message : "";
    for (const place of [
      "tenants[0].id",
      "apiKeys[0].key",
      "apiKeys[0].scopes",
      "connections[0].vendor",
      "connections[1].credentials",
      '"limit"',
      "JIRA_TOKEN",
    ])
      expect(message).toContain(place);
    expect(message).not.toContain("hunter2");
  });
});
