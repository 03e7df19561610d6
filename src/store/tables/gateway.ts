import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.js";

/** What the gateway itself must remember: the key of its markers. */
export const secrets = pgTable("secrets", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});

/** How much of the present minute's allowance is given out, over all replicas. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  windowStart: moment("window_start").notNull(),
  used: integer("used").notNull(),
});
