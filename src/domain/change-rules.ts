import type { NewChange } from "./new-change.js";
import type { DraftLimits } from "./new-ticket.js";
import { unkeepable } from "./rules.js";
import { invalid, type TicketError } from "./ticket-error.js";
import type { Ticket, TicketChange } from "./ticket.js";

/** The parts of a ticket that can be changed. */
export type ChangeField = Exclude<keyof TicketChange, "ticketId" | "revision">;

/** Where callers find what a change calls by another name. */
const NAMES: Partial<Record<ChangeField, string>> = {
  assigneeIds: "assignees",
  reporterIds: "reporters",
  parentId: "parent",
};

/** What callers call a part of a ticket. */
export function nameOfField(field: ChangeField): string {
  return NAMES[field] ?? field;
}

/** What can be said of a change without asking the vendor; empty when nothing can. UNSUPPORTED comes alone: the rest doesn't matter then. */
export function checkNewChange(
  change: NewChange,
  vendor: { readonly title: string; readonly fields: readonly ChangeField[]; readonly hasRevisions: boolean },
  limits: DraftLimits,
): readonly TicketError[] {
  const { ticket: _ticket, revision, ...parts } = change;
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const can = new Set(vendor.fields.map(nameOfField));
  const unsupported = given
    .filter((name) => !can.has(name))
    .map((name) => cannot(name, `${vendor.title} can't change a ticket's ${name}. Leave it out.`));
  if (revision !== undefined && !vendor.hasRevisions) {
    const message = `${vendor.title} has no revisions: the last write wins. Leave the revision out.`;
    unsupported.push(cannot("revision", message));
  }
  if (unsupported.length > 0) return unsupported;
  if (given.length === 0) return [invalid([], "Nothing is to be changed. Give at least one field with its new value.")];
  return [...contradictions(change), ...texts(change), ...lengths(change, limits, vendor.title)];
}

function cannot(path: string, message: string): TicketError {
  return { ...invalid([path], message), code: "UNSUPPORTED" };
}

function contradictions({ status, statusCategory, customFields }: NewChange): TicketError[] {
  const errors: TicketError[] = [];
  if (status !== undefined && statusCategory !== undefined)
    errors.push(invalid(["statusCategory"], "A status was given too. Give one of the two."));
  if (statusCategory === "UNKNOWN")
    errors.push(
      invalid(["statusCategory"], "No status means UNKNOWN. Give another category, or a status by its name."),
    );
  if (customFields !== undefined && (typeof customFields !== "object" || Array.isArray(customFields)))
    errors.push(
      invalid(["customFields"], 'customFields takes an object by field id, as in {"customfield_10010": "S2"}.'),
    );
  return errors;
}

function texts({ name, description, status, priority, tags, customFields }: NewChange): TicketError[] {
  const empty = (path: readonly string[], text: string | null | undefined, advice: string): TicketError[] =>
    text?.trim() === "" ? [invalid(path, `This text is empty. ${advice}`)] : [];
  return [
    ...empty(["name"], name, "Give the ticket a name, or leave it out."),
    ...empty(["status"], status, "Give a status, or leave it out."),
    ...empty(["priority"], priority, "Give a priority, null to clear it, or leave it out."),
    ...(tags ?? []).flatMap((tag, n) => empty(["tags", String(n)], tag, "Give a word, or leave it out.")),
    ...unkeepable(name, ["name"]),
    ...unkeepable(description?.text, ["description"]),
    ...unkeepable(status, ["status"]),
    ...unkeepable(priority, ["priority"]),
    ...unkeepable(tags, ["tags"]),
    ...unkeepable(customFields, ["customFields"]),
  ];
}

function lengths({ name, description, assignees }: NewChange, limits: DraftLimits, vendor: string): TicketError[] {
  const long = (path: string, length: number, max: number): TicketError[] =>
    length > max ? [invalid([path], `The ${path} has ${length} characters; ${vendor} takes at most ${max}.`)] : [];
  const count = assignees?.length ?? 0;
  return [
    ...long("name", name?.length ?? 0, limits.nameMax),
    ...long("description", description?.text.length ?? 0, limits.descriptionMax),
    ...(count > limits.assignees
      ? [invalid(["assignees"], `${count} assignees were given; ${vendor} takes at most ${limits.assignees}.`)]
      : []),
  ];
}

/**
 * Whether a ticket is as a change would have it: so far as that can be seen, undefined where a part of it can't be compared, as
 * custom fields can't, which vendors give back in another form.
 */
export function isApplied(ticket: Ticket, change: TicketChange): boolean | undefined {
  const { name, description, status, statusCategory, priority, assigneeIds, parentId, tags, dueDate } = change;
  const differs = [
    name !== undefined && ticket.name !== name,
    status !== undefined && !isSameWord(ticket.status, status),
    statusCategory !== undefined && ticket.statusCategory !== statusCategory,
    priority !== undefined && !isSameWord(ticket.priority ?? "", priority ?? ""),
    assigneeIds !== undefined && !isSameSet(ticket.assigneeIds, assigneeIds),
    parentId !== undefined && ticket.parentId !== parentId,
    tags !== undefined && !isSameSet(ticket.tags, tags),
    dueDate !== undefined && dayOf(ticket.dueDate) !== dayOf(dueDate),
    description === null && ticket.description !== null,
  ];
  if (differs.includes(true)) return false;
  const isOpen = change.customFields !== undefined || change.reporterIds !== undefined || description != null;
  return isOpen ? undefined : true;
}

function isSameWord(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}

/** Some vendors know days only. */
function dayOf(date: Date | null): string {
  return date?.toISOString().slice(0, 10) ?? "";
}
