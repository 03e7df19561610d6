import type { Owner } from "../domain/owner.js";
import type { DeliveryEvents } from "../operations/delivery/options.js";
import type { Logger } from "./logger.js";
import type { VendorMetrics } from "./metrics/vendor-metrics.js";

/** Turns what deliveries tell of themselves into log lines and metrics: what an operator should look at is a warning. */
export function observeDeliveries(log: Logger, metrics: VendorMetrics): Required<DeliveryEvents> {
  const count = (event: string, { tenantId: tenant, connectionId: connection }: Owner, by = 1): void =>
    metrics.deliveryEvents.inc({ tenant, connection, event }, by);
  return {
    onSettled({ tenantId: tenant, connectionId: connection, state, rows }) {
      metrics.deliveries.inc({ tenant, connection, state }, rows);
    },
    onFenced(event) {
      count("fenced", event, event.rows);
      log.warn(event, "a late word on deliveries was refused");
    },
    onReconciled(event) {
      count("reconciled", event);
      log.info(event, "a lost answer was made up for");
    },
    onDuplicate(event) {
      count("duplicate", event);
      log.error(event, "two tickets carry one marker");
    },
    onResend(event) {
      count("resent", event, event.rows);
      log.info(event, "deliveries that were surely not made are sent again");
    },
    onUnsettled({ error, ...event }) {
      count("unsettled", event, event.rows);
      log.error({ ...event, err: error }, "what became of deliveries could not be kept");
    },
  };
}
