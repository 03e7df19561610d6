import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { Readable } from "node:stream";
import { startJiraSandbox } from "../src/sandbox/jira/server.js";
import { AS_BUILT, KEY, setUp, startGateway, tearDown } from "../test/faults/gateway.js";
import { newPlace } from "../test/support/databases.js";

/** Files through the gateway, up and down: how fast, and whether it keeps any of them. */
const MB = Number(process.env["BENCH_FILE_MB"] ?? 100);
const CHUNK = Buffer.alloc(65_536, "x");

const place = await newPlace(process.env["TEST_DATABASE_URL"] ? "postgres" : "pglite");
const url = typeof place.where === "object" && "url" in place.where ? place.where.url : undefined;
const jira = await startJiraSandbox({ issues: 10 });
const { email, apiToken } = jira;
const setup = await setUp({ vendor: "jira", baseUrl: jira.url, credentials: { email, apiToken } }, url);
const gateway = await startGateway(setup, AS_BUILT);
const { origin } = new URL(gateway.url);
const residentMb = async (): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${gateway.process.pid}/status`, "utf8"))?.[1]) / 1_024;

/** The most that the gateway held while something was done, in MB beyond what it held before. */
async function held<T>(work: () => Promise<T>): Promise<{ result: T; more: number; seconds: number }> {
  const before = await residentMb();
  let most = before;
  const watch = setInterval(() => void residentMb().then((now) => (most = Math.max(most, now))), 20);
  const began = performance.now();
  const result = await work();
  clearInterval(watch);
  return { result, more: most - before, seconds: (performance.now() - began) / 1_000 };
}

async function upload(mb: number): Promise<{ url: string }> {
  const chunks = (function* () {
    for (let n = 0; n < mb * 16; n += 1) yield CHUNK;
  })();
  const response = await fetch(`${origin}/attachments/PLAT-1?name=${mb}.bin`, {
    method: "POST",
    headers: { "x-api-key": KEY, "content-type": "application/octet-stream" },
    body: Readable.toWeb(Readable.from(chunks, { objectMode: false })) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (response.status !== 201) throw new Error(await response.text());
  const { attachments } = (await response.json()) as { attachments: { url: string }[] };
  return attachments[0] as { url: string };
}

async function download(address: string): Promise<{ bytes: number; hash: string }> {
  const response = await fetch(address, { headers: { "x-api-key": KEY } });
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, hash: hash.digest("hex") };
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
console.log("| file | MB | s | MB/s | resident MB more |\n|---|---|---|---|---|");
const row = (name: string, mb: number, { seconds, more }: { seconds: number; more: number }): void =>
  console.log(`| ${name} | ${mb} | ${seconds.toFixed(2)} | ${(mb / seconds).toFixed(0)} | ${more.toFixed(0)} |`);
await upload(1);
const sizes = [MB / 10, MB, MB, 2 * MB];
for (const mb of sizes) {
  const up = await held(() => upload(mb));
  row("up", mb, up);
  const down = await held(() => download(up.result.url));
  row("down", mb, down);
  if (down.result.bytes !== mb * 1_048_576) throw new Error(`Of ${mb} MB ${down.result.bytes} bytes came back.`);
}
await gateway.kill();
await jira.close();
await tearDown(setup);
await place.drop();
process.exit(0);
