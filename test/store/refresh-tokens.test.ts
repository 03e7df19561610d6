import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRefreshTokens } from "../../src/store/refresh-tokens.js";

describe("refresh tokens", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "tokens-"))));
  afterEach(() => rm(folder, { recursive: true }));

  it("outlive a restart, each connection's its own, for their owner's eyes only", async () => {
    const keep = openRefreshTokens(join(folder, "data"));
    await Promise.all(["a", "b", "c"].map((name) => keep(name, { refreshToken: "first" }).save(`${name}-2`)));
    const again = openRefreshTokens(join(folder, "data"));
    expect(await again("b", { refreshToken: "first" }).load()).toBe("b-2");
    expect((await stat(join(folder, "data", "refresh-tokens.json"))).mode & 0o777).toBe(0o600);
  });

  it("give way to new credentials", async () => {
    const keep = openRefreshTokens(folder);
    await keep("a", { refreshToken: "first" }).save("second");
    expect(await keep("a", { refreshToken: "fresh" }).load()).toBeUndefined();
  });

  it("say which file is broken", async () => {
    const path = join(folder, "refresh-tokens.json");
    await writeFile(path, "{");
    await expect(openRefreshTokens(folder)("a", {}).load()).rejects.toThrow(`${path} can't be read.`);
    expect(await readFile(path, "utf8")).toBe("{");
  });
});
