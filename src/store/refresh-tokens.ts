import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** One connection's rotating refresh token, as it must outlive a restart; the access token lives as long as the process. */
export interface RefreshTokenKeeper {
  /** Hands `work` what is kept and keeps what it gives; resolves when that is on the disk. One at a time. */
  renew<T extends { readonly refreshToken?: string }>(
    work: (kept: { readonly refreshToken: string } | undefined) => Promise<T>,
  ): Promise<T>;
}

const Kept = z.record(z.string(), z.object({ seed: z.string(), token: z.string() }));
type Kept = z.infer<typeof Kept>;

/**
 * Refresh tokens in one file of the data folder, readable by its owner alone and written whole or not at all.
 * A token holds only for the credentials that it grew from: new ones in the configuration begin anew.
 */
export function openRefreshTokens(folder: string): (name: string, credentials: unknown) => RefreshTokenKeeper {
  const path = join(folder, "refresh-tokens.json");
  let writing: Promise<void> = Promise.resolve();
  const save = (name: string, entry: Kept[string]): Promise<void> => {
    const done = writing.then(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await replace(path, JSON.stringify({ ...(await read(path)), [name]: entry }));
    });
    writing = done.catch(() => undefined);
    return done;
  };
  const turns = new Map<string, Promise<unknown>>();
  return (name, credentials) => {
    const seed = createHash("sha256").update(JSON.stringify(credentials)).digest("hex");
    return {
      renew(work) {
        const turn = (turns.get(name) ?? Promise.resolve()).then(async () => {
          const entry = (await read(path))[name];
          const token = entry?.seed === seed ? entry.token : undefined;
          const given = await work(token === undefined ? undefined : { refreshToken: token });
          const { refreshToken } = given;
          if (refreshToken !== undefined && refreshToken !== token) await save(name, { seed, token: refreshToken });
          return given;
        });
        turns.set(
          name,
          turn.catch(() => undefined),
        );
        return turn;
      },
    };
  };
}

async function read(path: string): Promise<Kept> {
  try {
    return Kept.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (isAbsent(error)) return {};
    throw new Error(`${path} can't be read. Mend it, or delete it and connect again with fresh refresh tokens.`, {
      cause: error,
    });
  }
}

function isAbsent(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}

async function replace(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
