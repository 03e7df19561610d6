import { alternate, comparison, CONDITIONS } from "../alternate.js";
import { handWritten, stockApollo, ticketgraph } from "../contestants.js";
import type { Goal } from "../goal.js";
import { oneTicket } from "../query.js";

/** One ticket by its key: keys, scopes, limits, metrics and the log on, against a stock server that has none of them. */
export async function oneTicketQuery(): Promise<readonly Goal[]> {
  console.log(`One ticket, one call of the same kind to the vendor; ${CONDITIONS}.`);
  const measured = await alternate([handWritten, ticketgraph, stockApollo], () => oneTicket);
  console.log(comparison(measured));
  const [, ours, stock] = measured;
  return [
    {
      what: "one-ticket query, requests/s ÷ stock Apollo standalone",
      measured: (ours?.perSecond ?? NaN) / (stock?.perSecond ?? NaN),
      atLeast: 1.5,
      against: await stockApollo.version(),
    },
  ];
}
