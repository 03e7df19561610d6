import { customType, timestamp } from "drizzle-orm/pg-core";

/** What words are looked for in. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A moment, with its time zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
