import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { jiraConnection, withGateway } from "../gateway.js";
import type { Goal } from "../goal.js";
import { KEY } from "../load.js";
import { setting } from "../numbers.js";
import type { Running } from "../process.js";
import { table } from "../table.js";

const MB = setting("BENCH_FILE_MB", 100);
const CHUNK = Buffer.alloc(65_536, "x");

/** Files through the gateway, up and down: how fast, and whether it keeps any of them. They have no goal of their own. */
export async function files(): Promise<readonly Goal[]> {
  const jira = await startJiraSandbox({ issues: 10 });
  await withGateway([jiraConnection(jira)], async (gateway) => {
    const { origin } = new URL(gateway.url);
    await upload(origin, 1);
    const rows: [string, number, number, number, number][] = [];
    for (const mb of [MB / 10, MB, MB, 2 * MB]) {
      const up = await held(gateway, () => upload(origin, mb));
      const down = await held(gateway, () => download(up.result.url));
      if (down.result.bytes !== mb * 1_048_576) throw new Error(`Of ${mb} MB ${down.result.bytes} bytes came back.`);
      for (const [name, { seconds, more }] of [["up", up] as const, ["down", down] as const])
        rows.push([name, mb, seconds, mb / seconds, more]);
    }
    console.log(table(["file", "MB", "s", "MB/s", "resident MB more"], rows));
  });
  await jira.close();
  return [];
}

/** The most that the gateway held while something was done, in MB beyond what it held before. */
async function held<T>(
  gateway: Running,
  work: () => Promise<T>,
): Promise<{ result: T; more: number; seconds: number }> {
  gateway.fromNowOn();
  const { mostMb: before } = await gateway.usage();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1_000;
  return { result, more: (await gateway.usage()).mostMb - before, seconds };
}

async function upload(origin: string, mb: number): Promise<{ url: string }> {
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
