import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { keyIdOf } from "../../src/store/key-wrapper.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { AS_BUILT, KEY, setUp, startGateway, tearDown, type Gateway, type Setup } from "./gateway.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const [OLD, NEW, NEXT] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const environment = (first: Buffer, ...others: Buffer[]): Record<string, string> => ({
  TICKETGRAPH_MASTER_KEY: first.toString("base64"),
  ...(others.length > 0 && { TICKETGRAPH_OLD_MASTER_KEYS: others.map((key) => key.toString("base64")).join(",") }),
});

/** `ticketgraph rotate-keys`, and what came of it. */
async function rotateKeys(env: Record<string, string>) {
  const child = spawn(process.execPath, [...AS_BUILT, "rotate-keys"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", DATA_DIR: "/nonexistent", ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

describe("rotate-keys", () => {
  it("says what to set where it isn't told enough", async () => {
    expect(await rotateKeys(environment(NEW, OLD))).toEqual({
      code: 1,
      out: "",
      err: "An embedded store is wrapped anew by its gateway. Start that with TICKETGRAPH_MASTER_KEY and the former key in TICKETGRAPH_OLD_MASTER_KEYS.\n",
    });
    expect(await rotateKeys({ DATABASE_URL: "postgres://127.0.0.1:1/none" })).toEqual({
      code: 1,
      out: "",
      err: "Set TICKETGRAPH_MASTER_KEY to the new key, and TICKETGRAPH_OLD_MASTER_KEYS to the former one.\n",
    });
  });

  it("tells of a database that doesn't answer without a stack or a password", async () => {
    const url = "postgres://postgres:the-password@127.0.0.1:1/none";
    expect(await rotateKeys({ DATABASE_URL: url, ...environment(NEW, OLD) })).toEqual({
      code: 1,
      out: "",
      err: "The database at 127.0.0.1:1 can't be used (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL.\n",
    });
  });
});

(ENGINES.includes("postgres") ? describe : describe.skip)("rotate-keys beside a gateway at work", () => {
  let jira: JiraSandbox;
  let place: Place;
  let setup: Setup;
  let databaseUrl: string;
  beforeAll(async () => {
    jira = await startJiraSandbox({ issues: 20 });
    place = await newPlace("postgres");
    databaseUrl = (place.where as { readonly url: string }).url;
    const { email, apiToken } = jira;
    setup = await setUp({ vendor: "jira", baseUrl: jira.url, credentials: { email, apiToken } }, databaseUrl);
    const path = join(setup.folder, "ticketgraph.json");
    const settings = JSON.parse(await readFile(path, "utf8")) as object;
    const hosts = { allow: ["127.0.0.1"], allowPrivate: ["127.0.0.1"] };
    await writeFile(path, JSON.stringify({ ...settings, hosts }));
  });
  afterAll(async () => {
    await jira.close();
    await place.drop();
    await tearDown(setup);
  });

  const ask = async ({ url }: Gateway, query: string, variables: object): Promise<unknown> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": KEY },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  const create = async (gateway: Gateway, name: string): Promise<void> => {
    const { email, apiToken } = jira;
    const settings = { jira: { baseUrl: jira.url, credentials: { basic: { email, apiToken } } } };
    const document = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { errors { message } } }`;
    expect(await ask(gateway, document, { input: { name, settings } })).toMatchObject({
      data: { createConnection: { errors: [] } },
    });
  };
  const read = async (gateway: Gateway, id: string): Promise<void> =>
    expect(
      await ask(gateway, `query ($id: ID!) { connection(id: $id) { ticket(ref: { vendorId: "PLAT-1" }) { key } } }`, {
        id,
      }),
    ).toMatchObject({ data: { connection: { ticket: { key: "PLAT-1" } } } });
  const withGateway = async (env: Record<string, string>, work: (gateway: Gateway) => Promise<void>): Promise<void> => {
    const gateway = await startGateway({ ...setup, env });
    await work(gateway).finally(() => gateway.kill());
  };

  it("changes the master key, and no request fails; then the new one alone is enough, and the former one nothing", async () => {
    await withGateway(environment(OLD), async (gateway) => {
      for (const name of ["a", "b", "c"]) await create(gateway, name);
    });
    await withGateway(environment(NEW, OLD), async (gateway) => {
      let isOver = false;
      const load = (async () => {
        for (let n = 0; !isOver; n += 1) {
          await read(gateway, ["a", "b", "c"][n % 3] ?? "");
          if (n % 10 === 0) await create(gateway, `amid-${n}`);
        }
      })();
      const rotated = await rotateKeys({ DATABASE_URL: databaseUrl, ...environment(NEW, OLD) });
      isOver = true;
      await load;
      expect(rotated).toEqual({
        code: 0,
        out: `The keys of 3 connections were wrapped with the master key ${keyIdOf(NEW)}. The former one is needed no more.\n`,
        err: "",
      });
    });
    await withGateway(environment(NEW), async (gateway) => {
      for (const name of ["a", "b", "c", "amid-0"]) await read(gateway, name);
    });
    expect((await rotateKeys({ DATABASE_URL: databaseUrl, ...environment(NEW) })).out).toMatch(/^The keys of 0 /);
    expect(await rotateKeys({ DATABASE_URL: databaseUrl, ...environment(NEXT) })).toEqual({
      code: 1,
      out: "",
      err: `The master key "${keyIdOf(NEW)}" is missing here. Give it in TICKETGRAPH_MASTER_KEY, or in TICKETGRAPH_OLD_MASTER_KEYS beside a newer one.\n`,
    });
  }, 60_000);
});
