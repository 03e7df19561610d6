/** An issue as it is told here: people by the beginning of their e-mail address, other issues by key. */
export interface Story {
  readonly project: "PLAT" | "SUP" | "OPS";
  readonly type: string;
  readonly summary: string;
  readonly description?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly assignee?: string;
  readonly parent?: string;
  readonly labels?: readonly string[];
  readonly due?: string;
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly comments?: readonly string[];
}

/** The custom fields that stories fill. */
export const FIELD = {
  severity: "customfield_10010",
  points: "customfield_10011",
  cause: "customfield_10012",
  customer: "customfield_10013",
  services: "customfield_10014",
  started: "customfield_10015",
} as const;
