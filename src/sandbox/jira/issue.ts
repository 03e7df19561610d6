/** A document in Atlassian's format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface Document {
  readonly type: "doc";
  readonly version: 1;
  readonly content: readonly unknown[];
}

export interface Comment {
  readonly id: number;
  readonly authorId: string;
  readonly body: Document;
  readonly created: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A file of an issue. */
export interface Attachment {
  readonly id: number;
  readonly authorId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly created: number;
}

/** What somebody can write into an issue. Never changed: a changed issue is a new one, so that the index can lag. */
export interface IssueContent {
  readonly summary: string;
  readonly description: Document | null;
  readonly priorityId: string;
  readonly assigneeId: string | null;
  readonly reporterId: string;
  readonly labels: readonly string[];
  readonly parentId: number | null;
  /** yyyy-MM-dd */
  readonly dueDate: string | null;
  readonly typeId: string;
  /** By field id, as it is stored: an option's id, a number, a text, a document, a time in milliseconds. */
  readonly custom: Readonly<Record<string, unknown>>;
}

/** An issue as the site holds it; times in milliseconds since 1970. */
export interface Issue extends IssueContent {
  readonly id: number;
  readonly key: string;
  readonly projectId: string;
  readonly statusId: string;
  readonly creatorId: string;
  readonly created: number;
  readonly updated: number;
  readonly statusChanged: number;
  readonly resolved: number | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly comments: readonly Comment[];
  readonly attachments: readonly Attachment[];
}
