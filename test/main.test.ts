import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { fillFolder } from "./support/databases.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const sorted = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

describe("the program", () => {
  const running: ChildProcess[] = [];
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), "data-"));
  });
  afterEach(async () => {
    running.splice(0).forEach((child) => child.kill("SIGKILL"));
    await rm(data, { recursive: true, force: true });
  });

  /** Starts what `npm run build` made, as `npm start` does. */
  function start(env: Record<string, string>, args: string[] = []) {
    const child = spawn(process.execPath, ["dist/main.js", ...args], {
      cwd: root,
      env: { PATH: process.env.PATH ?? "", PORT: "0", LOG_LEVEL: "silent", DATA_DIR: data, ...env },
    });
    running.push(child);
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const ended = once(child, "close").then(([code]) => code as number | null);
    const said = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const [, found] = pattern.exec(out) ?? [];
        if (found !== undefined) return found;
        await Promise.race([
          once(child.stdout, "data"),
          ended.then(() => Promise.reject(new Error(`It ended before it said ${pattern}: ${out}${err}`))),
        ]);
      }
    };
    return { child, ended, said, output: () => ({ out, err }) };
  }

  it("runs the demo with nothing given: a key, an explorer, a ticket filed; and ends in good order", async () => {
    const demo = start({});
    const key = await demo.said(/API key:\s+(tg_demo_\w{32})\n/);
    const address = await demo.said(/Explorer: (http:\S+\/graphql)\n/);
    const ask = async (query: string): Promise<unknown> => {
      const headers = { "content-type": "application/json", "x-api-key": key };
      return (await fetch(address, { method: "POST", headers, body: JSON.stringify({ query }) })).json();
    };
    const made = await ask(
      `mutation { createTicket(input: {project: {vendorId: "PLAT"}, type: {name: "Bug"}, name: "From the demo"}) {
        ticket { key name } errors { message } } }`,
    );
    expect(made).toMatchObject({ data: { createTicket: { ticket: { name: "From the demo" }, errors: [] } } });
    // The build puts many files into one, and may name a class anew whose name two of them have.
    const { data } = (await ask(
      getIntrospectionQuery({ oneOf: true, specifiedByUrl: true, inputValueDeprecation: true }),
    )) as { data: IntrospectionQuery };
    const written = buildSchema(await readFile(join(root, "schema/schema.graphql"), "utf8"));
    expect(sorted(buildClientSchema(data))).toBe(sorted(written));
    demo.child.kill("SIGTERM");
    expect(await demo.ended).toBe(0);
    expect(demo.output().out.match(/tg_demo_/g)).toHaveLength(1);
    expect(demo.output().out).toContain("This is the demo");
    expect(demo.output().err).toBe("");
  });

  it("ends a wrong configuration in one message, without a stack", async () => {
    const folder = await mkdtemp(join(tmpdir(), "settings-"));
    const path = join(folder, "ticketgraph.yaml");
    const settings = {
      tenants: [
        {
          id: "acme",
          apiKeys: [{ name: "backend", key: "0123456789abcdefghijklmn", scopes: ["tickets:read"] }],
          connections: [
            {
              id: "acme-jira",
              vendor: "jira",
              baseUrl: "https://acme.atlassian.net/browse",
              credentials: { email: 1 },
            },
          ],
        },
      ],
    };
    await writeFile(path, JSON.stringify(settings));
    const wrong = start({ TICKETGRAPH_CONFIG: path });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output().err).toContain(path);
    expect(wrong.output().err).toContain("tenants[0].connections[0].baseUrl");
    expect(wrong.output().err).not.toMatch(/\n\s+at /);
    await rm(folder, { recursive: true });
  });

  it("begins in an empty folder, and refuses a vendor inside the operator's network unless that is allowed", async () => {
    const path = join(data, "ticketgraph.json");
    const connection = {
      id: "metadata",
      vendor: "jira",
      baseUrl: "http://169.254.169.254",
      credentials: { email: "a@b.example", apiToken: "t" },
    };
    await writeFile(path, JSON.stringify({ tenants: [{ id: "acme", connections: [connection] }] }));
    const wrong = start({ TICKETGRAPH_CONFIG: path });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output().err).toBe(
      'The connection "metadata" of the tenant "acme" can\'t be opened: 169.254.169.254 is not an address of the public internet. If it is meant, set allowPrivateAddress on the connection, or name the host under hosts.allowPrivate, in the configuration file.\n',
    );
    expect(await readFile(join(data, "pglite", "PG_VERSION"), "utf8")).toMatch(/^\d+\n$/);
  });

  it("says that its store is broken", async () => {
    const path = join(data, "ticketgraph.json");
    const credentials = { email: "a@b.example", apiToken: "t" };
    const connection = { id: "jira", vendor: "jira", baseUrl: "https://acme.atlassian.net", credentials };
    await writeFile(path, JSON.stringify({ tenants: [{ id: "acme", connections: [connection] }] }));
    await mkdir(join(data, "pglite"));
    await writeFile(join(data, "pglite", "PG_VERSION"), "3");
    const broken = start({ TICKETGRAPH_CONFIG: path });
    expect(await broken.ended).toBe(1);
    expect(broken.output().err).toMatch(/^The store in the folder .+ can't be used \(.+\)\. Set DATA_DIR/);
    expect(broken.output().err).not.toMatch(/\n\s+at /);
  });

  it("says that the port is taken", async () => {
    const path = join(data, "ticketgraph.json");
    await writeFile(path, JSON.stringify({ tenants: [{ id: "acme", connections: [] }] }));
    await fillFolder(data, "tables");
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const second = start({ PORT: String(port), TICKETGRAPH_CONFIG: path });
    const code = await second.ended;
    taken.close();
    expect(code).toBe(1);
    expect(second.output().err).toBe(
      `Something else listens on 127.0.0.1:${port} already. Stop it, or set PORT to another port (0 takes any free one).\n`,
    );
  });

  it("explains itself", async () => {
    const help = start({}, ["--help"]);
    expect(await help.ended).toBe(0);
    expect(help.output().out).toContain("TICKETGRAPH_CONFIG");
  });
});
