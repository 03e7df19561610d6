import type { Vendor } from "../connectors/connector.js";
import type { NewTicket } from "../domain/new-ticket.js";
import { invalid, type TicketError } from "../domain/ticket-error.js";

/** What only one vendor's creates take, checked: another vendor's is refused, never dropped. */
export function ownOf(
  vendor: Vendor,
  given: NewTicket["vendor"] = {},
): { readonly value?: Readonly<Record<string, unknown>>; readonly errors: readonly TicketError[] } {
  const errors: TicketError[] = [];
  for (const name of Object.keys(given)) {
    if (name === vendor.name && vendor.createInput) continue;
    const message = `The fields under vendor.${name} mean nothing to ${vendor.title}. Leave them out.`;
    errors.push({ ...invalid(["vendor", name], message), code: "UNSUPPORTED" });
  }
  const own = given[vendor.name];
  if (own === undefined || !vendor.createInput) return { errors };
  const { data, error } = vendor.createInput.safeParse(own);
  for (const { path, message } of error?.issues ?? [])
    errors.push(invalid(["vendor", vendor.name, ...path.map(String)], message));
  return { errors, ...(data && { value: data }) };
}
