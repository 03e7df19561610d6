import { documentOf } from "./adf.js";
import type { IssueContent } from "./issue.js";
import { DEFAULT_PRIORITY, PRIORITIES } from "./site/priorities.js";
import { INTEGRATION, PEOPLE } from "./site/people.js";
import { findProject, type IssueType, type Project } from "./site/projects.js";
import { DONE } from "./site/statuses.js";
import type { JiraState } from "./state.js";
import { OPERATIONS } from "./stories/operations.js";
import { ordinary } from "./stories/ordinary.js";
import { PLATFORM } from "./stories/platform.js";
import type { Story } from "./stories/story.js";
import { SUPPORT } from "./stories/support.js";

const STORIES = [...PLATFORM, ...SUPPORT, ...OPERATIONS];
const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5, 8, 0);
const ACTIVE = PEOPLE.filter(({ active }) => active);

/** Fills an empty site with the same issues each time: the told stories, then as many ordinary ones as it takes to reach `count`. */
export function seed(state: JiraState, count: number): void {
  STORIES.slice(0, count).forEach((story, index) => add(state, story, index));
  for (let index = STORIES.length; index < count; index += 1) add(state, ordinary(index), index);
}

/** How many issues a site has unless told. */
export const USUAL_COUNT = 130;

function add(state: JiraState, story: Story, index: number): void {
  const project = findProject(story.project) as Project;
  const type = project.types.find(({ name }) => name === story.type) as IssueType;
  const created = BEGIN + index * 5 * HOUR + (index % 7) * 660_000;
  const status = project.workflow.statuses.find(({ name }) => name === story.status) ?? project.workflow.initial;
  const updated = created + ((index * 37) % 90) * HOUR;
  const parent = story.parent === undefined ? undefined : state.find(story.parent);
  const content: IssueContent = {
    summary: story.summary,
    description: story.description === undefined ? null : documentOf(story.description),
    priorityId: (PRIORITIES.find(({ name }) => name === story.priority) ?? DEFAULT_PRIORITY).id,
    assigneeId:
      story.assignee === undefined
        ? null
        : (PEOPLE.find(({ email }) => email.startsWith(`${story.assignee}@`))?.accountId ?? null),
    reporterId: (ACTIVE[(index * 5 + 1) % ACTIVE.length] ?? INTEGRATION).accountId,
    labels: [...(story.labels ?? [])].sort(),
    parentId: parent?.id ?? null,
    dueDate: story.due ?? null,
    typeId: type.id,
    custom: story.custom ?? {},
  };
  state.add(project.id, content, {
    statusId: status.id,
    creatorId: (ACTIVE[(index * 3 + 2) % ACTIVE.length] ?? INTEGRATION).accountId,
    created,
    updated,
    statusChanged: status === project.workflow.initial ? created : updated,
    resolved: status === DONE ? updated : null,
    properties: {},
    comments: (story.comments ?? []).map((text, at) => ({
      id: state.nextCommentId(),
      authorId: (ACTIVE[(index + at) % ACTIVE.length] ?? INTEGRATION).accountId,
      body: documentOf(text),
      created: Math.min(updated, created + (at + 1) * HOUR),
      properties: {},
    })),
    attachments: [],
  });
}
