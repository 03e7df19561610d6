import type { JiraSandbox } from "../src/sandbox/jira/server.js";

/** A ticket as short as can be, as a client says it. */
export const newTicket = (name: string): object => ({
  project: { vendorId: "PLAT" },
  type: { name: "Task" },
  name,
});

/** Those of some calls to Jira that create. */
export const writesTo = (calls: JiraSandbox["calls"]): JiraSandbox["calls"] =>
  calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path));
