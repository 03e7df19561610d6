import { PEOPLE, type Person } from "./people.js";
import { FREE, INCIDENTS, STRICT, type Workflow } from "./workflows.js";

/** A kind of issue. */
export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly subtask: boolean;
  /** Epic 1, standard 0, sub-task -1: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/ */
  readonly hierarchyLevel: number;
  /** The custom fields on its create screen. */
  readonly customFields: readonly string[];
  /** Those of them that must be filled. */
  readonly required: readonly string[];
}
export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "software" | "business" | "service_desk";
  readonly lead: Person;
  readonly types: readonly IssueType[];
  readonly workflow: Workflow;
}

const SEVERITY = "customfield_10010";
const POINTS = "customfield_10011";
const CAUSE = "customfield_10012";
const CUSTOMER = "customfield_10013";
const SERVICES = "customfield_10014";
const STARTED = "customfield_10015";

function type(id: string, name: string, description: string, more: Partial<IssueType> = {}): IssueType {
  return { id, name, description, subtask: false, hierarchyLevel: 0, customFields: [], required: [], ...more };
}

const EPIC = type("10000", "Epic", "A large piece of work.", { hierarchyLevel: 1, customFields: [CUSTOMER] });
const STORY = type("10001", "Story", "Something a user wants.", { customFields: [POINTS, CUSTOMER] });
const TASK = type("10002", "Task", "A small, distinct piece of work.", { customFields: [POINTS] });
const BUG = type("10003", "Bug", "A problem or error.", {
  customFields: [SEVERITY, POINTS, CAUSE, CUSTOMER, SERVICES],
});
const SUBTASK = type("10004", "Sub-task", "A part of a larger issue.", { subtask: true, hierarchyLevel: -1 });
const INCIDENT = type("10005", "Incident", "Something is broken for customers now.", {
  customFields: [SEVERITY, CAUSE, CUSTOMER, SERVICES, STARTED],
  required: [SEVERITY],
});
export const TYPES: readonly IssueType[] = [EPIC, STORY, TASK, BUG, SUBTASK, INCIDENT];

const [, mia, emma, alok] = PEOPLE as [Person, Person, Person, Person];

export const PROJECTS: readonly Project[] = [
  {
    id: "10000",
    key: "PLAT",
    name: "Platform",
    description: "What everything else stands on.",
    kind: "software",
    lead: mia,
    types: [EPIC, STORY, TASK, BUG, SUBTASK],
    workflow: FREE,
  },
  {
    id: "10001",
    key: "SUP",
    name: "Customer Support",
    description: "What customers ask for.",
    kind: "business",
    lead: emma,
    types: [TASK, BUG, SUBTASK],
    workflow: STRICT,
  },
  {
    id: "10002",
    key: "OPS",
    name: "Operations",
    description: "What must run, day and night.",
    kind: "service_desk",
    lead: alok,
    types: [TASK, INCIDENT, SUBTASK],
    workflow: INCIDENTS,
  },
];

/** The project with this id or key. */
export function findProject(idOrKey: string): Project | undefined {
  return PROJECTS.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase());
}

/** The project with this id, which an issue is known to be in. */
export function projectOf(id: string): Project {
  return projectsById.get(id) ?? (PROJECTS[0] as Project);
}

/** The type with this id, which an issue is known to have. */
export function typeOf(id: string): IssueType {
  return typesById.get(id) ?? TASK;
}

const projectsById = new Map(PROJECTS.map((project) => [project.id, project]));
const typesById = new Map(TYPES.map((one) => [one.id, one]));
