import { z } from "zod";

/**
 * The shapes of Jira's answers, as far as they are used: unknown fields may be there, and what may be missing may be missing.
 * Those of issues leave unknown fields out, since a page of them is large and copying it costs: the record is taken from the answer itself.
 */
export const WireUser = z.object({
  accountId: z.string(),
  displayName: z.string().nullish(),
  emailAddress: z.string().nullish(),
  active: z.boolean().nullish(),
  avatarUrls: z.object({ "48x48": z.string().nullish() }).nullish(),
});
export type WireUser = z.infer<typeof WireUser>;

export const WireProject = z.object({
  id: z.string(),
  key: z.string().nullish(),
  name: z.string().nullish(),
  projectTypeKey: z.string().nullish(),
});
export type WireProject = z.infer<typeof WireProject>;

export const WireIssueType = z.object({
  id: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  subtask: z.boolean().nullish(),
});
export type WireIssueType = z.infer<typeof WireIssueType>;

const WireStatus = z.object({
  name: z.string(),
  statusCategory: z.object({ key: z.string().nullish() }).nullish(),
});

/** What tickets are made of. */
export const WireFields = z.object({
  summary: z.string().nullish(),
  description: z.unknown().optional(),
  status: WireStatus.nullish(),
  statuscategorychangedate: z.string().nullish(),
  priority: z.object({ name: z.string().nullish() }).nullish(),
  issuetype: WireIssueType.nullish(),
  project: WireProject.nullish(),
  assignee: WireUser.nullish(),
  creator: WireUser.nullish(),
  reporter: WireUser.nullish(),
  parent: z.object({ id: z.string(), key: z.string().nullish() }).nullish(),
  labels: z.array(z.string()).nullish(),
  created: z.string().nullish(),
  updated: z.string().nullish(),
  duedate: z.string().nullish(),
  resolutiondate: z.string().nullish(),
});
export type WireFields = Partial<z.infer<typeof WireFields>>;

export const WireIssue = z.object({
  id: z.string(),
  key: z.string().nullish(),
  fields: WireFields.nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});
export type WireIssue = z.infer<typeof WireIssue>;

export const WireComment = z.looseObject({
  id: z.string(),
  self: z.string().nullish(),
  author: WireUser.nullish(),
  body: z.unknown().optional(),
  created: z.string().nullish(),
  updated: z.string().nullish(),
  properties: z
    .array(
      z.looseObject({
        key: z.string(),
        value: z
          .looseObject({ id: z.string().optional().catch(undefined) })
          .nullish()
          .catch(null),
      }),
    )
    .nullish(),
});
export type WireComment = z.infer<typeof WireComment>;
export const Comments = z.looseObject({ comments: z.array(WireComment), total: z.number().nullish() });
export type Comments = z.infer<typeof Comments>;
export const CommentsById = z.looseObject({ values: z.array(WireComment) });

export const WireAttachment = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: z.string().nullish(),
  mimeType: z.string().nullish(),
  size: z.number().nullish(),
  created: z.string().nullish(),
});
export type WireAttachment = z.infer<typeof WireAttachment>;
export const Attachments = z.array(WireAttachment);
export const IssueAttachments = z.looseObject({
  fields: z.looseObject({ attachment: Attachments.nullish() }).nullish(),
});

export const Issues = z.object({ issues: z.array(WireIssue) });
export const SearchResult = z.object({
  issues: z.array(WireIssue),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
});

const offsets = { startAt: z.number().nullish(), maxResults: z.number().nullish(), total: z.number().nullish() };
export const Projects = z.looseObject({ ...offsets, values: z.array(WireProject), isLast: z.boolean().nullish() });
export type Projects = z.infer<typeof Projects>;
export const UserPage = z.looseObject({ ...offsets, values: z.array(WireUser), isLast: z.boolean().nullish() });
export type UserPage = z.infer<typeof UserPage>;
export const Users = z.array(WireUser);
export type Users = z.infer<typeof Users>;
export const IssueTypes = z.array(WireIssueType);
export const CreateTypes = z.looseObject({ ...offsets, issueTypes: z.array(WireIssueType) });
export type CreateTypes = z.infer<typeof CreateTypes>;

