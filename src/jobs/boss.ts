import { fromPglite, PgBoss, type ConstructorOptions } from "pg-boss";
import type { Store } from "../store/store.js";

/** The engines that the queue knows: https://pgboss.io/database-backends */
type QueueBackend = "postgres" | "citus" | "cockroachdb" | "yugabytedb";

/** What every queue of a process shares. */
interface BossOptions {
  readonly backend: QueueBackend;
  readonly onError: (error: unknown) => void;
}

/** Where the queue keeps its tables. */
const QUEUE_SCHEMA = "jobs";

/** Opens pg-boss in the store's database, whose tables of the queue it brings up to date. */
export async function openBoss(store: Store, { backend, onError }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    ...placeOf(store, backend),
    schema: QUEUE_SCHEMA,
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

/** Brings the tables of the queue up to date, and does nothing else. */
export async function migrateBoss(store: Store, { backend, onError }: BossOptions): Promise<void> {
  const boss = new PgBoss({ ...placeOf(store, backend), schema: QUEUE_SCHEMA, supervise: false, schedule: false });
  boss.on("error", onError);
  await boss.start();
  await closeBoss(boss);
}

function placeOf({ engine }: Store, backend: QueueBackend): ConstructorOptions {
  return engine.kind === "pglite"
    ? { db: fromPglite(engine.lite), backend: "pglite" }
    : { connectionString: engine.url, backend, max: 4 };
}

/** Takes no more, waits for what is under way, and lets go. */
export async function closeBoss(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: true, timeout: 10_000, close: true });
}
