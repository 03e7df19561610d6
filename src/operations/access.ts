import type { Connection } from "../connectors/connection.js";
import type { Caller, Scope } from "../domain/caller.js";
import { globalId, readGlobalId } from "../domain/global-id.js";
import { RequestError } from "../domain/request-error.js";
import type { Kernel } from "./kernel.js";

/** Throws RequestError FORBIDDEN unless the caller's key has this scope. */
export function need(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope))
    throw new RequestError("FORBIDDEN", `The key "${caller.name}" lacks the scope ${scope}. Use a key that has it.`);
}

/** The connections that the caller may use, in configured order. */
export function visibleConnections(kernel: Kernel, caller: Caller): readonly Connection[] {
  const all = [...kernel.connectionsOf(caller.tenantId).values()];
  return caller.connections === "all" ? all : all.filter(({ id }) => mayUse(caller, id));
}

/** A connection by its opaque id or its configured one; undefined where there is none that the caller may see. */
export function findConnection(kernel: Kernel, caller: Caller, id: string): Connection | undefined {
  const read = readGlobalId(id);
  const name = read?.kind === "VendorConnection" ? read.connectionId : id;
  return mayUse(caller, name) ? kernel.connectionsOf(caller.tenantId).get(name) : undefined;
}

/** The connection that an operation is for: the one named, else the header's, else the only one. Throws RequestError. */
export function connectionFor(kernel: Kernel, caller: Caller, given: string | null | undefined): Connection {
  const wanted = given ?? caller.defaultConnection;
  if (wanted !== undefined) {
    const found = findConnection(kernel, caller, wanted);
    if (found) return found;
    throw new RequestError("NOT_FOUND", `There is no connection "${wanted}". ${choices(kernel, caller)}`);
  }
  const [only, ...others] = visibleConnections(kernel, caller);
  if (only && others.length === 0) return only;
  const ask = "Say which connection you mean, by connectionId or by the header X-Connection-Id.";
  throw new RequestError("BAD_USER_INPUT", `${ask} ${choices(kernel, caller)}`);
}

/** The opaque id of a connection. */
export function connectionGlobalId(connection: Connection): string {
  return globalId("VendorConnection", connection.id, "");
}

/** Whether the caller's key may use a connection of this id, should there be one. */
export function mayUse(caller: Caller, connectionId: string): boolean {
  return caller.connections === "all" || caller.connections.has(connectionId);
}

function choices(kernel: Kernel, caller: Caller): string {
  const ids = visibleConnections(kernel, caller).map(({ id }) => id);
  return ids.length === 0 ? "This key can use none." : `This key can use: ${ids.join(", ")}.`;
}
