import { customType, timestamp, type PgTimestampBuilderInitial } from "drizzle-orm/pg-core";

/** What words are looked for in. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A moment, with its time zone. */
export function moment<Name extends string>(name: Name): PgTimestampBuilderInitial<Name> {
  return timestamp(name, { withTimezone: true, mode: "date" });
}
