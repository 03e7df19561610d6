import { VendorError, type Fault } from "../../domain/errors.js";
import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import type { CreateParts } from "./create-parts.js";
import { createdEach, isBulkAnswer, refOf, type Created } from "./outcomes.js";
import { prepare, type Prepared } from "./prepare.js";
import { moveAfterwards, type MovableDraft } from "./status-afterwards.js";
import { CreatedIssue, CreatedIssues } from "./wire.js";

/**
 * Creates issues and gives one outcome each, in order. What Jira's own screens would refuse is refused before it is sent.
 * Throws VendorError where the reason concerns all of them: then nothing was sent, or nobody knows what was done.
 */
export async function createIssues(
  parts: CreateParts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const prepared = await Promise.all(drafts.map((draft) => prepare(parts, draft, call)));
  const sendable = prepared.filter((one): one is Prepared => !(one instanceof VendorError));
  const created = new Map<Prepared, Created>();
  if (sendable.length > 0) {
    const answers = await send(parts, sendable, call);
    sendable.forEach((one, n) => created.set(one, answers[n] as Created));
  } else {
    const [first] = prepared;
    if (prepared.every((one) => one instanceof VendorError && !OF_ONE_DRAFT.has(one.code))) throw first;
  }
  return Promise.all(
    prepared.map(async (one): Promise<Outcome<TicketRef>> => {
      if (one instanceof VendorError) return { state: "rejected", error: one };
      const made = created.get(one) as Created;
      if (!made.issue) return { state: made.isKnown ? "rejected" : "unknown", error: made.error };
      return finish(parts, one, made.issue, call);
    }),
  );
}

/** Refusals that one draft can cause; the others (credentials, limits, outages) are the connection's. */
const OF_ONE_DRAFT: ReadonlySet<string> = new Set(["INVALID", "NOT_FOUND", "FORBIDDEN"]);

async function send({ http }: CreateParts, prepared: readonly Prepared[], call: Call): Promise<readonly Created[]> {
  const updates = prepared.map(({ update }) => update);
  if (updates.length === 1) {
    const issue = await http.send(
      {
        operation: "issue.create",
        kind: "write",
        method: "POST",
        path: ["rest", "api", "3", "issue"],
        body: updates[0],
        parse: (body) => CreatedIssue.parse(body),
      },
      call,
    );
    return [{ issue }];
  }
  return http.send(
    {
      operation: "issue.bulk",
      kind: "write",
      method: "POST",
      path: ["rest", "api", "3", "issue", "bulk"],
      body: { issueUpdates: updates },
      // When every element fails the status is 400, with the same body as when only some do.
      accept: (status, body) => (status >= 200 && status < 300) || (status === 400 && isBulkAnswer(body)),
      parse: (body) => createdEach(updates.length, CreatedIssues.parse(body)),
    },
    call,
  );
}

/** Sees to the status of an issue that was made. Whatever happens here, the issue stays made. */
async function finish(
  { site, moves }: CreateParts,
  { draft, update, isThere }: Prepared,
  issue: CreatedIssue,
  call: Call,
): Promise<Outcome<TicketRef>> {
  const value = refOf(issue, site);
  const moved = issue.transition?.status;
  const hasMoved = moved != null && moved >= 200 && moved < 300;
  if (!isMovable(draft) || isThere || hasMoved) return { state: "done", value };
  try {
    const isUnmoved = update.transition === undefined || moved != null;
    const fault = await moveAfterwards(moves, draft, { id: issue.id, isUnmoved }, call);
    return { state: "done", value, ...(fault && { faults: [fault] }) };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { state: "done", value, faults: [notMoved(draft.status, error)] };
  }
}

function isMovable(draft: TicketDraft): draft is MovableDraft {
  return draft.status !== undefined && draft.projectId !== null && draft.typeId !== null;
}

function notMoved(status: string, { code, message, sent }: VendorError): Fault {
  const what = sent === "no" ? "its status could not be set" : "it is not certain that its status was set";
  return { code, message: `The ticket was created, but ${what} to "${status}": ${message}`, path: ["status"] };
}
