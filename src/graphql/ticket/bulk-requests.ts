import { RequestError } from "../../domain/request-error.js";
import type { WriteRequest, WriteResult } from "../../operations/write-tickets.js";
import { keyGiven } from "./idempotency-key.js";

/** What every element of a bulk input has. */
interface Element {
  readonly connectionId?: string | null;
  readonly idempotencyKey?: string | null;
}

/** The elements of a synchronous bulk input as requests, each with its own key or the shared one and its number. Throws RequestError for none or too many. */
export function bulkRequests<E extends Element, T>(
  elements: readonly E[],
  max: number,
  shared: string | undefined,
  read: (element: E) => T,
): readonly WriteRequest<T>[] {
  if (elements.length < 1 || elements.length > max) {
    const advice = elements.length > max ? " Send them in several calls." : "";
    throw new RequestError("BAD_USER_INPUT", `tickets takes 1 to ${max}; ${elements.length} were given.${advice}`);
  }
  return elements.map((element, index) => ({
    connectionId: element.connectionId,
    ticket: read(element),
    idempotencyKey: keyGiven(element.idempotencyKey) ?? (shared && `${shared}#${index}`),
  }));
}

/** The results with their errors' places in the whole input. */
export function placed(results: readonly WriteResult[]): readonly WriteResult[] {
  return results.map(({ delivery, ...rest }, index) => {
    const errors = delivery.errors.map((error) => ({ ...error, path: ["tickets", String(index), ...error.path] }));
    return { ...rest, delivery: { ...delivery, errors } };
  });
}
