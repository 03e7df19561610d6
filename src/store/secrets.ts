import { sql } from "drizzle-orm";
import { asked, rowsOf, type Db } from "./store.js";

/** The secret of this name, made by `make` the first time that anybody asks. */
export async function secretNamed(db: Db, name: string, make: () => string): Promise<string> {
  await asked(() =>
    db.execute(sql`insert into secrets (name, value) values (${name}, ${make()}) on conflict do nothing`),
  );
  const result = await asked(() => db.execute(sql`select value from secrets where name = ${name}`));
  return rowsOf<{ value: string }>(result)[0]?.value ?? "";
}
