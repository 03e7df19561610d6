import { readdir } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { examine } from "../../src/doctor/examine.js";
import { closeBoss, migrateBoss, openBoss } from "../../src/jobs/boss.js";
import { sealStored } from "../../src/operations/connections/stored.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { insertConnection } from "../../src/store/connections.js";
import { masterKeyWrapper } from "../../src/store/key-wrapper.js";
import { begin } from "../../src/store/ledger.js";
import { openStore, type Where } from "../../src/store/open.js";
import { rowsOf } from "../../src/store/store.js";
import { openVault } from "../../src/store/vault.js";
import { ENGINES, fillFolder } from "../support/databases.js";
import { newDraft } from "../support/gateway.js";
import { surroundings, toldOf, troubles, type Surroundings } from "./support.js";

const onError = (error: unknown): void => {
  throw error;
};

describe.each(ENGINES)("what a doctor finds in a store on %s", (engine) => {
  let jira: JiraSandbox;
  let around: Surroundings;
  let where: Where;
  beforeAll(async () => {
    jira = await startJiraSandbox({ issues: 3 });
    const credentials = { email: jira.email, apiToken: jira.apiToken };
    around = await surroundings(engine, [{ id: "jira", vendor: "jira", baseUrl: jira.url, credentials }]);
    const { DATABASE_URL: url } = around.env;
    where = url === undefined ? { folder: around.folder } : { url };
  });
  afterAll(async () => {
    await jira.close();
    await around.drop();
  });

  it("tells what is to be done before the first start, and does none of it", async () => {
    const findings = await examine(around.env);
    if (engine === "postgres") {
      const todo = "Run `ticketgraph migrate`; a gateway does it too when it starts.";
      expect(toldOf(findings, "tables")).toEqual([
        `warning 3 migrations still to be run: 0000_first, 0001_synced, 0002_tenants. → ${todo}`,
        `warning The job queue has no tables yet. → ${todo}`,
      ]);
      // Looking once more finds the same: nothing was brought up to date.
      expect(await examine(around.env)).toEqual(findings);
    } else {
      expect(toldOf(findings, "store")).toEqual([
        `ok There is none in ${around.folder} yet; it is made at the first start.`,
      ]);
    }
    expect(await readdir(around.folder)).toEqual(["ticketgraph.json"]);
  });

  it("finds nothing wrong where nothing is, and tries the vendor by reading alone", async () => {
    if (engine === "pglite") await fillFolder(around.folder, "empty");
    const store = await openStore(where);
    expect(store.schema).toEqual({ ran: ["0000_first", "0001_synced", "0002_tenants"], pending: [], newer: 0 });
    await migrateBoss(store, { backend: "postgres", onError });
    await store.close();
    jira.reset();
    const findings = await examine(around.env);
    const shared =
      "warning master key: There is none yet; one is made in FOLDER at the first start, for this machine alone: another replica can't read what this one encrypts.";
    expect(troubles(findings)).toEqual(engine === "postgres" ? [shared.replace("FOLDER", around.folder)] : []);
    expect(toldOf(findings, "acme/jira")).toEqual([expect.stringMatching(/^ok .+ Signed in as Integration Account\./)]);
    expect(jira.calls.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
    // Neither the key of the markers was made, nor a master key.
    const after = await openStore(where);
    expect(rowsOf(await after.db.execute("select 1 from secrets"))).toEqual([]);
    await after.close();
    expect(await readdir(around.folder)).not.toContain("master.key");
  });

  it("tells of writes that wait for a person, of work that nobody does, of a lost master key and of a newer version", async () => {
    const store = await openStore(where);
    const owner = { tenantId: "acme", connectionId: "jira" };
    const parcel = { requestHash: "h", marker: "m", trace: null, payload: newDraft("A") };
    const parcels = ["one", "two", "three"].map((key) => ({ ...parcel, key }));
    await begin(store.of("acme"), owner, parcels, 60_000);
    await store.db.execute("update deliveries set state = 'NEEDS_REVIEW', due_at = null where key <> 'three'");
    await store.db.execute("update deliveries set due_at = now() - interval '1 hour' where key = 'three'");
    const boss = await openBoss(store, { backend: "postgres", onError });
    await boss.createQueue("forgotten");
    await boss.send("forgotten", {});
    await closeBoss(boss);
    await store.db.execute("update jobs.job set start_after = now() - interval '70 minutes' where name = 'forgotten'");
    const vault = openVault(store, masterKeyWrapper([Buffer.alloc(32, "a key that was lost")]));
    const stored = { tenantId: "acme", connectionId: "made", vendor: "jira", name: "Made", version: 1 };
    const secrets = { credentials: { email: "a", apiToken: "a secret token" } };
    const row = await sealStored(vault, {
      ...stored,
      options: { site: { baseUrl: "https://acme.atlassian.net" } },
      secrets,
    });
    await insertConnection(store.of("acme"), row, "test");
    await store.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`,
    );
    await store.close();

    const env = { ...around.env, TICKETGRAPH_MASTER_KEY: Buffer.alloc(32, "another").toString("base64") };
    const findings = await examine(env);
    expect(toldOf(findings, "deliveries")).toEqual([
      "warning 2 writes of which a person must find out what became of them. → List them by the query deliveries(state: NEEDS_REVIEW), look at the vendor, and settle each by resolveDelivery.",
      "warning 1 write that nobody has looked after for ten minutes. → Start a gateway: each looks after all; where one runs, see its log.",
    ]);
    expect(toldOf(findings, "queue")).toEqual([
      expect.stringMatching(/^warning \d pieces? of work waiting, the oldest for 7\d minutes\. → Start a gateway/),
    ]);
    expect(toldOf(findings, "acme/made")).toEqual([
      expect.stringMatching(/^failed Its secrets can't be read\. The master key "\w{12}" is missing here\./),
    ]);
    expect(toldOf(findings, "tables")).toEqual([
      expect.stringContaining("warning A newer version of the program has run 1 migration that this one doesn't know."),
    ]);
    expect(JSON.stringify(findings)).not.toContain("a secret token");
    expect(toldOf(findings, "acme/jira")).toEqual([expect.stringMatching(/^ok /)]);
  });

  it("tells of tenants that are no longer kept apart", async () => {
    const store = await openStore(where);
    // What a newer version did is no reason not to open it.
    expect(store.schema).toEqual({ ran: [], pending: [], newer: 1 });
    await store.db.execute("alter table deliveries no force row level security");
    await store.close();
    expect(toldOf(await examine(around.env), "database")).toEqual([
      expect.stringContaining("failed Row-level security isn't forced on deliveries."),
    ]);
  });

  (engine === "pglite" ? it : it.skip)("leaves a folder alone that a gateway has open", async () => {
    const store = await openStore(where);
    // Another process may not tell that it is this one.
    const mine = Object.getOwnPropertyDescriptor(process, "pid") as PropertyDescriptor;
    Object.defineProperty(process, "pid", { ...mine, value: mine.value + 1 });
    const findings = await examine(around.env);
    Object.defineProperty(process, "pid", mine);
    await store.close();
    expect(toldOf(findings, "store")).toEqual([
      expect.stringContaining(`skipped The one in ${around.folder} is in use by the process`),
    ]);
    expect(toldOf(findings, "acme/jira")).toEqual([expect.stringMatching(/^ok /)]);
  });
});
