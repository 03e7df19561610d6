import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { makeProgram, type Commands } from "../src/cli/program.js";
import { ENVIRONMENT } from "../src/config/env.js";
import { settingsShape } from "../src/config/settings-shape.js";
import { startTestApp } from "./support/app.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
/** Named by the configuration file of the examples, by Node.js and by the database's image. */
const OTHERS = ["ACME_KEY", "JIRA_TOKEN", "NODE_ENV", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"];
const COMMANDS = makeProgram({} as Commands).commands.map((command) => command.name());
const UNITS = readdirSync(`${root}ops/systemd`).map((name) => `ops/systemd/${name}`);

const dockerfile = read("Dockerfile");
const compose = parse(read("ops/docker-compose.yaml"), { merge: true }) as {
  services: Record<string, { command?: string[]; environment?: object; user?: string; healthcheck?: object }>;
};
const example = parse(read("ops/ticketgraph.yaml")) as unknown;

interface Container {
  readonly args: readonly string[];
  readonly image: string;
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
  readonly livenessProbe?: { readonly httpGet: { readonly path: string } };
  readonly startupProbe?: { readonly httpGet: { readonly path: string } };
  readonly ports?: readonly { readonly containerPort: number }[];
}
interface Thing {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    readonly template?: {
      readonly spec: {
        readonly securityContext: object;
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
      };
    };
  };
}
const kubernetes = parseAllDocuments(read("ops/kubernetes/ticketgraph.yaml")).map((one) => {
  expect(one.errors).toEqual([]);
  return one.toJS() as Thing;
});
const pods = kubernetes.flatMap(({ spec }) => spec?.template?.spec ?? []);
const containers = pods.flatMap(({ containers, initContainers = [] }) => [...initContainers, ...containers]);

describe("what it takes to run it", () => {
  it("names only variables that the program reads, and the example's own", () => {
    const named = [
      ...[...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = ""]) => line.match(/\w+(?==)/g) ?? []),
      ...[...read("ops/ticketgraph.env.example").matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name = ""]) => name),
      ...Object.values(compose.services).flatMap(({ environment = {} }) => Object.keys(environment)),
      ...kubernetes.flatMap(({ data = {}, stringData = {} }) => Object.keys({ ...data, ...stringData })),
      ...UNITS.flatMap((unit) => [...read(unit).matchAll(/^Environment=(.+)$/gm)]).flatMap(
        ([, line = ""]) => line.match(/\w+(?==)/g) ?? [],
      ),
    ].filter((name) => name !== "ticketgraph.yaml");
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !ENVIRONMENT.includes(name) && !OTHERS.includes(name))).toEqual([]);
  });

  it("runs only commands that there are", () => {
    const run = [
      ...Object.values(compose.services).flatMap(({ command = [] }) => command),
      ...containers.flatMap(({ args }) => args),
      ...UNITS.flatMap((unit) => [...read(unit).matchAll(/^ExecStart(?:Pre)?=\S+ --\S+ dist\/main\.js (\S+)/gm)]).map(
        ([, command = ""]) => command,
      ),
      ...[...dockerfile.matchAll(/^CMD \["(\w+)"\]$/gm)].map(([, command = ""]) => command),
    ];
    expect(run).toHaveLength(10);
    expect(run.filter((command) => !COMMANDS.includes(command))).toEqual([]);
  });

  it("starts Node.js with what `npm start` starts it with", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Record<string, string> };
    const started = [
      scripts["start"],
      ...[...dockerfile.matchAll(/^ENTRYPOINT (.+)$/gm)].map(([, words = ""]) =>
        (JSON.parse(words) as string[]).join(" "),
      ),
      ...UNITS.flatMap((unit) => [...read(unit).matchAll(/^ExecStart(?:Pre)?=\S+\/(node .+) \w+$/gm)]).map(
        ([, command]) => command,
      ),
    ];
    expect(started).toHaveLength(5);
    expect([...new Set(started)]).toEqual(["node --max-semi-space-size=32 dist/main.js"]);
  });

  it("asks for health where the program tells of it, on the port that it listens on", async () => {
    const app = await startTestApp();
    const probes = containers.flatMap(({ startupProbe, readinessProbe, livenessProbe }) =>
      [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => probe?.httpGet.path ?? []),
    );
    const [, inImage = ""] = /127\.0\.0\.1:\$\{process\.env\.PORT\}(\/\w+)/.exec(dockerfile) ?? [];
    expect(probes).toHaveLength(3);
    for (const path of [...probes, inImage]) expect((await fetch(`${app.app.url}${path}`)).status).toBe(200);
    await app.close();
    const [, port] = /PORT=(\d+)/.exec(dockerfile) ?? [];
    expect(dockerfile).toContain(`EXPOSE ${port}`);
    expect(containers.flatMap(({ ports = [] }) => ports).map(({ containerPort }) => String(containerPort))).toEqual([
      port,
    ]);
  });

  it("is one and the same user everywhere, and one image", () => {
    const [, user = ""] = /^USER (\S+)$/m.exec(dockerfile) ?? [];
    const users = Object.values(compose.services).flatMap((service) => service.user ?? []);
    expect(new Set(users)).toEqual(new Set([user]));
    for (const { securityContext } of pods)
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: Number(user.split(":")[0]) });
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set([`ticketgraph:${version}`]));
  });

  it("shows a configuration that the program takes, the same in both places", () => {
    const inCluster = kubernetes.flatMap(({ data }) => data?.["ticketgraph.yaml"] ?? []);
    expect(inCluster.map((text) => parse(text) as unknown)).toEqual([example]);
    const withSecrets = JSON.parse(
      JSON.stringify(example).replaceAll(/\{"env":"\w+"\}/g, '"0123456789abcdefghijklmnop"'),
    ) as unknown;
    expect(settingsShape.safeParse(withSecrets).error?.issues).toBeUndefined();
  });

  it("copies into the image what the image's context lets through", () => {
    const admitted = [...read(".dockerignore").matchAll(/^!(.+)$/gm)].map(([, path = ""]) => path);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) =>
      paths.split(" "),
    );
    expect(new Set(copied)).toEqual(new Set(admitted));
  });
});
