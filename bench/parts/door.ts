import { alternate, comparison, CONDITIONS } from "../alternate.js";
import { ticketgraph, unguarded } from "../contestants.js";
import type { Goal } from "../goal.js";
import { oneTicket } from "../query.js";

/** What the door costs: the gateway as it is run against the same with nobody at its door. It has no goal of its own. */
export async function door(): Promise<readonly Goal[]> {
  console.log(`One ticket: what keys, scopes, limits, rates, metrics and the log cost; ${CONDITIONS}.`);
  console.log(comparison(await alternate([unguarded, ticketgraph], () => oneTicket)));
  return [];
}
