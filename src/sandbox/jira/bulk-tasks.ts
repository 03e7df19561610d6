/** How far a task is: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/ */
type TaskStatus = "ENQUEUED" | "RUNNING" | "COMPLETE" | "DEAD";

/** A bulk operation that was taken: it changes one issue after the other while time goes by, whether anybody asks or not. */
export interface Task {
  readonly id: string;
  readonly created: number;
  readonly status: TaskStatus;
  readonly total: number;
  readonly processed: readonly number[];
  /** Why, by issue. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  /** How many of the issues aren't there. */
  readonly missing: number;
}

/** What is to be done to one issue: nothing is said where it was done, "missing" where there is no such issue, else why not. */
export interface Deed {
  readonly issue: number;
  readonly commit: () => "missing" | readonly string[] | undefined;
}

/** The tasks of a site. */
export interface Tasks {
  /** `dies`: half of the issues are done, and it is DEAD from then on. */
  start(deeds: readonly Deed[], dies: boolean): string;
  find(id: string): Task | undefined;
  /** Does what is due by now; called before each request, so that nobody sees a task late. */
  advance(): void;
  /** How many haven't ended. */
  running(): number;
  /** How long tasks take that are started from now on, in milliseconds. */
  setDuration(ms: number): void;
  clear(): void;
}

interface Open extends Task {
  status: TaskStatus;
  missing: number;
  readonly processed: number[];
  readonly failed: Record<string, readonly string[]>;
  readonly deeds: readonly Deed[];
  readonly last: number;
  readonly durationMs: number;
  next: number;
}

/** Of its time a task spends this much in the queue. */
const QUEUED = 0.2;

export function openTasks(now: () => number, firstMs: number): Tasks {
  const tasks = new Map<string, Open>();
  let durationMs = firstMs;
  let lastId = 10_640;
  const isOpen = ({ status }: Open): boolean => status === "ENQUEUED" || status === "RUNNING";
  return {
    start(deeds, dies) {
      const id = String((lastId += 1));
      const last = dies ? Math.ceil(deeds.length / 2) : deeds.length;
      const fresh = { processed: [], failed: {}, missing: 0, next: 0, status: "ENQUEUED" } as const;
      tasks.set(id, {
        ...fresh,
        processed: [],
        failed: {},
        id,
        created: now(),
        total: deeds.length,
        deeds,
        last,
        durationMs,
      });
      return id;
    },
    find: (id) => tasks.get(id),
    advance() {
      for (const task of tasks.values()) if (isOpen(task)) move(task, now());
    },
    running: () => [...tasks.values()].filter(isOpen).length,
    setDuration: (ms) => void (durationMs = ms),
    clear: () => tasks.clear(),
  };
}

function move(task: Open, now: number): void {
  const share = task.durationMs === 0 ? 1 : (now - task.created) / task.durationMs;
  if (share < QUEUED) return;
  task.status = "RUNNING";
  const due = Math.min(task.last, Math.floor(((share - QUEUED) / (1 - QUEUED)) * task.deeds.length));
  for (; task.next < due; task.next += 1) {
    const { issue, commit } = task.deeds[task.next] as Deed;
    const refused = commit();
    if (refused === undefined) task.processed.push(issue);
    else if (refused === "missing") task.missing += 1;
    else task.failed[String(issue)] = refused;
  }
  if (share >= 1) task.status = task.last < task.deeds.length ? "DEAD" : "COMPLETE";
}
