import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { jiraConnection, withGateway } from "../gateway.js";
import type { Goal } from "../goal.js";
import { table } from "../table.js";
import { FIFTY_JQL } from "../query.js";

const fifty = (fields: string): string =>
  `{ searchTickets(query: "${FIFTY_JQL}", first: 50) { nodes { id name ${fields} } } }`;

/** Four kinds of neighbours, with fields that don't come along with a search too. */
const KINDS = {
  type: "type { name description }",
  project: "project { name projectType url }",
  people: "assignees { name email } reporters { name } createdBy { name }",
  parent: "parent { key name status }",
};
/** What is each ticket's own, and no neighbour that several share. */
const OWN = { comments: "comments(first: 5) { nodes { id } }", attachments: "attachments { id }" };

/** How many calls a page of tickets costs the vendor: counted at the sandbox, by a gateway that has just been started. */
export async function calls(): Promise<readonly Goal[]> {
  const jira = await startJiraSandbox();
  const count = (fields: string): Promise<number> =>
    withGateway([jiraConnection(jira)], async (gateway) => {
      const before = jira.calls.length;
      await gateway.ask(fifty(fields));
      return jira.calls.length - before;
    });
  const alone = await count("");
  const rows: [string, number][] = [["50 tickets alone", alone]];
  for (const [name, fields] of Object.entries({ ...KINDS, ...OWN }))
    rows.push([`50 tickets, ${name}`, await count(fields)]);
  const names = Object.keys(KINDS).join(", ");
  const all = await count(Object.values(KINDS).join(" "));
  rows.push([`50 tickets, ${names}`, all]);
  await jira.close();
  console.log(table(["query", "vendor calls"], rows));
  const ofKinds = rows.slice(1, 1 + Object.keys(KINDS).length).map(([, made]) => made - alone);
  return [
    {
      what: `vendor calls for a kind, 50-ticket query with ${names}`,
      measured: Math.max(...ofKinds, Math.ceil((all - alone) / ofKinds.length)),
      atMost: 1,
      against: `the search apart; ${all} in all`,
    },
  ];
}
