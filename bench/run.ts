import { alternate, conditions, table } from "./alternate.js";
import { fiftyTickets } from "./query.js";

const measured = await alternate(["hand-written", "ticketgraph", "stock-apollo"], fiftyTickets);
console.log(`50 tickets with type, assignees and project; one vendor call each; ${await conditions()}`);
console.log(table(measured));
