import { fromPglite, PgBoss } from "pg-boss";
import type { Store } from "../store/store.js";

/** The engines that the queue knows: https://pgboss.io/database-backends */
export type QueueBackend = "postgres" | "citus" | "cockroachdb" | "yugabytedb";

/** What every queue of a process shares. */
export interface BossOptions {
  readonly backend: QueueBackend;
  readonly onError: (error: unknown) => void;
}

/** Opens pg-boss in the store's database. */
export async function openBoss({ engine }: Store, { backend, onError }: BossOptions): Promise<PgBoss> {
  const place =
    engine.kind === "pglite"
      ? { db: fromPglite(engine.lite), backend: "pglite" as const }
      : { connectionString: engine.url, backend, max: 4 };
  const boss = new PgBoss({
    ...place,
    schema: "jobs",
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    persistWarnings: false,
    reindex: false,
  });
  boss.on("error", onError);
  await boss.start();
  return boss;
}

/** Takes no more, waits for what is under way, and lets go. */
export async function closeBoss(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: true, timeout: 10_000, close: true });
}