const WireOption = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  name: z.string().nullish(),
  value: z.string().nullish(),
});
export const WireField = z.looseObject({
  fieldId: z.string(),
  name: z.string().nullish(),
  required: z.boolean().nullish(),
  hasDefaultValue: z.boolean().nullish(),
  defaultValue: z.unknown().optional(),
  schema: z
    .looseObject({ type: z.string().nullish(), items: z.string().nullish(), custom: z.string().nullish() })
    .nullish(),
  allowedValues: z.array(z.unknown()).nullish(),
});
export type WireField = z.infer<typeof WireField>;
export const CreateFields = z
  .looseObject({ ...offsets, fields: z.array(WireField).nullish(), results: z.array(WireField).nullish() })
  .transform((page) => ({ ...page, fields: page.fields ?? page.results ?? [] }));

/** An allowed value as far as it has an id and a name. */
export function optionOf(value: unknown): { readonly id: string; readonly name: string } | undefined {
  const { data } = WireOption.safeParse(value);
  const name = data?.value ?? data?.name;
  return data?.id == null || name == null ? undefined : { id: String(data.id), name };
}

export const ProjectStatuses = z.array(
  z.looseObject({ id: z.string(), statuses: z.array(z.looseObject({ name: z.string() })) }),
);

export const Transitions = z.looseObject({
  transitions: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string().nullish(),
      isGlobal: z.boolean().nullish(),
      isAvailable: z.boolean().nullish(),
      to: z.looseObject({
        name: z.string(),
        statusCategory: z.looseObject({ key: z.string().nullish() }).nullish(),
      }),
      fields: z
        .record(
          z.string(),
          z.looseObject({
            name: z.string().nullish(),
            required: z.boolean().nullish(),
            hasDefaultValue: z.boolean().nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

const ErrorCollection = z.looseObject({
  errorMessages: z.array(z.string()).nullish(),
  errors: z.record(z.string(), z.unknown()).nullish(),
});
export type ErrorCollection = z.infer<typeof ErrorCollection>;
export const AnyErrors = z.looseObject({
  errorMessages: z.array(z.string()).nullish(),
  errors: z.unknown().optional(),
  errorMessage: z.string().nullish(),
});

export const ListedErrors = z.array(z.looseObject({ message: z.string().nullish() }));

const NestedTransition = z.looseObject({ status: z.number().nullish(), errorCollection: ErrorCollection.nullish() });
export const CreatedIssue = z.looseObject({
  id: z.string(),
  key: z.string().nullish(),
  transition: NestedTransition.nullish(),
});
export type CreatedIssue = z.infer<typeof CreatedIssue>;
const FailedElement = z.looseObject({
  status: z.number().nullish(),
  elementErrors: ErrorCollection.nullish(),
  failedElementNumber: z.number().int(),
});
/** One of the two lists may be missing, but not both. */
export const CreatedIssues = z
  .looseObject({ issues: z.array(CreatedIssue).nullish(), errors: z.array(FailedElement).nullish() })
  .refine(({ issues, errors }) => issues != null || errors != null, { error: "has neither issues nor errors" })
  .transform(({ issues, errors }) => ({ issues: issues ?? [], errors: errors ?? [] }));
export type CreatedIssues = z.infer<typeof CreatedIssues>;

/** The answer to a bulk operation that was handed in. */
export const SubmittedTask = z.looseObject({ taskId: z.union([z.string().min(1), z.number()]).transform(String) });
export type SubmittedTask = z.infer<typeof SubmittedTask>;

/** How far a bulk operation is: the two lists come at its end. */
export const TaskProgress = z.looseObject({
  status: z.string(),
  processedAccessibleIssues: z.array(z.union([z.number(), z.string()])).nullish(),
  failedAccessibleIssues: z.record(z.string(), z.array(z.string())).nullish(),
});
export type TaskProgress = z.infer<typeof TaskProgress>;

export const Token = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive().default(3_600),
  refresh_token: z.string().optional(),
});
