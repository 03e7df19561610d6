import { isObject, type JsonObject } from "../json.js";
import { OFFERS, STATUS_FIELD, STATUSES, TRANSITIONS, type Field, type Type } from "./catalog.js";

/** Messages by the field's id; empty where all is well. */
export type Reasons = Readonly<Record<string, readonly string[]>>;

/** What is against a new ticket. */
export function againstNew(type: Type, body: unknown): Reasons {
  const { ticketBody, attachments, ticketRelation, source, summary } = isObject(body) ? body : {};
  const reasons: Record<string, readonly string[]> = {};
  if (!isObject(ticketBody)) return { ticketBody: ["ticketBody is required"] };
  if (typeof source !== "string" || source === "") reasons["source"] = ["source is required"];
  if (typeof summary !== "string" || summary === "") reasons["summary"] = ["summary is required"];
  if (!isObject(attachments)) reasons["attachments"] = ["attachments is required"];
  if (ticketRelation === undefined) reasons["ticketRelation"] = ["ticketRelation is required"];
  const offer = OFFERS.find(({ id }) => id === ticketBody["offerId"]);
  if (!offer) reasons["offerId"] = ["offerId is required"];
  else if (offer.item_type !== type.id) reasons["offerId"] = ["The offer does not belong to this ticket type"];
  for (const field of type.fields)
    if (field.required && (ticketBody[field.id] === undefined || ticketBody[field.id] === null))
      reasons[field.id] = [`${field.label} is required`];
  return { ...reasons, ...againstValues(type, ticketBody) };
}

/** What is against the values of fields. */
export function againstValues(type: Type, values: JsonObject): Reasons {
  const reasons: Record<string, readonly string[]> = {};
  for (const [id, value] of Object.entries(values)) {
    if (id === "offerId") continue;
    const field = type.fields.find((one) => one.id === id);
    if (!field) reasons[id] = [`Unknown field ${id}`];
    else if (value !== null) {
      const wrong = wrongValue(field, value);
      if (wrong !== undefined) reasons[id] = [wrong];
    }
  }
  return reasons;
}

/** Whether a ticket's workflow leads to the status that is asked for. */
export function againstStatus(now: string, values: JsonObject): Reasons {
  const wanted = values[STATUS_FIELD];
  if (wanted === undefined || wanted === now) return {};
  const idOf = (name: unknown): string | undefined => STATUSES.find((status) => status.name === name)?.id;
  const leads = TRANSITIONS.some(({ from, to }) => from.includes(idOf(now) ?? "") && to === idOf(wanted));
  return leads ? {} : { [STATUS_FIELD]: [`Transition from ${now} to ${String(wanted)} is not allowed`] };
}

function wrongValue({ label, type, options }: Field, value: unknown): string | undefined {
  const choices = options?.map((option) => option.value) ?? [];
  const isChoice = (one: unknown): boolean => choices.includes(String(one));
  switch (type) {
    case "date":
    case "datetime":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : `You have entered an invalid date value for ${label}, expects a proper date string`;
    case "number":
      return typeof value === "number" ? undefined : `${label} must be a number`;
    case "checkbox":
      return typeof value === "boolean" ? undefined : `${label} must be true or false`;
    case "dropdown":
      return isChoice(value) ? undefined : `${label} has an invalid option`;
    case "multiselect":
      return Array.isArray(value) && value.every(isChoice) ? undefined : `${label} has an invalid option`;
    case "text":
    case "textarea":
      return typeof value === "string" && value.length <= 5_000 ? undefined : `${label} must be a text`;
  }
}
