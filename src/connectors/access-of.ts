import type { Call } from "../http/http.js";
import { readable, untold, type Access } from "./access.js";
import type { Connector } from "./connector.js";

/** How many projects are looked at: some more than are told. */
const SOME = 4;

/** What the account may do. Throws VendorError where the vendor couldn't be asked, or doesn't take the credentials. */
export async function accessOf(connector: Connector, title: string, call: Call): Promise<Access> {
  if (connector.checkAccess) return connector.checkAccess(call);
  const { items } = await connector.listProjects(undefined, { first: SOME }, call);
  const names = items.map(({ name }) => name);
  return { account: null, read: readable(title, names), create: untold(title) };
}
