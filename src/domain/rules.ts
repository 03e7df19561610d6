import type { DraftLimits, NewTicket } from "./new-ticket.js";
import { invalid, type TicketError } from "./ticket-error.js";

/** All that can be said against a new ticket without asking the vendor; empty when nothing can. */
export function checkNewTicket(ticket: NewTicket, limits: DraftLimits, vendor: string): readonly TicketError[] {
  return [
    ...unsupported(ticket, limits, vendor),
    ...lengths(ticket, limits, vendor),
    ...texts(ticket),
    ...fields(ticket),
  ];
}

/** Custom fields as an object; empty where none were given. */
export function customFieldsOf(ticket: NewTicket): Readonly<Record<string, unknown>> {
  return isObject(ticket.customFields) ? ticket.customFields : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fields({ customFields }: NewTicket): TicketError[] {
  if (customFields === undefined || isObject(customFields)) return [];
  return [invalid(["customFields"], 'customFields takes an object by field id, as in {"customfield_10010": "S2"}.')];
}

function unsupported(ticket: NewTicket, limits: DraftLimits, vendor: string): TicketError[] {
  const given: [path: string, isGiven: boolean, isSupported: boolean][] = [
    ["project", ticket.project !== undefined, limits.project !== "none"],
    ["type", ticket.type !== undefined, limits.type !== "none"],
    ["status", ticket.status !== undefined, limits.status],
    ["priority", ticket.priority !== undefined, limits.priority],
    ["assignees", ticket.assignees.length > 0, limits.assignees > 0],
    ["reporters", ticket.reporters.length > 0, limits.reporters > 0],
    ["parent", ticket.parent !== undefined, limits.parent],
    ["tags", ticket.tags.length > 0, limits.tags],
    ["dueDate", ticket.dueDate !== undefined, limits.dueDate],
    ["customFields", ticket.customFields !== undefined, limits.customFields],
    ["identifier", ticket.identifier !== undefined, limits.identifier],
  ];
  return given
    .filter(([, isGiven, isSupported]) => isGiven && !isSupported)
    .map(([path]) => ({
      ...invalid([path], `${vendor} can't take ${path} when a ticket is created. Leave it out.`),
      code: "UNSUPPORTED" as const,
    }));
}

function lengths(ticket: NewTicket, limits: DraftLimits, vendor: string): TicketError[] {
  const errors: TicketError[] = [];
  const tooLong = (path: string, length: number, max: number): void => {
    if (length > max)
      errors.push(invalid([path], `The ${path} has ${length} characters; ${vendor} takes at most ${max}.`));
  };
  const tooMany = (path: string, count: number, max: number): void => {
    if (max > 0 && count > max)
      errors.push(invalid([path], `${count} ${path} were given; ${vendor} takes at most ${max}.`));
  };
  tooLong("name", ticket.name.length, limits.nameMax);
  tooLong("description", ticket.description?.text.length ?? 0, limits.descriptionMax);
  tooMany("assignees", ticket.assignees.length, limits.assignees);
  tooMany("reporters", ticket.reporters.length, limits.reporters);
  return errors;
}

function texts(ticket: NewTicket): TicketError[] {
  const errors: TicketError[] = [];
  if (ticket.name.trim() === "") errors.push(invalid(["name"], "The name is empty. Give the ticket a name."));
  const check = (path: readonly string[], text: string | null | undefined, mayBeEmpty = false): void => {
    if (text === undefined || text === null) return;
    const wrong = unkeepable(text, path);
    errors.push(...wrong);
    if (wrong.length === 0 && !mayBeEmpty && text.trim() === "")
      errors.push(invalid(path, "This text is empty. Give a value, or leave the field out."));
  };
  check(["name"], ticket.name, true);
  check(["description"], ticket.description?.text, true);
  check(["status"], ticket.status);
  check(["priority"], ticket.priority);
  check(["identifier"], ticket.identifier);
  ticket.tags.forEach((tag, index) => check(["tags", String(index)], tag));
  return [...errors, ...unkeepable(ticket.customFields, ["customFields"])];
}

/** Texts that no vendor and no database keeps, wherever they are in a value. */
export function unkeepable(value: unknown, path: readonly string[]): TicketError[] {
  if (typeof value === "string") {
    if (value.includes("\0"))
      return [invalid(path, "This text holds a NUL character, which no vendor keeps. Take it out.")];
    if (value.isWellFormed()) return [];
    return [invalid(path, "This text holds half of a character (a lone surrogate). Send it as valid Unicode.")];
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...unkeepable(name, path),
    ...unkeepable(one, [...path, name]),
  ]);
}
