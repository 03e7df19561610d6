import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

async function manifest(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(new URL(path, import.meta.url), "utf8")) as Manifest;
}

/** Installs the peers beside this file unless they are there as its package.json wants them. Gives why it couldn't. */
export async function installPeers(): Promise<string | undefined> {
  if (await isInstalled()) return undefined;
  console.log("The peers are being installed into bench/peers; this takes a minute, once.");
  try {
    await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: FOLDER });
    return undefined;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const told = (stderr || String(error)).split("\n").map((line) => line.replace(/^npm error /, ""));
    return told.find((line) => !/^(code|errno|syscall) /.test(line)) ?? "npm install failed";
  }
}

async function isInstalled(): Promise<boolean> {
  const { dependencies } = await manifest("package.json");
  const isThere = async ([name, version]: [string, string]): Promise<boolean> =>
    (await manifest(`node_modules/${name}/package.json`)).version === version;
  return Promise.all(Object.entries(dependencies).map(isThere)).then(
    (there) => there.every(Boolean),
    () => false,
  );
}
