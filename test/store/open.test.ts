import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { secretNamed } from "../../src/store/secrets.js";
import { lockFolder } from "../../src/store/lock-folder.js";
import { openStore } from "../../src/store/open.js";
import { until } from "../support/until.js";
import { emptyPlace, ENGINES, fillFolder, newPlace } from "../support/databases.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a store in a folder", () => {
  it("is there again after it was closed", async () => {
    await fillFolder(folder, "empty");
    const store = await openStore({ folder });
    await secretNamed(store.db, "kept", () => "value");
    await store.close();
    const again = await openStore({ folder });
    expect(await secretNamed(again.db, "kept", () => "other")).toBe("value");
    await again.close();
  });

  it("is one process's alone, and says whose", async () => {
    await writeFile(join(folder, "pid"), String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(`is in use by the process ${process.ppid}`);
    await expect(openStore({ folder })).rejects.toThrow("set DATABASE_URL");
  });

  it("is taken over from a process that has ended", async () => {
    const { pid } = spawnSync("true");
    await writeFile(join(folder, "pid"), String(pid));
    lockFolder(folder)();
    await writeFile(join(folder, "pid"), "rubbish");
    lockFolder(folder)();
  });
});

describe.each(ENGINES)("a store on %s", (engine) => {
  it("hears what is notified", async () => {
    const place = await newPlace(engine);
    const store = await openStore(place.where);
    const heard: string[] = [];
    const stop = await store.listen("news", (payload) => heard.push(payload));
    await store.db.execute("select pg_notify('news', 'hello')");
    for (let n = 0; n < 100 && heard.length === 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(heard).toEqual(["hello"]);
    await stop();
    await store.close();
    await place.drop();
  });

  (engine === "postgres" ? it : it.skip)("says that news may have been missed when its line was cut", async () => {
    const place = await newPlace(engine);
    const store = await openStore(place.where);
    const heard: string[] = [];
    await store.listen("news", (payload) => heard.push(payload));
    await store.db.execute(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'",
    );
    await until(() => heard.length > 0);
    await store.db.execute("select pg_notify('news', 'again')");
    await until(() => heard.length > 1);
    expect(heard).toEqual(["", "again"]);
    await store.close();
    await place.drop();
  });

  (engine === "postgres" ? it : it.skip)("may be opened by two at the same moment", async () => {
    const place = await emptyPlace(engine);
    const stores = await Promise.all([openStore(place.where), openStore(place.where), openStore(place.where)]);
    await Promise.all(stores.map((store) => store.close()));
    await place.drop();
  });
});
