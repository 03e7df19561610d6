import type { Fault } from "../../domain/errors.js";
import { didYouMean } from "../../domain/suggest.js";

/** Of the lifecycle "default" that Request Tracker comes with; of others REST2 tells no statuses, so nobody guesses at them. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  default: ["new", "open", "stalled", "resolved", "rejected"],
};

/** A status that the server refused, in its words, with what was probably meant and what there is where that is known. */
export function withStatuses(fault: Fault, wanted: string, lifecycle: string | null | undefined): Fault {
  const statuses = STATUSES[lifecycle ?? ""];
  if (!statuses) return fault;
  const message = `${fault.message}${didYouMean(wanted, statuses)} There are: ${statuses.join(", ")}.`;
  return { ...fault, message, allowedValues: statuses };
}
