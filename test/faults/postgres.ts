import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const HOME = "/usr/lib/postgresql";
const VERSION = existsSync(HOME) ? readdirSync(HOME).sort((a, b) => Number(b) - Number(a))[0] : undefined;

/** Why there can be no server of one's own here; undefined where there can. */
export const NO_SERVER =
  VERSION === undefined || userInfo().username !== "root"
    ? "needs PostgreSQL's programs and root, to start a server that can be crashed"
    : undefined;

/** A PostgreSQL server of one's own, that may be crashed. */
export interface Server {
  readonly url: string;
  /** Ends it as a crash would: nothing is flushed, every session is cut. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Leaves no room on its disk, and gives a way to make room again. Only for a server of a limited size. */
  fillDisk(): Promise<() => Promise<void>>;
  /** Ends it for good. */
  drop(): Promise<void>;
}

/** `diskMb`: how large its disk is; throws where this machine lets nobody make one. */
export async function startServer(diskMb?: number): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "pg-"));
  if (diskMb !== undefined) await run("mount", ["-t", "tmpfs", "-o", `size=${diskMb}m`, "tmpfs", folder]);
  const port = await freePort();
  const bin = join(HOME, VERSION ?? "", "bin");
  // The server refuses to run as root.
  const asPostgres = (program: string, ...args: string[]) =>
    run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", join(bin, program), ...args], {
      cwd: folder,
    });
  await run("chown", ["postgres:postgres", folder]);
  const data = join(folder, "data");
  await asPostgres("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync");
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  const control = (...args: string[]) => asPostgres("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), ...args);
  const start = async (): Promise<void> => void (await control("start", "-o", options));
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crash: async () => void (await control("stop", "-m", "immediate")),
    start,
    async fillDisk() {
      const filler = join(folder, "filler");
      // dd ends with an error when the disk is full, which is what it is for.
      await run("dd", ["if=/dev/zero", `of=${filler}`, "bs=8k"]).catch(() => {});
      return () => rm(filler);
    },
    async drop() {
      await control("stop", "-m", "immediate").catch(() => {});
      if (diskMb !== undefined) await run("umount", [folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
