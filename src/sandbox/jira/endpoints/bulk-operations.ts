import type { Answer, Request } from "../../answer.js";
import { isObject, isStrings } from "../../json.js";
import type { Deed, Task, Tasks } from "../bulk-tasks.js";
import { editedFields } from "../edited-fields.js";
import { editIssue } from "../edit-issue.js";
import type { Issue } from "../issue.js";
import type { JiraRoute, Site } from "../site.js";
import { INTEGRATION } from "../site/people.js";
import { screenOf, transitioned } from "../transition-issue.js";
import { projectOf } from "../site/projects.js";
import { waysFrom } from "../site/workflows.js";
import type { ErrorCollection } from "../words.js";

const MOST = 1_000;
/** Of the whole site: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/ */
const AT_ONCE = 5;

/** Many issues changed alike, by tasks that are asked after: https://developer.atlassian.com/cloud/jira/platform/bulk-operation-additional-examples-and-faqs/ */
export function bulkOperationRoutes(site: Site, tasks: Tasks): readonly JiraRoute[] {
  return [
    {
      name: "submitBulkEdit",
      method: "POST",
      path: "/rest/api/3/bulk/issues/fields",
      answer: (request) => submitEdit(site, tasks, request),
    },
    {
      name: "submitBulkTransition",
      method: "POST",
      path: "/rest/api/3/bulk/issues/transition",
      answer: (request) => submitTransition(site, tasks, request),
    },
    {
      name: "getBulkOperationProgress",
      method: "GET",
      path: "/rest/api/3/bulk/queue/{taskId}",
      answer({ params }) {
        const task = tasks.find(params.taskId ?? "");
        return task ? { status: 200, body: render(task) } : refuse(400, "There is no bulk operation of this id.");
      },
    },
  ];
}

function submitEdit(site: Site, tasks: Tasks, request: Request): Answer {
  const { selectedActions: actions, selectedIssueIdsOrKeys: ids, editedFieldsInput: input } = bodyOf(request);
  if (!isStrings(actions) || !isStrings(ids) || !isObject(input)) return refuse(400, "The request is not valid.");
  const fields = editedFields(input, actions);
  if (typeof fields === "string") return refuse(400, fields);
  return submit(site, tasks, request, ids, (issue) => editIssue(site, issue, { fields }));
}

function submitTransition(site: Site, tasks: Tasks, request: Request): Answer {
  const { bulkTransitionInputs: inputs } = bodyOf(request);
  const ways = new Map<string, string>();
  for (const input of Array.isArray(inputs) ? (inputs as unknown[]) : []) {
    const { transitionId, selectedIssueIdsOrKeys: ids } = isObject(input) ? input : {};
    if (typeof transitionId !== "string" || !isStrings(ids)) return refuse(400, "The request is not valid.");
    for (const id of ids) ways.set(id, transitionId);
  }
  return submit(site, tasks, request, [...ways.keys()], (issue, named) => move(site, issue, ways.get(named) ?? ""));
}

/** A transition with a screen is none for a bulk operation, whatever the issue holds. */
function move(
  { state, now }: Site,
  issue: Issue,
  id: string,
): { readonly issue: Issue } | { readonly errors: ErrorCollection } {
  const way = waysFrom(projectOf(issue.projectId).workflow, issue.statusId).find((one) => one.id === id);
  if (way && screenOf(way, issue).length > 0)
    return { errors: { errorMessages: ["The transition requires additional fields."], errors: {} } };
  return transitioned(issue, { transition: { id } }, state, now());
}

type Change = (issue: Issue, named: string) => { readonly issue: Issue } | { readonly errors: ErrorCollection };

function submit(site: Site, tasks: Tasks, { fault }: Request, ids: readonly string[], change: Change): Answer {
  if (ids.length === 0) return refuse(400, "At least one issue is required.");
  if (ids.length > MOST) return refuse(400, `At most ${MOST} issues can be changed at once; ${ids.length} were given.`);
  if (tasks.running() >= AT_ONCE) return refuse(429, `At most ${AT_ONCE} bulk operations can run at once.`);
  const deeds = ids.map((named): Deed => {
    const struck = fault?.kind === "partial" && site.random() < (fault.share ?? 0.5);
    const { id = 0 } = site.state.find(named) ?? {};
    return {
      issue: id,
      commit() {
        const issue = site.state.byId(id);
        if (!issue) return "missing";
        if (struck) return ["We couldn't change this work item."];
        const result = change(issue, named);
        if ("errors" in result) return [...result.errors.errorMessages, ...Object.values(result.errors.errors)];
        site.state.put(result.issue);
        return undefined;
      },
    };
  });
  return { status: 201, body: { taskId: tasks.start(deeds, fault?.kind === "dead-task") } };
}

/** The lists come at the end; while a task runs only its progress is told. */
function render({ id, status, created, total, processed, failed, missing }: Task): object {
  const isOver = status === "COMPLETE" || status === "DEAD";
  const at = processed.length + Object.keys(failed).length + missing;
  return {
    taskId: id,
    status,
    progressPercent: Math.floor((at / total) * 100),
    submittedBy: { accountId: INTEGRATION.accountId },
    created,
    ...(status !== "ENQUEUED" && { started: created, updated: created }),
    ...(isOver && {
      processedAccessibleIssues: processed,
      ...(Object.keys(failed).length > 0 && { failedAccessibleIssues: failed }),
      invalidOrInaccessibleIssueCount: missing,
      totalIssueCount: total,
    }),
  };
}

function bodyOf({ body }: Request): Readonly<Record<string, unknown>> {
  return isObject(body) ? body : {};
}

/** The form of errors that only the bulk operations have. */
function refuse(status: number, message: string): Answer {
  return { status, body: { errors: [{ message }] } };
}
