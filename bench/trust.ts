import { alternate, conditions, table } from "./alternate.js";
import { oneTicket } from "./query.js";

const measured = await alternate(
  ["unguarded", "guarded", "guarded-postgres"].slice(0, process.env.TEST_DATABASE_URL ? 3 : 2),
  oneTicket,
);
console.log(`one ticket: what keys, scopes, limits, rates and the request log cost; ${await conditions()}`);
console.log(table(measured));
