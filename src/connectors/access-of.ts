import type { Call } from "../http/http.js";
import { readable, TOLD, untold, type Access } from "./access.js";
import type { Connector } from "./connector.js";

/** What the account may do. Throws VendorError where the vendor couldn't be asked, or doesn't take the credentials. */
export async function accessOf(connector: Connector, title: string, call: Call): Promise<Access> {
  if (connector.checkAccess) return connector.checkAccess(call);
  const { items } = await connector.listProjects(undefined, { first: TOLD + 1 }, call);
  const names = items.map(({ name }) => name);
  return { account: null, read: readable(title, names), create: untold(title) };
}
