import type { Fault } from "../../domain/errors.js";
import type { TicketDraft, VendorId } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { isSameStatus, type NewTicketMoves } from "./transitions.js";

/** A draft that Jira has made a ticket of, and that asks for a status. */
export type MovableDraft = TicketDraft & {
  readonly projectId: VendorId;
  readonly typeId: VendorId;
  readonly status: string;
};

/** An issue that was just made; `isUnmoved` where it surely is still where its workflow begins. */
interface NewIssue {
  readonly id: VendorId;
  readonly isUnmoved: boolean;
}

/** Moves an issue that was just made into the status that was asked for; a fault when the workflow has no such way. Throws VendorError. */
export async function moveAfterwards(
  moves: NewTicketMoves,
  { projectId, typeId, status }: MovableDraft,
  { id: issueId, isUnmoved }: NewIssue,
  call: Call,
): Promise<Fault | undefined> {
  const leadsThere = ({ to }: { readonly to: string }): boolean => isSameStatus(to, status);
  let standing = await (isUnmoved ? moves.learn(projectId, typeId, issueId, call) : moves.look(issueId, call));
  const isOther = standing.issueId !== issueId;
  // What another new ticket of the kind can't do, this one perhaps can: some ways are open only under a condition.
  if (isOther && !isSameStatus(standing.status, status) && !standing.ways.some(leadsThere))
    standing = await moves.look(issueId, call);
  if (isSameStatus(standing.status, status)) return undefined;
  const way = standing.ways.find(leadsThere);
  if (way) {
    await moves.make(issueId, way.id, call);
    return undefined;
  }
  const reachable = [standing.status, ...standing.ways.map(({ to }) => to)];
  const message = `The ticket was created in the status "${standing.status}": its workflow has no way from there to "${status}".`;
  return { code: "INVALID", message, path: ["status"], allowedValues: [...new Set(reachable)] };
}
