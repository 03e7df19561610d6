import { VendorError } from "../../domain/errors.js";
import type { TicketDraft } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { CreateParts } from "./create-parts.js";
import { issueUpdateOf, type IssueUpdate } from "./draft.js";
import { isSameStatus } from "./transitions.js";
import { judged } from "../judged.js";
import { noSuch, wrong } from "../wrong.js";

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
    const update = await judged(metadata, async (known) => {
      const issue = issueUpdateOf(draft, await known.fields(projectId, typeId, call), site);
      if (status !== undefined) mustHave(await known.statuses(projectId, typeId, call), status);
      return issue;
    });
    if (status === undefined) return { draft, update, isThere: false };
    const { transitionId: id, isFirst = false } = await moves.to(projectId, typeId, status, call);
    return { draft, update: id === undefined ? update : { ...update, transition: { id } }, isThere: isFirst };
  } catch (error) {
    // Only reads were made so far, so nothing was written whatever they say of themselves.
    if (error instanceof VendorError) return new VendorError(error, "no", error.info);
    throw error;
  }
}

/** Throws VendorError INVALID for a status that this type hasn't; a site may hide what there is, then Jira itself is the judge. */
function mustHave(statuses: readonly string[], wanted: string): void {
  if (statuses.length === 0 || statuses.some((name) => isSameStatus(name, wanted))) return;
  throw noSuch(["status"], `This type has no status "${wanted}" here.`, wanted, statuses);
}
