import type { Logger } from "./server/logger.js";

/**
 * Keeps a process alive when something fails that nobody waits for, and logs it: graphql-js itself leaves the rest of a list alone
 * once one of its items has failed, and one caller's query must not end everybody's requests.
 */
export function logUnwatched(log: Logger): void {
  process.on("unhandledRejection", (error) => log.error({ err: error }, "something failed that nobody waited for"));
}
