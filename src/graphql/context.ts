import DataLoader from "dataloader";
import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import type { JobProgress } from "../operations/bulk/job-progress.js";
import type { SyncState } from "../domain/sync.js";
import { syncStates } from "../operations/sync/start-sync.js";
import type { Kernel } from "../operations/kernel.js";
import { ConnectionView } from "./connection-view.js";

/** What resolvers work with: made anew for each request. */
export type Context = {
  readonly kernel: Kernel;
  readonly caller: Caller;
  /** How jobs get on, for subscribers. */
  readonly jobProgress: JobProgress;
  /** A connection as this request sees it. */
  view(connection: Connection): ConnectionView;
};

export function createContext(kernel: Kernel, jobProgress: JobProgress, caller: Caller, origin: string): Context {
  const views = new Map<Connection, ConnectionView>();
  const syncs = new DataLoader<string, SyncState>((ids) => syncStates(kernel, caller.tenantId, ids));
  return {
    kernel,
    caller,
    jobProgress,
    view(connection) {
      let view = views.get(connection);
      if (!view)
        views.set(connection, (view = new ConnectionView(connection, origin, () => syncs.load(connection.id))));
      return view;
    },
  };
}
