import { VendorError } from "../../domain/errors.js";
import type { TicketDraft } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { CreateParts } from "./create-parts.js";
import { issueUpdateOf, type IssueUpdate } from "./draft.js";
import { isSameStatus } from "./transitions.js";
import { wrong } from "../wrong.js";

/** A draft in the words in which it is sent. */
export interface Prepared {
  readonly draft: TicketDraft;
  readonly update: IssueUpdate;
  /** Whether new tickets of this kind begin in the status that is asked for. */
  readonly isThere: boolean;
}

/** Checks a draft against what Jira says of its project and type, and puts it into Jira's words. Nothing is written. */
export async function prepare(
  { site, metadata, moves }: CreateParts,
  draft: TicketDraft,
  call: Call,
): Promise<Prepared | VendorError> {
  const { projectId, typeId, status } = draft;
  if (projectId === null) return wrong(["project"], "Jira's tickets are in projects. Give one.");
  if (typeId === null) return wrong(["type"], "Jira's tickets have an issue type. Give one.");
  try {
    const update = issueUpdateOf(draft, await metadata.fields(projectId, typeId, call), site);
    if (status === undefined) return { draft, update, isThere: false };
    const names = await metadata.statuses(projectId, typeId, call);
    // A site may hide what there is; then Jira itself is the judge.
    if (names.length > 0 && !names.some((name) => isSameStatus(name, status)))
      return wrong(["status"], `This type has no status "${status}" here. It has: ${names.join(", ")}.`, names);
    const { transitionId: id, isFirst = false } = await moves.to(projectId, typeId, status, call);
    return { draft, update: id === undefined ? update : { ...update, transition: { id } }, isThere: isFirst };
  } catch (error) {
    // Only reads were made so far, so nothing was written whatever they say of themselves.
    if (error instanceof VendorError) return new VendorError(error, "no", error.info);
    throw error;
  }
}
