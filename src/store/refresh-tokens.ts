import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** One connection's rotating refresh token, as it must outlive a restart. */
export interface RefreshTokenKeeper {
  load(): Promise<string | undefined>;
  /** Resolves when the token is on the disk. */
  save(refreshToken: string): Promise<void>;
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
  const write = async (change: (kept: Kept) => void): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const kept = await read(path);
    change(kept);
    await replace(path, JSON.stringify(kept));
  };
  return (name, credentials) => {
    const seed = createHash("sha256").update(JSON.stringify(credentials)).digest("hex");
    return {
      async load() {
        const kept = (await read(path))[name];
        return kept?.seed === seed ? kept.token : undefined;
      },
      save(token) {
        const done = writing.then(() => write((kept) => void (kept[name] = { seed, token })));
        writing = done.catch(() => undefined);
        return done;
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
