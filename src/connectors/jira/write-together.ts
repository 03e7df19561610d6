import { VendorError } from "../../domain/errors.js";
import type { TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { beforehand } from "../beforehand.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { openMemory } from "../memory.js";
import type { NotDone } from "./bulk-progress.js";
import { planSteps } from "./plan-change.js";
import type { Planned, UpdateParts } from "./update-parts.js";
import { notMoved, refOf, writeChange } from "./write-change.js";

type Outcomes = ReadonlyMap<VendorId, Outcome<TicketRef>>;

/** What makes planned changes go together: the same new values and the same goal; undefined for one that can only go alone. */
export function wordOf({ fields, edit, goal, steps }: Planned): string | undefined {
  // A bulk transition fills no screen.
  const isPlain = steps.every(({ screen }) => screen.size === 0);
  const isNothing = Object.keys(fields).length + steps.length === 0;
  return edit && isPlain && !isNothing ? JSON.stringify([edit, goal]) : undefined;
}

/**
 * Writes changes of the same values, one for each ticket, by Jira's bulk operations: the fields of all of them, then each step
 * of all that make one. What an operation refuses goes alone, and is told as what goes alone is; where nobody knows what an
 * operation did, the outcome is unknown. Throws nothing but what isn't a vendor's failure.
 */
export async function writeTogether(parts: UpdateParts, changes: readonly Planned[], call: Call): Promise<Outcomes> {
  const { bulk } = parts;
  const outcomes = new Map<VendorId, Outcome<TicketRef>>();
  const settle = ({ ticket }: Planned, outcome: Outcome<TicketRef>): unknown => outcomes.set(ticket.vendorId, outcome);
  /** Those that the operation changed go on; those that it surely didn't go alone. */
  const sort = async (some: readonly Planned[], hop: number, taken: boolean, errors: NotDone): Promise<Planned[]> => {
    const refused: Planned[] = [];
    const goOn: Planned[] = [];
    for (const one of some) {
      const error = errors.get(one.ticket.vendorId);
      if (!error) goOn.push(one);
      else if (error.sent === "no") refused.push(one);
      else settle(one, failed(error));
    }
    await Promise.all(refused.map(async (one) => settle(one, await writeAlone(parts, one, hop, taken, call))));
    return goOn;
  };

  let going = changes;
  const { edit } = changes[0] ?? {};
  const isEdited = edit !== undefined && edit.selectedActions.length > 0;
  if (isEdited) going = await sort(going, 0, false, await bulk.edit(idsOf(going), edit, call));
  for (let hop = 0; going.length > 0; hop += 1) {
    for (const one of going) if (one.steps.length <= hop) settle(one, { state: "done", value: refOf(one.ticket) });
    going = going.filter(({ steps }) => steps.length > hop);
    const taken = isEdited || hop > 0;
    if (going.length < bulk.least()) {
      await Promise.all(going.map(async (one) => settle(one, await writeAlone(parts, one, hop, taken, call))));
      break;
    }
    const moves = going.map(({ ticket, steps }) => ({
      issueId: ticket.vendorId,
      transitionId: steps[hop]?.id ?? "",
    }));
    going = await sort(going, hop, taken, await bulk.move(moves, call));
  }
  return outcomes;
}

/**
 * Writes what is left of a change after `hop` steps, by a way that is the ticket's own: the one it shared may not be open to it.
 * `taken` says that a part of it was written before.
 */
export async function writeAlone(
  parts: UpdateParts,
  { ticket, fields, goal, steps }: Planned,
  hop: number,
  taken: boolean,
  call: Call,
): Promise<Outcome<TicketRef>> {
  const at = steps[hop - 1];
  const now = at ? { ...ticket, status: at.to, statusCategory: at.category } : ticket;
  const left = taken ? {} : fields;
  try {
    const planning = { once: openMemory({ ttlMs: 1_000, max: 10 }), isShared: false };
    const own = goal
      ? await beforehand(() => planSteps(parts, { ticket: now, fields: left, goal }, planning, call))
      : [];
    return await writeChange(parts, { ticket, fields: left, steps: own }, call, taken);
  } catch (error) {
    if (!(error instanceof VendorError) || error.sent === "maybe" || !taken) return failed(error);
    const to = goal && "status" in goal ? goal.status : (steps.at(-1)?.to ?? "");
    return { state: "done", value: refOf(ticket), faults: [notMoved(to, error)] };
  }
}

function idsOf(changes: readonly Planned[]): readonly VendorId[] {
  return changes.map(({ ticket }) => ticket.vendorId);
}
