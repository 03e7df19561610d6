import DataLoader from "dataloader";
import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import type { JobProgress } from "../operations/bulk/job-progress.js";
import type { SyncState } from "../domain/sync.js";
import { syncStates } from "../operations/sync/start-sync.js";
import type { TicketChanges } from "../operations/sync/ticket-changes.js";
import type { Kernel } from "../operations/kernel.js";
import { ConnectionView } from "./connection-view.js";

/** What resolvers work with: made anew for each request. */
export type Context = {
  readonly kernel: Kernel;
  readonly caller: Caller;
  /** How jobs get on, for subscribers. */
  readonly jobProgress: JobProgress;
  /** What happens to tickets, for subscribers. */
  readonly ticketChanges: TicketChanges;
  /** A connection as this request sees it. */
  view(connection: Connection): ConnectionView;
};

/** Where subscriptions hear from. */
type Live = Pick<Context, "jobProgress" | "ticketChanges">;

export function createContext(kernel: Kernel, live: Live, caller: Caller, origin: string): Context {
  const views = new Map<Connection, ConnectionView>();
  const syncs = new DataLoader<string, SyncState>((ids) => syncStates(kernel, caller.tenantId, ids));
  return {
    kernel,
    caller,
    ...live,
    view(connection) {
      let view = views.get(connection);
      if (!view)
        views.set(connection, (view = new ConnectionView(connection, origin, () => syncs.load(connection.id))));
      return view;
    },
  };
}
