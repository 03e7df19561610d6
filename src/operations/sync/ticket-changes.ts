import type { Connection } from "../../connectors/connection.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import type { TicketNews } from "../../domain/ticket-news.js";
import type { VendorId } from "../../domain/ticket.js";
import type { Store } from "../../store/store.js";
import { findConnection, need, visibleConnections } from "../access.js";
import type { Kernel } from "../kernel.js";
import { NEWS_CHANNEL, type Notice } from "./news.js";

/** That a ticket changed, as a subscriber is told. */
export interface TicketChanged extends TicketNews {
  readonly connection: Connection;
  readonly at: Date;
}

/** Of which tickets somebody wants to hear. */
interface ChangesWanted {
  readonly connectionId?: string | null;
  readonly project?: { readonly connectionId: string; readonly vendorId: VendorId };
}

/** The changes of tickets from now on, one after another, until whoever hears them stops. Throws RequestError. */
export type TicketChanges = (
  kernel: Kernel,
  caller: Caller,
  wanted: ChangesWanted,
) => AsyncIterableIterator<TicketChanged>;

type Hear = (notice: Notice) => void;

/** Tells subscribers what the store learns, on whichever replica. One listener serves all. */
export function openTicketChanges(store: Store): TicketChanges {
  const hearers = new Set<Hear>();
  let listening: Promise<unknown> | undefined;
  const listen = async (): Promise<void> => {
    listening ??= store
      .listen(NEWS_CHANNEL, (payload) => {
        if (payload === "") return;
        const notice = JSON.parse(payload) as Notice;
        for (const hear of hearers) hear(notice);
      })
      .catch((error: unknown) => {
        listening = undefined;
        throw error;
      });
    await listening;
  };

  return (kernel, caller, wanted) => {
    const connections = seen(kernel, caller, wanted);
    // Of a ticket that changes faster than its subscriber reads, the last change is told: so nobody's slowness costs memory.
    const waiting = new Map<string, TicketChanged>();
    let wake = (): void => {};
    let isOver = false;
    const hear: Hear = ({ tenantId, connectionId, at, news }) => {
      const connection = tenantId === caller.tenantId ? connections.get(connectionId) : undefined;
      if (!connection) return;
      for (const one of news) {
        if (wanted.project && one.projectId !== wanted.project.vendorId) continue;
        const name = `${connectionId} ${one.vendorId}`;
        const before = waiting.get(name);
        const kind = before?.kind === "CREATED" && one.kind === "UPDATED" ? "CREATED" : one.kind;
        waiting.delete(name);
        waiting.set(name, { ...one, kind, connection, at: new Date(at) });
      }
      wake();
    };
    const end = async (): Promise<IteratorResult<TicketChanged>> => {
      isOver = true;
      hearers.delete(hear);
      wake();
      return { done: true, value: undefined };
    };
    hearers.add(hear);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      async next() {
        try {
          await listen();
        } catch (error) {
          await end();
          throw error;
        }
        while (!isOver && waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve));
        const [first] = waiting;
        if (isOver || !first) return end();
        waiting.delete(first[0]);
        return { done: false, value: first[1] };
      },
      return: end,
    };
  };
}

function seen(
  kernel: Kernel,
  caller: Caller,
  { connectionId, project }: ChangesWanted,
): ReadonlyMap<string, Connection> {
  need(caller, "tickets:read");
  const wanted = connectionId ?? project?.connectionId;
  if (wanted == null) return new Map(visibleConnections(kernel, caller).map((one) => [one.id, one]));
  const connection = findConnection(kernel, caller, wanted);
  if (!connection) throw new RequestError("NOT_FOUND", `There is no connection "${wanted}".`);
  if (project && project.connectionId !== connection.id)
    throw new RequestError("BAD_USER_INPUT", `The project isn't one of the connection "${connection.id}".`);
  return new Map([[connection.id, connection]]);
}
