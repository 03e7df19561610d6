import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MASTER_KEY_FILE, ownMasterKey } from "../../src/store/master-key-file.js";

describe("the master key of a gateway that is given none", () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "ticketgraph-key-"));
    folder = join(parent, "data");
  });
  afterEach(() => rm(parent, { recursive: true }));

  it("is made once, in a file that its owner alone may read", async () => {
    const key = await ownMasterKey(folder);
    expect(key).toHaveLength(32);
    const path = join(folder, MASTER_KEY_FILE);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await ownMasterKey(folder)).toEqual(key);
    expect(Buffer.from((await readFile(path, "utf8")).trim(), "base64")).toEqual(key);
  });

  it("is one where many begin at once, and nothing else is left in the folder", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => ownMasterKey(folder)));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
    expect(await readdir(folder)).toEqual([MASTER_KEY_FILE]);
  });

  it.each(["", "c2hvcnQ=\n", Buffer.alloc(33, 1).toString("base64")])(
    "is never made anew over a broken file: %j",
    async (text) => {
      await ownMasterKey(folder);
      const path = join(folder, MASTER_KEY_FILE);
      await writeFile(path, text);
      await expect(ownMasterKey(folder)).rejects.toThrow(
        `${path} holds no key of 32 bytes. Bring it back from a copy: without it no credentials can be read.`,
      );
      expect(await readFile(path, "utf8")).toBe(text);
    },
  );
});
