import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { getOperationAST, type DocumentNode, type GraphQLFormattedError } from "graphql";
import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../domain/caller.js";
import type { Logger } from "./logger.js";
import type { RequestMetrics } from "./metrics/request-metrics.js";
import { lineOf, type ObserveRequests } from "./observe-requests.js";
import { endOf, type OperationEnd } from "./outcome.js";
import { newId } from "./request-id.js";
import { rounded } from "./rounded.js";
import { scopeNow, within, type Asker } from "./scope.js";
import { beginSpan, readTraceparent, type Tracing } from "./trace.js";

/** One subscription from its beginning to its end. */
export interface WatchedSubscription {
  /** An event was sent, with these errors. */
  sent(errors: readonly Partial<GraphQLFormattedError>[] | undefined): void;
  ended(): void;
}

/** Who subscribes, and what becomes of it. */
export interface ObserveLive {
  readonly sockets: { inc(): void; dec(): void };
  /** Works on a client's message: what it asks for has an id of its own. */
  message<T>(work: () => T): T;
  /** The id of the message that is worked on. */
  requestId(): string | undefined;
  begin(caller: Caller, upgrade: IncomingHttpHeaders, asked: Subscribed): WatchedSubscription;
  refused(caller: Caller | undefined, errors: readonly Partial<GraphQLFormattedError>[]): void;
}

/** A document, and which of its operations. */
interface Subscribed {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/** Watches subscriptions: one line each, when it ends. */
export function observeLive(
  log: Logger,
  metrics: RequestMetrics,
  { operation }: ObserveRequests,
  tracing: Tracing | undefined,
): ObserveLive {
  const tell = (asker: Asker, caller: Caller | undefined, end: OperationEnd, ms: number, events: number): void => {
    operation(asker, end, ms);
    asker.span?.end();
    const who = { tenant: caller?.tenantId, key: caller?.name };
    within({ asker }, () =>
      log.info({ route: "live", ms: rounded(ms), ...who, ...lineOf(end), events }, "subscription"),
    );
  };
  const own = (): Asker => scopeNow()?.asker ?? { ids: { requestId: newId() } };
  return {
    sockets: metrics.sockets,
    message: (work) => within({ asker: { ids: { requestId: newId() } } }, work),
    requestId: () => scopeNow()?.asker.ids["requestId"],
    begin(caller, upgrade, { document, operationName }) {
      const began = performance.now();
      const asker = own();
      const asked = { name: getOperationAST(document, operationName)?.name?.value, type: "subscription" } as const;
      if (tracing)
        asker.span = beginSpan(tracing, "subscription", SpanKind.SERVER, {}, readTraceparent(upgrade.traceparent));
      let end = endOf({}, asked);
      let events = 0;
      let isOver = false;
      metrics.subscriptions.inc();
      return {
        sent(errors) {
          events += 1;
          metrics.events.inc();
          if (errors) end = endOf({ errors }, asked);
        },
        ended() {
          if (isOver) return;
          isOver = true;
          metrics.subscriptions.dec();
          if (end.outcome === "failed") asker.span?.setStatus({ code: SpanStatusCode.ERROR });
          tell(asker, caller, end, performance.now() - began, events);
        },
      };
    },
    refused: (caller, errors) => tell(own(), caller, endOf({ errors }), 0, 0),
  };
}
