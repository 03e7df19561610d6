import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { ENGINES } from "../support/databases.js";
import { surroundings } from "./support.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

async function run(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ["dist/main.js", ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

describe("the command line", () => {
  it("migrates once, says so, and has a doctor agree", async () => {
    // What each engine does is tested without starting processes; here the quicker one is enough.
    const { env, drop } = await surroundings(ENGINES.at(-1) ?? "pglite", []);
    expect(await run(["migrate"], env)).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^The store's tables are up to date: 3 migrations were run \(.+\)\.\nThe job queue's tables are up to date: version \d+\.\n$/,
      ),
      err: "",
    });
    expect((await run(["migrate"], env)).out).toBe(
      "The store's tables were up to date already.\nThe job queue's tables were up to date already.\n",
    );
    const { code, out } = await run(["doctor", "--json"], env);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ok: true,
      findings: expect.arrayContaining([expect.objectContaining({ state: "ok", what: "tables" })]),
    });
    await drop();
  });

  it("ends with 1 and a sentence where something is wrong", async () => {
    const env = { DATABASE_URL: "postgres://127.0.0.1:1/none", PORT: "0" };
    expect(await run(["migrate"], env)).toEqual({
      code: 1,
      out: "",
      err: "The database at 127.0.0.1:1 can't be used (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL.\n",
    });
    const told = await run(["doctor"], env);
    expect(told).toMatchObject({ code: 1, err: "" });
    expect(told.out).toMatch(/^ok {7}Node\.js .+\n(.+\n)*failed {3}store .+\n\n1 thing failed\. 1 warning\.\n$/);
  });
});
