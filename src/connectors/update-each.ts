import { nameOfField, type ChangeField } from "../domain/change-rules.js";
import { VendorError, type Fault } from "../domain/errors.js";
import type { TicketChange, TicketRef } from "../domain/ticket.js";
import { oneEach } from "./batch.js";
import type { ChangeLimits } from "./capabilities.js";
import type { Outcome } from "./connector.js";
import { failed } from "./failed.js";

type Rejected = Extract<Outcome<TicketRef>, { readonly state: "rejected" | "unknown" }>;
type Update = (changes: readonly TicketChange[]) => Promise<readonly Outcome<TicketRef>[]>;

/**
 * Sends the changes that `refuse` lets through; a call that fails as a whole is the outcome of each of them. Several changes of
 * one ticket go one after another, in their order: side by side, chance would say which of them is the last.
 */
export async function updateEach(
  changes: readonly TicketChange[],
  refuse: (change: TicketChange) => Rejected | undefined,
  update: Update,
): Promise<readonly Outcome<TicketRef>[]> {
  const refused = changes.map(refuse);
  const outcomes: Outcome<TicketRef>[] = refused.map((one) => one as Outcome<TicketRef>);
  for (const round of rounds(changes, (n) => refused[n] === undefined)) {
    const answers = await attempt(
      update,
      round.map((n) => changes[n] as TicketChange),
    );
    round.forEach((n, at) => (outcomes[n] = answers[at] as Outcome<TicketRef>));
  }
  return outcomes;
}

/** The places of changes in as few rounds as there are changes of one ticket. */
function rounds(changes: readonly TicketChange[], isIn: (n: number) => boolean): readonly (readonly number[])[] {
  const all: number[][] = [];
  const counts = new Map<string, number>();
  changes.forEach(({ ticketId }, n) => {
    if (!isIn(n)) return;
    const round = counts.get(ticketId) ?? 0;
    counts.set(ticketId, round + 1);
    (all[round] ??= []).push(n);
  });
  return all;
}

async function attempt(update: Update, changes: readonly TicketChange[]): Promise<readonly Outcome<TicketRef>[]> {
  try {
    return oneEach(changes, await update(changes));
  } catch (error) {
    return changes.map(() => failed(error));
  }
}

/** A change without the revision that this vendor demands. */
export function noRevision(vendor: string): Fault {
  const message = `${vendor} changes a ticket only for who knows it as it is. Give the ticket's revision.`;
  return { code: "INVALID", message, path: ["revision"] };
}

/** What can be said against a change without asking the vendor; undefined when nothing can. */
export function refusedChange(
  { ticketId: _, revision, ...parts }: TicketChange,
  limits: ChangeLimits | null,
  vendor: string,
): Rejected | undefined {
  const given = Object.keys(parts) as ChangeField[];
  const faults: Fault[] = given
    .filter((field) => parts[field] !== undefined && !limits?.fields.includes(field))
    .map((field) => {
      const name = nameOfField(field);
      return { code: "UNSUPPORTED", message: `${vendor} can't change a ticket's ${name}. Leave it out.`, path: [name] };
    });
  if (limits?.revision === "required" && revision === undefined) {
    faults.push(noRevision(vendor));
  }
  const [first, ...also] = faults;
  return first && { state: "rejected", error: new VendorError(first, "no"), ...(also.length > 0 && { also }) };
}
