import type { DeliveryEvents } from "../operations/delivery/options.js";
import type { Logger } from "./logger.js";

/** Turns what deliveries tell of themselves into log lines: what an operator should look at is a warning. */
export function observeDeliveries(log: Logger): Required<DeliveryEvents> {
  return {
    onFenced: (event) => log.warn(event, "a late word on deliveries was refused"),
    onReconciled: (event) => log.info(event, "a lost answer was made up for"),
    onDuplicate: (event) => log.error(event, "two tickets carry one marker"),
    onResend: (event) => log.info(event, "deliveries that were surely not made are sent again"),
    onUnsettled: ({ error, ...event }) =>
      log.error({ ...event, err: error }, "what became of deliveries could not be kept"),
  };
}
