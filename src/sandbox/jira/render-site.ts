import type { JsonObject } from "../json.js";
import type { Person } from "./site/people.js";
import type { Priority } from "./site/priorities.js";
import type { IssueType, Project } from "./site/projects.js";
import type { Status } from "./site/statuses.js";

const API = "/rest/api/3";

/** Pictures of a thing, by size. */
function pictures(base: string, path: string): JsonObject {
  return Object.fromEntries(["48x48", "24x24", "16x16", "32x32"].map((size) => [size, `${base}${path}?size=${size}`]));
}

/** A user as other things mention it; the e-mail address only where its owner lets it be seen. */
export function renderPerson(base: string, person: Person): JsonObject {
  return {
    self: `${base}${API}/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    ...(!person.hidesEmail && { emailAddress: person.email }),
    avatarUrls: pictures(base, `/secure/useravatar/${encodeURIComponent(person.accountId)}`),
    displayName: person.name,
    active: person.active,
    timeZone: person.timeZone,
    accountType: person.accountType,
  };
}

/** A user as the user endpoints tell it: as mentioned, and its language. */
export function renderUser(base: string, person: Person): JsonObject {
  return { ...renderPerson(base, person), locale: "en_US" };
}

export function renderProject(base: string, project: Project): JsonObject {
  return {
    self: `${base}${API}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.kind,
    simplified: false,
    avatarUrls: pictures(base, `${API}/universal_avatar/view/type/project/avatar/${project.id}`),
  };
}

export function renderType(base: string, type: IssueType): JsonObject {
  return {
    self: `${base}${API}/issuetype/${type.id}`,
    id: type.id,
    description: type.description,
    iconUrl: `${base}${API}/universal_avatar/view/type/issuetype/avatar/${type.id}?size=medium`,
    name: type.name,
    subtask: type.subtask,
    avatarId: 10_300 + Number(type.id) - 10_000,
    hierarchyLevel: type.hierarchyLevel,
  };
}

export function renderStatus(base: string, status: Status): JsonObject {
  const { category } = status;
  return {
    self: `${base}${API}/status/${status.id}`,
    description: status.description,
    iconUrl: `${base}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: renderCategory(base, category),
  };
}

export function renderCategory(base: string, category: Status["category"]): JsonObject {
  return { self: `${base}${API}/statuscategory/${category.id}`, ...category };
}

/** A priority as issues mention it. */
export function renderPriority(base: string, priority: Priority): JsonObject {
  return {
    self: `${base}${API}/priority/${priority.id}`,
    iconUrl: `${base}/images/icons/priorities/${priority.name.toLowerCase()}.svg`,
    name: priority.name,
    id: priority.id,
  };
}
