import type { Fault } from "../../domain/errors.js";
import type { Ticket, TicketDraft } from "../../domain/ticket.js";

/** What Request Tracker left out of a ticket that it made, by comparing what was asked for with what is there. */
export function leftOut(draft: TicketDraft, ticket: Ticket | undefined): readonly Fault[] {
  if (!ticket) {
    const message =
      "The ticket was created, but the connection's account may not read it to see whether all of it took.";
    return [{ code: "FORBIDDEN", message }];
  }
  const faults: Fault[] = [];
  const compare = (path: readonly string[], wanted: string | undefined, found: string | null | undefined): void => {
    if (wanted === undefined || wanted.toLowerCase() === (found ?? "").toLowerCase()) return;
    const now = found ? `has "${found}"` : "has none";
    const message = `The ticket was created, but Request Tracker did not take "${wanted}" for ${path.join(".")}: it ${now}.`;
    faults.push({ code: "INVALID", message, path });
  };
  compare(["name"], draft.name, ticket.name);
  compare(["status"], draft.status, ticket.status);
  compare(["priority"], draft.priority, ticket.priority);
  compare(["assignees", "0"], draft.assigneeIds[0], ticket.assigneeIds[0]);
  draft.reporterIds.forEach((id, n) =>
    compare(
      ["reporters", String(n)],
      id,
      ticket.reporterIds.find((one) => one.toLowerCase() === id.toLowerCase()),
    ),
  );
  compare(["parent"], draft.parentId, ticket.parentId);
  compare(["dueDate"], seconds(draft.dueDate), seconds(ticket.dueDate));
  if (ticket.identifier !== null || draft.identifier === undefined)
    compare(["identifier"], draft.identifier, ticket.identifier);
  const custom = customFieldsOf(ticket);
  for (const [name, value] of Object.entries(draft.customFields)) {
    const found = custom.get(name.trim().toLowerCase());
    for (const one of Array.isArray(value) ? value : [value]) {
      const wanted = String(one).trim();
      const taken = found?.find((other) => other.toLowerCase() === wanted.toLowerCase());
      compare(["customFields", name], wanted, taken ?? found?.join(", "));
    }
  }
  return faults;
}

function seconds(date: Date | null | undefined): string | undefined {
  return date ? date.toISOString().slice(0, 19) : undefined;
}

function customFieldsOf({ data }: Ticket): ReadonlyMap<string, readonly string[]> {
  const fields = (data.CustomFields ?? []) as readonly {
    readonly id?: unknown;
    readonly name?: unknown;
    readonly values?: readonly unknown[];
  }[];
  return new Map(
    fields.flatMap(({ id, name, values }) => {
      const texts = (values ?? []).map(String);
      return [[String(name).toLowerCase(), texts] as const, [String(id), texts] as const];
    }),
  );
}
