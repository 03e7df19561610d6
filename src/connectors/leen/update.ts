import type { VendorError } from "../../domain/errors.js";
import type { StatusCategory, TicketChange, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { chunks } from "../batch.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { written } from "../rich-text.js";
import { hinted } from "../hinted.js";
import { wrong } from "../wrong.js";
import { PRIORITIES, STATUSES } from "./fields.js";
import type { LeenParts } from "./endpoints.js";
import { runJob } from "./job.js";
import { isLeenId, ticketOf } from "./map.js";
import { JobStarted, WireTicket } from "./wire.js";

/** https://docs.leen.dev/api-reference/itsm/update-ticket-bulk: 1 to 50 tickets, the same values for all. */
const TICKETS_A_JOB = 50;
/** What is to change, in Leen's words. */
type Values = Readonly<Record<string, unknown>>;

/** Changes tickets: those that get the same values go together through one of Leen's jobs, the others alone. */
export async function updateTickets(
  parts: LeenParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const outcomes = new Map<number, Outcome<TicketRef>>();
  const groups = new Map<string, { readonly values: Values; readonly members: number[] }>();
  changes.forEach((change, index) => {
    try {
      const values = valuesOf(change);
      const name = JSON.stringify(values);
      const group = groups.get(name) ?? { values, members: [] };
      group.members.push(index);
      groups.set(name, group);
    } catch (error) {
      outcomes.set(index, failed(error));
    }
  });
  const idOf = (index: number): string => (changes[index] as TicketChange).ticketId;
  const alone = async (index: number, values: Values): Promise<void> => {
    try {
      const now = await updateOne(parts, idOf(index), values, call);
      outcomes.set(index, { state: "done", value: now ? refOf(now) : { vendorId: idOf(index), key: null, url: null } });
    } catch (error) {
      outcomes.set(index, failed(hintedBy(changes[index] as TicketChange, error)));
    }
  };
  const together = async (members: readonly number[], values: Values): Promise<void> => {
    try {
      const errors = await updateMany(parts, members.map(idOf), values, call);
      members.forEach((index, n) => {
        const error = errors.get(n);
        outcomes.set(
          index,
          error
            ? failed(hintedBy(changes[index] as TicketChange, error))
            : { state: "done", value: { vendorId: idOf(index), key: null, url: null } },
        );
      });
    } catch (error) {
      for (const index of members) outcomes.set(index, failed(error));
    }
  };
  await Promise.all(
    [...groups.values()].flatMap(({ values, members }) =>
      chunks(members, TICKETS_A_JOB).map((some) =>
        some.length === 1 ? alone(some[0] as number, values) : together(some, values),
      ),
    ),
  );
  return changes.map((_, index) => outcomes.get(index) as Outcome<TicketRef>);
}

/** The ticket as it is then, where Leen answers with it. Throws VendorError. */
export function updateOne(parts: LeenParts, id: string, values: Values, call: Call): Promise<WireTicket | undefined> {
  return parts.http.send(
    {
      operation: "ticket.update",
      kind: "write",
      method: "PATCH",
      path: ["itsm", "tickets", id],
      body: values,
      parse: (body) => WireTicket.safeParse(body).data,
    },
    call,
  );
}

/** What went wrong, by the ticket's place; nothing where the job did all of it. Throws VendorError. */
async function updateMany(
  parts: LeenParts,
  ids: readonly string[],
  updates: Values,
  call: Call,
): Promise<ReadonlyMap<number, VendorError>> {
  const { job_id } = await parts.http.send(
    {
      operation: "ticket.bulkUpdate",
      kind: "write",
      method: "POST",
      path: ["itsm", "tickets", "bulk", "update"],
      body: { ticket_ids: ids, updates },
      parse: (body) => JobStarted.parse(body),
    },
    call,
  );
  return runJob(parts, job_id, ids.length, call);
}

/** What Leen refused of these words, with those that it is known to have. */
export function hintedBy(
  { status, priority }: Partial<Pick<TicketChange, "status" | "priority">>,
  error: unknown,
): unknown {
  return hinted(
    error,
    { path: "priority", word: priority, known: PRIORITIES },
    { path: "status", word: status, known: STATUSES, says: /status|transition/i },
  );
}

/** A word of Leen's for each meaning. */
const STATUS_OF: Record<StatusCategory, string | undefined> = {
  TODO: "TODO",
  IN_PROGRESS: "IN_PROGRESS",
  DONE: "RESOLVED",
  UNKNOWN: undefined,
};

function valuesOf(change: TicketChange): Values {
  const { ticketId, name, description, priority, assigneeIds } = change;
  const status = change.status ?? (change.statusCategory && STATUS_OF[change.statusCategory]);
  if (!isLeenId(ticketId))
    throw wrong(
      ["ticket"],
      `Leen knows "${ticketId}" only by the vendor's key, and changes tickets by its own id. After its next sync it has one.`,
    );
  const [assignee] = assigneeIds ?? [];
  if (assignee !== undefined && !isLeenId(assignee))
    throw wrong(["assignees"], "Leen changes assignees only to users that it has synced. Give the user's Leen id.");
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description: description && written(description, "MARKDOWN", "Leen") }),
    ...(status !== undefined && { status }),
    ...(priority !== undefined && { priority }),
    ...(assigneeIds !== undefined && { assigned_user_id: assignee ?? null }),
  };
}

function refOf(ticket: WireTicket): TicketRef {
  const { vendorId, key, url } = ticketOf(ticket);
  return { vendorId, key, url };
}
