import { Registry } from "prom-client";
import type { JoinEvents } from "../domain/join-events.js";
import type { Figures } from "../domain/figures.js";
import { ownerKey, type Owner } from "../domain/owner.js";
import type { HttpEvents } from "../http/http.js";
import type { DeliveryEvents } from "../operations/delivery/options.js";
import type { Logger } from "./logger.js";
import { forgetSeries } from "./metrics/forget-series.js";
import { processRegistry } from "./metrics/process-metrics.js";
import { requestMetrics } from "./metrics/request-metrics.js";
import { storeMetrics } from "./metrics/store-metrics.js";
import { figuresTeller } from "./metrics/tell-figures.js";
import { vendorMetrics } from "./metrics/vendor-metrics.js";
import { workMetrics } from "./metrics/work-metrics.js";
import { observeCalls } from "./observe-calls.js";
import { observeDeliveries } from "./observe-deliveries.js";
import { observeJoins } from "./observe-joins.js";
import { observeLive, type ObserveLive } from "./observe-live.js";
import { observeRequests, type ObserveRequests } from "./observe-requests.js";
import { observeWork, type ObserveWork } from "./observe-work.js";
import type { Tracing } from "./trace.js";

/** What is known of a connection without asking anybody. */
export interface KnownConnection extends Owner {
  readonly vendor: string;
  readonly state: string;
}

/** What a scrape asks for. */
interface Asked {
  figures(): Promise<Figures>;
  connections(): Iterable<KnownConnection>;
}

/** Turns what one gateway's mechanisms tell of themselves into logs, metrics and spans. */
export interface Observer {
  readonly requests: ObserveRequests;
  readonly live: ObserveLive;
  readonly deliveries: Required<DeliveryEvents>;
  readonly work: ObserveWork;
  /** Watches a connection that is opened, until it is left as often as it was entered: a changed one is opened anew first. */
  enter(owner: Owner, api: URL): { readonly http: Required<HttpEvents>; readonly joins: JoinEvents };
  leave(owner: Owner): void;
  /** Whom a scrape asks for what the gateway's own process doesn't count. */
  ask(asked: Asked): void;
  /** All metrics, as Prometheus reads them. */
  scrape(): Promise<string>;
}

/** Watches one gateway. Spans are made where there is somewhere to send them. */
export function openObserver(log: Logger, tracing?: Tracing): Observer {
  const registry = new Registry();
  const counted = requestMetrics(registry);
  const requests = observeRequests(log, counted, tracing);
  const vendors = vendorMetrics(registry);
  const store = storeMetrics(registry);
  const open = new Map<string, number>();
  let tellFigures = async (): Promise<void> => {};
  let connections = (): Iterable<KnownConnection> => [];
  return {
    requests,
    live: observeLive(log, counted, requests, tracing),
    deliveries: observeDeliveries(log, vendors),
    work: observeWork(log, workMetrics(registry), tracing),
    enter(owner, api) {
      open.set(ownerKey(owner), (open.get(ownerKey(owner)) ?? 0) + 1);
      const http = observeCalls({ log, metrics: vendors, tracing, ...owner, api });
      return { http, joins: observeJoins(vendors, owner) };
    },
    leave(owner) {
      const left = (open.get(ownerKey(owner)) ?? 1) - 1;
      if (left > 0) return void open.set(ownerKey(owner), left);
      open.delete(ownerKey(owner));
      void forgetSeries(Object.values(vendors), owner);
    },
    ask({ figures, connections: all }) {
      connections = all;
      const onError = (error: unknown): void =>
        log.warn({ err: error }, "the database did not say what waits in it, so the metrics don't");
      tellFigures = figuresTeller({
        metrics: store,
        ask: figures,
        onError,
        hasConnection: (owner) => open.has(ownerKey(owner)),
      });
    },
    async scrape() {
      await tellFigures();
      vendors.states.reset();
      for (const { tenantId: tenant, connectionId: connection, vendor, state } of connections())
        vendors.states.set({ tenant, connection, vendor, state }, 1);
      return `${await registry.metrics()}\n${await processRegistry().metrics()}`;
    },
  };
}
