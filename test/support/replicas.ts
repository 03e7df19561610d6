import { startTestApp, type TestApp, type TestAppOptions } from "./app.js";
import { newPlace } from "./databases.js";

/** Two gateways over one new database and one vendor. */
export interface Replicas {
  readonly one: TestApp;
  /** The other one; the same where the database is embedded, which has room for one only. */
  readonly other: TestApp;
  close(): Promise<void>;
}

export async function startReplicas(
  engine: "pglite" | "postgres",
  options: Omit<TestAppOptions, "store" | "over"> = {},
): Promise<Replicas> {
  const place = await newPlace(engine);
  const one = await startTestApp({ ...options, store: place.where });
  const other = engine === "pglite" ? one : await startTestApp({ ...options, store: place.where, over: one.jira });
  return {
    one,
    other,
    async close() {
      if (other !== one) await other.close();
      await one.close();
      await place.drop();
    },
  };
}
