import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

/** Where and when it is measured: without it no figure means anything. */
export function machine(): string {
  const [load = 0] = loadavg();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const cores = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}`;
  const date = new Date().toISOString().slice(0, 10);
  const where = `${date}, ${cores}, ${gigabytes} GB, Node ${process.version}, load ${load.toFixed(2)} at the start`;
  return load > cpus().length / 2 ? `${where}: others were at work, so the figures mean little` : where;
}

/** The names of some packages with their versions, as they are installed here or, told so, among the peers. */
export async function versions(names: readonly string[], folder = "../"): Promise<string> {
  const versionOf = async (name: string): Promise<string> => {
    const text = await readFile(new URL(`${folder}node_modules/${name}/package.json`, import.meta.url), "utf8");
    return `${name} ${(JSON.parse(text) as { version: string }).version}`;
  };
  return (await Promise.all(names.map(versionOf))).join(" + ");
}
