import { type Caller, isScope, type Scope, SCOPES } from "../../domain/caller.js";
import { holdsControlCharacters } from "../../domain/control-characters.js";
import type { InputError } from "../../domain/input-error.js";
import { didYouMean } from "../../domain/suggest.js";
import { findConnection, visibleConnections } from "../access.js";
import type { Kernel } from "../kernel.js";

/** What somebody asks of a new key. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Their ids, or those of the configuration; absent: all that the caller's own key has, future ones too where it isn't bound. */
  readonly connectionIds?: readonly string[] | null | undefined;
  readonly defaultConnectionId?: string | null | undefined;
  /** Absent: never. */
  readonly expiresAt?: Date | null | undefined;
}

/** The same once nothing is wrong with it. */
interface JudgedKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly connections: readonly string[] | "all";
  readonly defaultConnection: string | null;
  readonly expiresAt: Date | null;
}

const NAME_MAX = 100;

/** All that is wrong with a wish for a key, or the key; nobody can give what their own key doesn't have. */
export function judge(
  kernel: Kernel,
  caller: Caller,
  wish: NewKey,
  now: Date,
): { readonly key?: JudgedKey; readonly errors: readonly InputError[] } {
  const errors: InputError[] = [];
  const name = wish.name.trim();
  const { expiresAt = null } = wish;
  if (name === "" || name.length > NAME_MAX || holdsControlCharacters(name))
    errors.push(invalid(["name"], `The name must have 1 to ${NAME_MAX} characters, in one line.`));
  else if (kernel.keys.configuredOf(caller.tenantId).some((key) => key.name === name)) errors.push(nameTaken(name));
  if (expiresAt && !(expiresAt > now))
    errors.push(invalid(["expiresAt"], "The key would have expired already. Give a moment in the future, or none."));
  const scopes = scopesOf(caller, wish.scopes, errors);
  const connections = connectionsOf(kernel, caller, wish.connectionIds, errors);
  const defaultConnection = defaultOf(kernel, caller, wish.defaultConnectionId, connections, errors);
  if (errors.length > 0) return { errors };
  return { key: { name, scopes, connections, defaultConnection, expiresAt }, errors };
}

/** A tenant's keys that open something are told apart by their names. */
export function nameTaken(name: string): InputError {
  const message = `There is a key "${name}" already. Choose another name, or revoke that one first.`;
  return { code: "CONFLICT", message, path: ["name"], allowedValues: [] };
}

function scopesOf(caller: Caller, wanted: readonly string[], errors: InputError[]): readonly Scope[] {
  const own = SCOPES.filter((scope) => caller.scopes.has(scope));
  if (wanted.length === 0) errors.push(invalid(["scopes"], "Give the key at least one scope.", own));
  for (const [index, scope] of wanted.entries()) {
    const path = ["scopes", String(index)];
    if (!isScope(scope)) {
      const hint = `There is no scope "${scope.slice(0, 60)}".${didYouMean(scope, SCOPES)}`;
      errors.push(invalid(path, hint, own));
    } else if (!caller.scopes.has(scope)) {
      const message = `The key "${caller.name}" has no scope ${scope} itself, so it can give none.`;
      errors.push({ code: "FORBIDDEN", message, path, allowedValues: own });
    }
  }
  return SCOPES.filter((scope) => wanted.includes(scope));
}

function connectionsOf(
  kernel: Kernel,
  caller: Caller,
  wanted: readonly string[] | null | undefined,
  errors: InputError[],
): readonly string[] | "all" {
  if (!wanted) return caller.connections === "all" ? "all" : [...caller.connections];
  const known = idsOf(kernel, caller);
  if (wanted.length === 0)
    errors.push(invalid(["connectionIds"], "Name at least one connection, or leave the list out.", known));
  const found = wanted.map((id, index) => {
    const connection = findConnection(kernel, caller, id);
    if (!connection) errors.push(noConnection(id, ["connectionIds", String(index)], known));
    return connection?.id ?? "";
  });
  return [...new Set(found)];
}

function defaultOf(
  kernel: Kernel,
  caller: Caller,
  id: string | null | undefined,
  connections: readonly string[] | "all",
  errors: InputError[],
): string | null {
  if (id == null) return null;
  const path = ["defaultConnectionId"];
  const known = connections === "all" ? idsOf(kernel, caller) : connections.filter(Boolean);
  const found = findConnection(kernel, caller, id);
  if (!found) errors.push(noConnection(id, path, known));
  else if (connections !== "all" && !connections.includes(found.id))
    errors.push(invalid(path, "The default must be one of the connections that the key is bound to.", known));
  return found?.id ?? null;
}

function idsOf(kernel: Kernel, caller: Caller): readonly string[] {
  return visibleConnections(kernel, caller).map(({ id }) => id);
}

/** The same words for a connection of another tenant, for one that the caller's key isn't bound to, and for none. */
function noConnection(id: string, path: readonly string[], known: readonly string[]): InputError {
  const message = `There is no connection "${id.slice(0, 100)}" that your key can use, so it can give none.`;
  return invalid(path, message, known);
}

function invalid(path: readonly string[], message: string, allowedValues: readonly string[] = []): InputError {
  return { code: "INVALID_INPUT", message, path, allowedValues };
}
