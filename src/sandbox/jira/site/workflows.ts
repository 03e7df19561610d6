import { DONE, IN_PROGRESS, IN_REVIEW, TO_DO, type Status } from "./statuses.js";

/** A way from one status to another, or from any. */
export interface Transition {
  readonly id: string;
  readonly name: string;
  /** Undefined where it leads from everywhere: a global transition. */
  readonly from?: Status;
  readonly to: Status;
  /** The fields on its screen that must be filled, where the type has them. */
  readonly needs: readonly string[];
}

/** Issues begin in `initial`. */
export interface Workflow {
  readonly initial: Status;
  readonly statuses: readonly Status[];
  readonly transitions: readonly Transition[];
}

function go(id: string, name: string, from: Status | undefined, to: Status, needs: readonly string[] = []): Transition {
  return { id, name, to, needs, ...(from && { from }) };
}

/** From everywhere to everywhere. */
export const FREE: Workflow = {
  initial: TO_DO,
  statuses: [TO_DO, IN_PROGRESS, IN_REVIEW, DONE],
  transitions: [
    go("11", "To Do", undefined, TO_DO),
    go("21", "In Progress", undefined, IN_PROGRESS),
    go("31", "In Review", undefined, IN_REVIEW),
    go("41", "Done", undefined, DONE),
  ],
};

/** One step after the other, and a way back. */
export const STRICT: Workflow = {
  initial: TO_DO,
  statuses: [TO_DO, IN_PROGRESS, IN_REVIEW, DONE],
  transitions: [
    go("111", "Start work", TO_DO, IN_PROGRESS),
    go("121", "Ask for review", IN_PROGRESS, IN_REVIEW),
    go("131", "Approve", IN_REVIEW, DONE),
    go("141", "Stop work", IN_PROGRESS, TO_DO),
    go("151", "Reopen", DONE, TO_DO),
  ],
};

/** Global, but whoever resolves an incident must say why it happened. */
export const INCIDENTS: Workflow = {
  initial: TO_DO,
  statuses: [TO_DO, IN_PROGRESS, DONE],
  transitions: [
    go("211", "Put back", undefined, TO_DO),
    go("221", "Investigate", undefined, IN_PROGRESS),
    go("231", "Resolve", undefined, DONE, ["customfield_10012"]),
  ],
};

/** The transitions that lead out of a status. */
export function waysFrom(workflow: Workflow, statusId: string): readonly Transition[] {
  return workflow.transitions.filter(({ from }) => from === undefined || from.id === statusId);
}
