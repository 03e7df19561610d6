import { sql } from "drizzle-orm";
import { asked, type Db } from "./store.js";

/** Tells whoever listens to a channel, on any replica; within a transaction, when that is committed. */
export async function tell(db: Db, channel: string, payloads: readonly string[]): Promise<void> {
  await asked(() =>
    db.execute(sql`
      select pg_notify(${channel}, payload) from jsonb_array_elements_text(${JSON.stringify(payloads)}::jsonb) as payload`),
  );
}
