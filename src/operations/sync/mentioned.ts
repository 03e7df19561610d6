import type { Connection } from "../../connectors/connection.js";
import { lastUsed } from "../../connectors/last-used.js";
import { VendorError } from "../../domain/errors.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Owner } from "../../domain/owner.js";
import type { Db } from "../../store/store.js";
import { findThings, type SyncedThing, type ThingKind } from "../../store/synced-things.js";

/** Finds the projects, types and users that tickets speak of and the store hasn't: each is asked for once in a run. */
export type Mentioned = (tickets: readonly Ticket[]) => Promise<readonly SyncedThing[]>;

/** How many names are remembered to have been seen. */
const SEEN_MAX = 50_000;

/** One run's memory of what has been seen. What can't be asked for now is left to who reads the ticket. */
export function openMentioned(db: Db, { tenantId, connectionId }: Owner, connection: Connection): Mentioned {
  const seen = lastUsed<string, true>(SEEN_MAX);
  const isNew = ({ kind, vendorId }: Pick<SyncedThing, "kind" | "vendorId">): boolean => {
    const name = `${kind} ${vendorId}`;
    if (seen.has(name)) return false;
    seen.set(name, true);
    return true;
  };
  return async (tickets) => {
    const along = tickets.flatMap(alongOf).filter(isNew);
    const others = tickets.flatMap(idsOf).filter(isNew);
    const kept = await findThings(
      db,
      tenantId,
      others.map((one) => ({ ...one, connectionId })),
    );
    const known = new Set(kept.map(({ kind, vendorId }) => `${kind} ${vendorId}`));
    const missing = others.filter(({ kind, vendorId }) => !known.has(`${kind} ${vendorId}`));
    const asked = await Promise.all(missing.map((one) => ask(connection, one)));
    return [...along, ...asked.filter((one) => one !== undefined)];
  };
}

/** Whatever is named by a ticket. */
export function idsOf(ticket: Ticket): readonly { readonly kind: ThingKind; readonly vendorId: string }[] {
  const { projectId, typeId, createdById, assigneeIds, reporterIds } = ticket;
  const users = new Set([...assigneeIds, ...reporterIds, ...(createdById === null ? [] : [createdById])]);
  return [
    ...(projectId === null ? [] : [{ kind: "project" as const, vendorId: projectId }]),
    ...(typeId === null ? [] : [{ kind: "issueType" as const, vendorId: typeId }]),
    ...[...users].map((vendorId) => ({ kind: "user" as const, vendorId })),
  ];
}

function alongOf({ along = {} }: Ticket): readonly SyncedThing[] {
  const { projects = [], issueTypes = [], users = [] } = along;
  return [
    ...projects.map((thing) => ({ kind: "project" as const, vendorId: thing.vendorId, thing })),
    ...issueTypes.map((thing) => ({ kind: "issueType" as const, vendorId: thing.vendorId, thing })),
    ...users.map((thing) => ({ kind: "user" as const, vendorId: thing.vendorId, thing })),
  ];
}

async function ask(
  connection: Connection,
  { kind, vendorId }: Pick<SyncedThing, "kind" | "vendorId">,
): Promise<SyncedThing | undefined> {
  try {
    return { kind, vendorId, thing: await connection[kind](vendorId) };
  } catch (error) {
    if (error instanceof VendorError) return undefined;
    throw error;
  }
}
