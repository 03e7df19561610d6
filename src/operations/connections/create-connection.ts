import type { Caller } from "../../domain/caller.js";
import type { InputError } from "../../domain/input-error.js";
import { RequestError } from "../../domain/request-error.js";
import { writeAudit } from "../../store/audit-log.js";
import { insertConnection } from "../../store/connections.js";
import { inTransaction } from "../../store/store.js";
import { need } from "../access.js";
import { entryOf, reasonOf } from "../audit.js";
import type { Kernel } from "../kernel.js";
import { invalid, judge, type ConnectionWish } from "./new-connection.js";
import { sealStored, type StoredConnection } from "./stored.js";

/** A connection as it was made or changed, or what stood against it. */
export type KeptConnection =
  | { readonly connection: StoredConnection; readonly errors: readonly [] }
  | { readonly connection: null; readonly errors: readonly InputError[] };

/** A wish for a connection that isn't there yet. */
type NewConnection = ConnectionWish & {
  /** By which headers name it; made of the name where it is absent. */
  readonly id?: string | null | undefined;
  readonly name: string;
  readonly settings: NonNullable<ConnectionWish["settings"]>;
};

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Makes a connection, which every replica can use within moments. Throws RequestError, StoreUnavailable. */
export async function createConnection(kernel: Kernel, caller: Caller, wish: NewConnection): Promise<KeptConnection> {
  needAll(caller);
  const { tenantId } = caller;
  const id = wish.id?.trim() || idFrom(wish.name);
  const owner = { tenantId, connectionId: id };
  const blank: StoredConnection = {
    ...owner,
    vendor: wish.settings.vendor,
    name: wish.name,
    options: { site: {} },
    secrets: { credentials: null },
    version: 1,
  };
  const judged = await judge(kernel, blank, wish);
  const errors = [...(ID.test(id) ? [] : [WRONG_ID]), ...judged.errors];
  const taken = kernel.connections.find(owner) !== undefined;
  if (!judged.connection || errors.length > 0 || taken)
    return refused(kernel, caller, id, taken ? [...errors, isTaken(id)] : errors);
  const row = await sealStored(kernel.vault, judged.connection);
  const made = await inTransaction(kernel.dbOf(tenantId), async (tx) => {
    if (!(await insertConnection(tx, row, caller.name))) return false;
    await writeAudit(tx, tenantId, [
      entryOf(caller, { action: "createConnection", connectionId: id, outcome: "DONE" }),
    ]);
    return true;
  });
  if (!made) return refused(kernel, caller, id, [isTaken(id)]);
  await kernel.connections.reload(owner);
  return { connection: judged.connection, errors: [] };
}

/** Throws RequestError FORBIDDEN unless the key may manage connections, and isn't bound to some of them. */
function needAll(caller: Caller): void {
  need(caller, "connections:admin");
  if (caller.connections === "all") return;
  const message = `The key "${caller.name}" is bound to some connections, so it can't make new ones. Use a key that isn't.`;
  throw new RequestError("FORBIDDEN", message);
}

async function refused(
  kernel: Kernel,
  caller: Caller,
  connectionId: string,
  errors: readonly InputError[],
): Promise<KeptConnection> {
  const reason = reasonOf(errors);
  await kernel.audit(caller, [{ action: "createConnection", connectionId, outcome: "REFUSED", reason }]);
  return { connection: null, errors };
}

const WRONG_ID = invalid(
  ["id"],
  "It may hold up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit. Give one that does.",
);

function isTaken(id: string): InputError {
  return { ...invalid(["id"], `There is a connection "${id}" already. Give another id.`), code: "CONFLICT" };
}

/** "Acme: Jira (EU)" becomes "acme-jira-eu". */
function idFrom(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
}
