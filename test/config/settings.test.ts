import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { readSettings } from "../../src/config/settings.js";
import { acme, backend, ENV, KEY, read, VENDORS, withTenant } from "./support.js";

describe("a configuration file that is right", () => {
  const expected = {
    limits: {
      bulkSyncMax: 50,
      bulkJobMax: 10_000,
      requestsPerMinute: 6000,
      queryTokens: 2_000,
      queryDepth: 10,
      queryAliases: 30,
      queryDirectives: 20,
      vendorCalls: 500,
    },
    delivery: { quietSeconds: 120, leaseSeconds: 60, waitSeconds: 10 },
    hosts: { allow: [], allowPrivate: [] },
    tenants: [
      {
        id: "acme",
        apiKeys: [{ name: "backend", key: KEY, scopes: ["tickets:read"], connections: ["acme-jira"] }],
        connections: [
          {
            id: "acme-jira",
            vendor: "jira",
            name: "Acme Jira",
            allowPrivateAddress: false,
            settings: {
              baseUrl: "https://acme.example",
              credentials: { email: "bot@acme.test", apiToken: "very-secret-token" },
              pageSize: 50,
            },
          },
          {
            id: "acme-rt",
            vendor: "request-tracker",
            name: "acme-rt",
            allowPrivateAddress: false,
            settings: { baseUrl: "https://rt.example", credentials: { token: "t" } },
          },
        ],
      },
    ],
  };

  it("is read as JSON, with secrets and defaults in place", async () => {
    await expect(read({ tenants: [acme] })).resolves.toEqual(expected);
  });

  it("is read as YAML just the same", async () => {
    await expect(read(stringify({ tenants: [acme] }))).resolves.toEqual(expected);
  });

  it("is read as JSON indented by tabs, which YAML would not take", async () => {
    await expect(read(JSON.stringify({ tenants: [acme] }, null, "\t"))).resolves.toEqual(expected);
  });

  it("binds a key that names no connections to all of them", async () => {
    const { tenants } = await read(withTenant({ apiKeys: [{ ...backend, connections: undefined }] }));
    expect(tenants[0]?.apiKeys[0]?.connections).toBe("all");
  });

  it("may widen where connections lead", async () => {
    const hosts = {
      allow: ["*.acme.test", "a_b.example"],
      allowPrivate: ["127.0.0.1", "jira.internal", "::1", "[fd00::1]"],
    };
    expect((await read({ tenants: [acme], hosts })).hosts).toEqual(hosts);
  });

  it("may change single limits", async () => {
    const { limits } = await read({ tenants: [acme], limits: { bulkSyncMax: 7 } });
    expect(limits).toEqual({ ...expected.limits, bulkSyncMax: 7 });
  });

  it("may say whose tokens are taken", async () => {
    const jwt = { issuer: "https://id.acme.test", audience: "ticketgraph", jwksUrl: "https://id.acme.test/keys" };
    const read1 = await read({ tenants: [acme], jwt });
    expect(read1.jwt).toEqual({ ...jwt, tenantClaim: "tenant", scopeClaim: "scope", roles: {} });
    const more = { ...jwt, audience: ["a", "b"], rolesClaim: "groups", roles: { agents: ["tickets:read"] } };
    expect((await read({ tenants: [acme], jwt: more })).jwt).toMatchObject(more);
  });
});

describe("a file that can't be read", () => {
  const readPath = (path: string) => readSettings(path, ENV, VENDORS);

  it("says that there is none", async () => {
    const path = join(tmpdir(), "absent-settings.json");
    await expect(readPath(path)).rejects.toThrow(
      `The configuration file ${path} does not exist. TICKETGRAPH_CONFIG names it.`,
    );
  });

  it("says that it is a folder", async () => {
    const folder = tmpdir();
    await expect(readPath(folder)).rejects.toThrow(
      `The configuration file ${folder} is a folder, but must be a file. TICKETGRAPH_CONFIG names it.`,
    );
  });

  it("says where it is broken, quoting nothing of it", async () => {
    const broken = 'tenants:\n  - id: acme\n    key: "hunter2\n';
    await expect(read(broken)).rejects.toThrow(
      /is neither JSON nor YAML: .* in line \d+, column \d+\. Mend the text there\.$/,
    );
    await expect(read(broken)).rejects.not.toThrow(/hunter2/);
    await expect(read('{"tenants": [}')).rejects.toThrow(/in line 1, column 14/);
    await expect(read("tenants: 1\ntenants: 2\n")).rejects.toThrow(
      /neither JSON nor YAML: duplicate key in line 2, column 1/,
    );
  });
});
