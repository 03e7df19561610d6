import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { FROM_SOURCES } from "./support/from-sources.js";

/** A list of which one item fails at once while another fails later: what graphql-js leaves behind. */
const PROGRAM = `
  import { buildSchema, graphql } from "graphql";
  import { createLogger } from "./src/server/logger.js";
  import { logUnwatched } from "./src/log-unwatched.js";
  if (process.argv[1] === "watched") logUnwatched(createLogger("info"));
  const schema = buildSchema("type Query { all: [One!] } type One { a: String }");
  const later = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms));
  const { data, errors } = await graphql({ schema, source: "{ all { a } }", rootValue: { all: [later(10), new Error("at once")] } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(JSON.stringify({ alive: true, data, told: errors?.map(({ message }) => message) }));`;

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [...FROM_SOURCES, "--input-type=module", "-e", PROGRAM, "--", ...args], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });

describe("what fails with nobody waiting for it", () => {
  it("is logged, and the process goes on", async () => {
    const { stdout } = await run("watched");
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 50, msg: "something failed that nobody waited for", err: { message: "late" } },
      { alive: true, data: { all: null }, told: ["at once"] },
    ]);
  });

  it("would end it otherwise", async () => {
    await expect(run()).rejects.toMatchObject({ code: 1 });
  });
});
