import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "@jest/globals";
import { openGateway } from "../../src/gateway/open-gateway.js";
import { readJob } from "../../src/operations/bulk/read-jobs.js";
import { startBulkJob } from "../../src/operations/bulk/start-bulk-job.js";
import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { createLogger } from "../../src/server/logger.js";
import { setUp, tearDown } from "../faults/gateway.js";
import { ENGINES, newPlace } from "../support/databases.js";
import { CALLER, configOf, newTicket, settingsOf } from "../support/gateway.js";
import { until } from "../support/until.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

function work(env: Record<string, string>) {
  const child = spawn(process.execPath, ["dist/main.js", "work"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "error", ...env },
  });
  children.push(child);
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return { child, ended: once(child, "close").then(([code]) => code as number), said: () => out };
}

describe("a replica that only works", () => {
  (ENGINES.includes("postgres") ? it : it.skip)(
    "does the jobs of others, and ends in good order",
    async () => {
      const place = await newPlace("postgres");
      const url = place.url ?? "";
      const jira = await startJiraSandbox({ empty: true });
      const credentials = { email: jira.email, apiToken: jira.apiToken };
      const setup = await setUp({ id: "jira", vendor: "jira", baseUrl: jira.url, credentials });
      // This one asks, and does nothing itself.
      const gateway = await openGateway({
        config: configOf(),
        settings: settingsOf(jira),
        log: createLogger("silent"),
        store: { url },
      });
      const { kernel } = gateway;
      const requests = Array.from({ length: 120 }, (_, n) => ({ ticket: newTicket(`Work ${n}`) }));
      const { job } = await startBulkJob(kernel, CALLER, "CREATE", "jira", requests, "work");
      const { child, ended, said } = work({
        METRICS_PORT: "0",
        DATABASE_URL: url,
        TICKETGRAPH_CONFIG: `${setup.folder}/ticketgraph.json`,
      });
      await until(async () => (await readJob(kernel, CALLER, job?.id ?? ""))?.state === "DONE");
      expect(jira.state.size).toBe(120);
      const [, door = ""] = /^Working on jobs; (http:\S+)\/metrics tells how\.\n$/.exec(said()) ?? [];
      const statuses = ["/healthz", "/readyz", "/metrics", "/graphql"].map(
        async (path) => (await fetch(door + path)).status,
      );
      expect(await Promise.all(statuses)).toEqual([200, 200, 200, 404]);
      const metrics = await (await fetch(`${door}/metrics`)).text();
      expect(metrics).toMatch(/^ticketgraph_work_total\{kind="slice",outcome="done"\} [1-9]/m);
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      await gateway.close();
      await jira.close();
      await tearDown(setup);
      await place.drop();
    },
    90_000,
  );

  it.each([
    [{}, "Set DATABASE_URL to theirs."],
    [{ DATABASE_URL: "postgres://postgres@127.0.0.1:1/x" }, "Set TICKETGRAPH_CONFIG to the others' file."],
    [{ DATABASE_URL: "nonsense" }, "The environment variable DATABASE_URL"],
  ])("says what it lacks with %j", async (env, message) => {
    const { ended, said } = work(env);
    expect(await ended).toBe(1);
    expect(said()).toContain(message);
  });

  it("says that its database can't be reached", async () => {
    const setup = await setUp({
      vendor: "jira",
      baseUrl: "http://127.0.0.1:1",
      credentials: { email: "a", apiToken: "b" },
    });
    const { ended, said } = work({
      DATABASE_URL: "postgres://postgres:secret@127.0.0.1:1/x",
      TICKETGRAPH_CONFIG: `${setup.folder}/ticketgraph.json`,
    });
    expect(await ended).toBe(1);
    expect(said()).toMatch(/^The database at 127\.0\.0\.1:1 can't be used \(.*\)\. Check DATABASE_URL\.\n$/);
    expect(said()).not.toContain("secret");
    await tearDown(setup);
  });
});
