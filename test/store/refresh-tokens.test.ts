import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRefreshTokens, type RefreshTokenKeeper } from "../../src/store/refresh-tokens.js";

async function kept(keeper: RefreshTokenKeeper): Promise<string | undefined> {
  const found: { refreshToken?: string }[] = [];
  await keeper.renew(async (before = undefined) => {
    if (before) found.push(before);
    return before ?? {};
  });
  return found[0]?.refreshToken;
}

describe("refresh tokens", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "tokens-"))));
  afterEach(() => rm(folder, { recursive: true }));

  it("outlive a restart, each connection's its own, for their owner's eyes only", async () => {
    const keep = openRefreshTokens(join(folder, "data"));
    await Promise.all(
      ["a", "b", "c"].map((name) =>
        keep(name, { refreshToken: "first" }).renew(async () => ({ refreshToken: `${name}-2` })),
      ),
    );
    const again = openRefreshTokens(join(folder, "data"));
    expect(await kept(again("b", { refreshToken: "first" }))).toBe("b-2");
    expect((await stat(join(folder, "data", "refresh-tokens.json"))).mode & 0o777).toBe(0o600);
  });

  it("give way to new credentials", async () => {
    const keep = openRefreshTokens(folder);
    await keep("a", { refreshToken: "first" }).renew(async () => ({ refreshToken: "second" }));
    expect(await kept(keep("a", { refreshToken: "fresh" }))).toBeUndefined();
  });

  it("are renewed one at a time, and stay as they are when a renewal fails", async () => {
    const tokens = openRefreshTokens(folder)("a", {});
    const seen: unknown[] = [];
    const renewals = [1, 2, 3].map((n) =>
      tokens.renew(async (before) => {
        seen.push(before?.refreshToken);
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (n === 2) throw new Error("refused");
        return { refreshToken: `token-${n}` };
      }),
    );
    expect((await Promise.allSettled(renewals)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(seen).toEqual([undefined, "token-1", "token-1"]);
    expect(await kept(tokens)).toBe("token-3");
  });

  it("say which file is broken", async () => {
    const path = join(folder, "refresh-tokens.json");
    await writeFile(path, "{");
    await expect(kept(openRefreshTokens(folder)("a", {}))).rejects.toThrow(`${path} can't be read.`);
    expect(await readFile(path, "utf8")).toBe("{");
  });
});
