import { alternate, conditions, table } from "./alternate.js";
import { oneTicket } from "./query.js";

// On PostgreSQL where TEST_DATABASE_URL names one: an embedded store computes in the same process, and hides what is measured.
const measured = await alternate(["unguarded", "guarded"], oneTicket);
console.log(`one ticket: what keys, scopes, limits, rates and the request log cost; ${await conditions()}`);
console.log(table(measured));
