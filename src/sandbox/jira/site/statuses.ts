/** What a status means, in the vendor's three categories. */
interface StatusCategory {
  readonly id: number;
  readonly key: "new" | "indeterminate" | "done";
  readonly name: string;
  readonly colorName: string;
}
export interface Status {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: StatusCategory;
}

/** As every Jira site has them: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/ */
export const CATEGORIES: readonly StatusCategory[] = [
  { id: 2, key: "new", name: "To Do", colorName: "blue-gray" },
  { id: 4, key: "indeterminate", name: "In Progress", colorName: "yellow" },
  { id: 3, key: "done", name: "Done", colorName: "green" },
];
const [TODO, DOING, FINISHED] = CATEGORIES as [StatusCategory, StatusCategory, StatusCategory];

export const TO_DO: Status = { id: "10000", name: "To Do", description: "Nobody works on this yet.", category: TODO };
export const IN_PROGRESS: Status = {
  id: "3",
  name: "In Progress",
  description: "Somebody works on this now.",
  category: DOING,
};
export const IN_REVIEW: Status = {
  id: "10001",
  name: "In Review",
  description: "A second pair of eyes is looking.",
  category: DOING,
};
export const DONE: Status = { id: "10002", name: "Done", description: "Nothing is left to do.", category: FINISHED };
export const STATUSES: readonly Status[] = [TO_DO, IN_PROGRESS, IN_REVIEW, DONE];

const byId = new Map(STATUSES.map((status) => [status.id, status]));

/** The status with this id, which an issue is known to have. */
export function statusOf(id: string): Status {
  return byId.get(id) ?? TO_DO;
}
