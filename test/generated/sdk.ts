/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { type GraphQLClient, type RequestOptions } from 'graphql-request';
import type { DocumentNode } from 'graphql';
type GraphQLClientRequestHeaders = RequestOptions['requestHeaders'];
/** Something to be said on a ticket. */
export type AddCommentInput = {
  /** What is to be said. */
  body: string;
  /** Where the ticket is. Defaults to the X-Connection-Id header, then to the key's own, then to the only connection there is. */
  connectionId?: string | number | null | undefined;
  /** How the body is written. */
  format?: TextFormat;
  /** The same key and comment again gives the same comment again, never a second one. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** Which ticket: by id, or by the key that people read. */
  ticket: RefInput;
};

/** Tickets to be created. */
export type BulkCreateTicketsInput = {
  /** Where to create those that name no connection themselves. */
  connectionId?: string | number | null | undefined;
  /** A key for all of them: each ticket that has none of its own gets this one with its number. Defaults to the Idempotency-Key header. */
  idempotencyKey?: string | null | undefined;
  /** The tickets, in the order in which the results come: 1 to 50 at once, 1 to 10,000 in a job. */
  tickets: Array<CreateTicketInput>;
};

/** What a job does. */
export type BulkJobKind =
  /** It creates tickets. */
  | 'CREATE'
  /** It changes tickets. */
  | 'UPDATE';

/** How a job goes. */
export type BulkJobState =
  /** Somebody stopped it. */
  | 'CANCELLED'
  /** Every ticket has been settled. */
  | 'DONE'
  /** The vendor is away; it goes on by itself when the vendor is back. */
  | 'PAUSED'
  /** It waits for a worker. */
  | 'QUEUED'
  /** It is being worked on. */
  | 'RUNNING';

/** How a vendor takes many tickets at once. */
export type BulkMode =
  /** In one call that makes all of them or none. */
  | 'ALL_OR_NOTHING'
  /** One by one; the gateway sends them at the vendor's pace. */
  | 'FAN_OUT'
  /** In one call, with an answer for each. */
  | 'NATIVE'
  /** In one call that starts a job at the vendor. */
  | 'NATIVE_ASYNC';

/** Tickets to be changed, each to its own values. */
export type BulkUpdateTicketsInput = {
  /** Where those are that name no connection themselves. */
  connectionId?: string | number | null | undefined;
  /** A key for all of them: each change that has none of its own gets this one with its number. Defaults to the Idempotency-Key header. */
  idempotencyKey?: string | null | undefined;
  /** The changes, in the order in which the results come: 1 to 50 at once, 1 to 10,000 in a job. */
  tickets: Array<UpdateTicketInput>;
};

/** What the last calls told of a connection. */
export type ConnectionState =
  /** It answers, or hasn't been asked yet. */
  | 'ACTIVE'
  /** The vendor refused the credentials. */
  | 'UNAUTHORIZED'
  /** The vendor didn't answer, or answered that it is down. */
  | 'UNREACHABLE';

/** A ticket to be created. What is left out is left to the vendor. */
export type CreateTicketInput = {
  /** Who is to work on it. */
  assignees?: Array<RefInput> | null | undefined;
  /** Where to create it. Defaults to the X-Connection-Id header, then to the key's own, then to the only connection there is. */
  connectionId?: string | number | null | undefined;
  /** The vendor's own fields as an object, by field id or by the name that people read (see `IssueType.fields`). */
  customFields?: unknown;
  /** The long text. */
  description?: string | null | undefined;
  /** How the description is written. */
  descriptionFormat?: TextFormat;
  /** When it is due; vendors that know days only keep the day in UTC. */
  dueDate?: string | null | undefined;
  /** The same key and ticket again gives the same answer again, never a second ticket. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** Tracking identifier of the caller's; generated as project-type-hash when absent. */
  identifier?: string | null | undefined;
  /** The title. */
  name: string;
  /** The ticket that it is a part of. */
  parent?: RefInput | null | undefined;
  /** The vendor's word for the priority. */
  priority?: string | null | undefined;
  /** Required unless the vendor has no projects. */
  project?: RefInput | null | undefined;
  /** Who it is created for. */
  reporters?: Array<RefInput> | null | undefined;
  /** The vendor's word for the status to create it in; see `capabilities.statusAtCreation`. */
  status?: string | null | undefined;
  /** Free words: Jira's labels. */
  tags?: Array<string> | null | undefined;
  /** Required unless the vendor has no issue types. */
  type?: IssueTypeRefInput | null | undefined;
  /** What only the connection's vendor takes; another vendor's fields are refused. */
  vendor?: VendorCreateInput | null | undefined;
};

/** From a moment on, up to another; either may be left out. */
export type DateTimeRange = {
  /** The first moment that belongs to it. */
  from?: string | null | undefined;
  /** The first moment that doesn't any more. */
  to?: string | null | undefined;
};

/** What is promised of one create when an answer is lost on the way. */
export type DeliveryGuarantee =
  /** The gateway never sends again by itself; an unknown outcome goes to a person. */
  | 'AT_MOST_ONCE'
  /** The gateway finds the ticket of a lost answer by its marker, and sends again only what surely was not made. */
  | 'EFFECTIVELY_ONCE'
  /** The vendor itself refuses the second one. */
  | 'EXACTLY_ONCE';

/** How far a write is. */
export type DeliveryState =
  /** The vendor has the ticket. */
  | 'DELIVERED'
  /** The gateway couldn't find out: a person has to look, and settle it by `resolveDelivery`. */
  | 'NEEDS_REVIEW'
  /** It is under way; ask for it by its key in a while. */
  | 'PENDING'
  /** No ticket was made, surely; the errors say why. */
  | 'REJECTED'
  /** The answer was lost; the gateway is looking for the ticket. */
  | 'UNKNOWN';

/** What a field holds. */
export type FieldType =
  /** Files. */
  | 'ATTACHMENT'
  /** True or false. */
  | 'BOOLEAN'
  /** A day: 2026-03-01. */
  | 'DATE'
  /** A moment: 2026-03-01T09:30:00Z. */
  | 'DATETIME'
  /** A number. */
  | 'NUMBER'
  /** One of the allowed values. */
  | 'OPTION'
  /** Several of the allowed values. */
  | 'OPTIONS'
  /** Something that only the vendor knows; see the vendor's documentation. */
  | 'OTHER'
  /** Text with markup; give it as Markdown. */
  | 'RICH_TEXT'
  /** A line of text. */
  | 'TEXT'
  /** Another ticket. */
  | 'TICKET'
  /** A user. */
  | 'USER';

/** Exactly one: an issue type by id, by the vendor's id, or by its name in the project. */
export type IssueTypeRefInput =
  {   /** An id that this API gave. */
  id: string | number; name?: never; vendorId?: never; }
  |  { id?: never;   /** The name in the project, in any case: Bug. */
  name: string; vendorId?: never; }
  |  { id?: never; name?: never;   /** The vendor's own id. */
  vendorId: string; };

/** Which end comes first. */
export type OrderDirection =
  /** The smallest, the oldest. */
  | 'ASC'
  /** The largest, the latest. */
  | 'DESC';

/** The common meaning of a priority. */
export type PriorityLevel =
  /** Above the usual. */
  | 'HIGH'
  /** Before everything else. */
  | 'HIGHEST'
  /** Below the usual. */
  | 'LOW'
  /** When there is nothing else to do. */
  | 'LOWEST'
  /** The usual. */
  | 'MEDIUM';

/** Exactly one: the id of this API, or the vendor's own id or key. */
export type RefInput =
  {   /** An id that this API gave. */
  id: string | number; vendorId?: never; }
  |  { id?: never;   /** The vendor's own id, or the key that people read (PLAT, PLAT-42). */
  vendorId: string; };

/** Which of Rezolve's catalogs is meant. */
export type RezolveCatalogType =
  /** What agents are offered. */
  | 'AGENT'
  /** The ticket templates. */
  | 'TEMPLATE'
  /** What users are offered. */
  | 'USER';

/** What only Rezolve.ai takes when a ticket is created. */
export type RezolveCreateInput = {
  /** The catalog that the offer is from. */
  catalogType?: RezolveCatalogType;
  /** The service catalog's offer, which must be one of the type's: see the field offerId among `IssueType.fields`. */
  offerId: string;
  /** A parent or related ticket, in Rezolve's own form: its `ticketRelation`. */
  relation?: unknown;
  /** Whether it is told to be a support request. */
  supportRequest?: boolean | null | undefined;
};

/** The language that `searchTickets` takes. */
export type SearchLanguage =
  /** ServiceNow's encoded query. */
  | 'ENCODED_QUERY'
  /** GitHub's search syntax. */
  | 'GITHUB'
  /** Jira Query Language: project = PLAT AND status = "To Do". */
  | 'JQL'
  /** Words. */
  | 'TEXT'
  /** Request Tracker's TicketSQL: Queue = 'Hardware' AND Status = 'open'. */
  | 'TICKET_SQL'
  /** Zendesk's search syntax. */
  | 'ZENDESK';

/** What only StackOne takes when a ticket is created. */
export type StackOneCreateInput = {
  /** Ids of the collections that it belongs to: what older accounts have in place of projects. */
  collections?: Array<string> | null | undefined;
  /** Ids or names of the project's components that it is about. */
  componentIds?: Array<string> | null | undefined;
  /** StackOne's id of the user in whose name it is created. */
  creatorId?: string | null | undefined;
  /** StackOne's id of the organization that it is for. */
  organizationId?: string | null | undefined;
  /** The id of the priority at the system behind StackOne. */
  priorityId?: string | null | undefined;
  /** What the priority means; told from its word where that is one of StackOne's own. */
  priorityLevel?: PriorityLevel | null | undefined;
};

/** The common meaning of a status. */
export type StatusCategory =
  /** Finished, whatever the end was. */
  | 'DONE'
  /** Somebody is at it, or it waits on the way. */
  | 'IN_PROGRESS'
  /** Nobody has begun. */
  | 'TODO'
  /** The vendor's word has no common meaning; `status` holds it. */
  | 'UNKNOWN';

/** What a run of a sync is for. */
export type SyncMode =
  /** What changed since the last run. */
  | 'CHANGES'
  /** Every ticket; what is gone at the vendor is taken out. */
  | 'FULL';

/** What the sync of a connection is at. */
export type SyncStatus =
  /** The last run broke off; `error` says why. */
  | 'FAILED'
  /** The last run saw everything that it was for. */
  | 'IDLE'
  /** Nobody has asked for it yet. */
  | 'NEVER'
  /** It begins as soon as a worker is free. */
  | 'QUEUED'
  /** Tickets are being read. */
  | 'RUNNING';

/** How a rich text is written. */
export type TextFormat =
  /** The Atlassian Document Format, as JSON text. Only Atlassian's vendors know it. */
  | 'ADF'
  /** HTML, free of scripts when it is read. */
  | 'HTML'
  /** GitHub-flavoured Markdown. */
  | 'MARKDOWN'
  /** Text without any markup. */
  | 'PLAIN';

/** Why a ticket was not written, or not written whole. */
export type TicketErrorCode =
  /** Somebody else changed the same thing at the same time. */
  | 'CONFLICT'
  /** The connection's account may not do this at the vendor. */
  | 'FORBIDDEN'
  /** The gateway's own database is away; nothing was sent. */
  | 'GATEWAY_UNAVAILABLE'
  /** The idempotency key was used for another ticket; nothing was sent. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The input is wrong; nothing was sent. */
  | 'INVALID_INPUT'
  /** Something that the input names doesn't exist, or may not be seen. */
  | 'NOT_FOUND'
  /** The ticket may or may not have been written: look before you send it again. */
  | 'OUTCOME_UNKNOWN'
  /** The vendor can't do this; see the connection's capabilities. */
  | 'UNSUPPORTED'
  /** The vendor's answer could not be read. */
  | 'VENDOR_BAD_RESPONSE'
  /** The vendor takes no more at the moment; nothing was written. */
  | 'VENDOR_RATE_LIMITED'
  /** The vendor refused the values, in the message's words. */
  | 'VENDOR_REJECTED'
  /** The vendor refused the connection's credentials. */
  | 'VENDOR_UNAUTHORIZED'
  /** The vendor couldn't be reached; nothing was written. */
  | 'VENDOR_UNAVAILABLE';

/** Which synced tickets are wanted: all that is given must fit, and of several values any. */
export type TicketFilter = {
  /** Assigned to one of these users, by the ids of this API. */
  assigneeIds?: Array<string | number> | null | undefined;
  /** Of these connections. */
  connectionIds?: Array<string | number> | null | undefined;
  /** Created within this time. */
  createdAt?: DateTimeRange | null | undefined;
  /** With this tracking identifier. */
  identifier?: string | null | undefined;
  /** With a priority of these meanings. */
  priorityLevels?: Array<PriorityLevel> | null | undefined;
  /** In these projects, by the ids of this API. */
  projectIds?: Array<string | number> | null | undefined;
  /** With a status of these meanings. */
  statusCategories?: Array<StatusCategory> | null | undefined;
  /** With one of these statuses, in the vendor's own words. */
  statuses?: Array<string> | null | undefined;
  /** With any of these words. */
  tags?: Array<string> | null | undefined;
  /** Words in name, key and description: printer "third floor" -scanner, either or. */
  text?: string | null | undefined;
  /** Last changed within this time. */
  updatedAt?: DateTimeRange | null | undefined;
  /** Of these vendors. */
  vendors?: Array<Vendor> | null | undefined;
};

/** In which order synced tickets come. */
export type TicketOrder = {
  /** Which end comes first. */
  direction: OrderDirection;
  /** By what. */
  field: TicketOrderField;
};

/** By what synced tickets are ordered. */
export type TicketOrderField =
  /** When they were created. */
  | 'CREATED_AT'
  /** By their common priority; those that have none are the lowest. */
  | 'PRIORITY'
  /** When they were last changed. */
  | 'UPDATED_AT';

/** A ticket to be changed: what is left out is left alone, null clears. What a vendor can't change is refused by its place before any call. */
export type UpdateTicketInput = {
  /** Who is to work on it, and nobody else; an empty list, or null, for nobody. */
  assignees?: Array<RefInput> | null | undefined;
  /** Where the ticket is. Defaults to the X-Connection-Id header, then to the key's own, then to the only connection there is. */
  connectionId?: string | number | null | undefined;
  /** The vendor's own fields as an object, by field id or name; a field that isn't named is left alone. */
  customFields?: unknown;
  /** The long text; null takes it away. */
  description?: string | null | undefined;
  /** How the description is written. */
  descriptionFormat?: TextFormat;
  /** When it is due; null for never. */
  dueDate?: string | null | undefined;
  /** The same key and change again gives the same answer again, and changes nothing twice. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days. */
  idempotencyKey?: string | null | undefined;
  /** The title. */
  name?: string | null | undefined;
  /** The ticket that it is a part of; null takes it out. */
  parent?: RefInput | null | undefined;
  /** The vendor's word for the priority; null clears it. */
  priority?: string | null | undefined;
  /** `Ticket.revision` as you know it: a change that somebody else made since is not overwritten, but told as CONFLICT. */
  revision?: string | null | undefined;
  /** The vendor's word for the status; where there is a workflow, the gateway finds the steps that lead to it. */
  status?: string | null | undefined;
  /** Instead of a status: whichever means this. */
  statusCategory?: StatusCategory | null | undefined;
  /** All of its free words; an empty list, or null, for none. */
  tags?: Array<string> | null | undefined;
  /** Which ticket: by id, or by the key that people read. */
  ticket: RefInput;
};

/** A ticketing system that the gateway speaks to. */
export type Vendor =
  /** Jira Cloud. */
  | 'JIRA'
  /** Leen. */
  | 'LEEN'
  /** Request Tracker. */
  | 'REQUEST_TRACKER'
  /** Rezolve.ai. */
  | 'REZOLVE'
  /** StackOne. */
  | 'STACKONE';

/** What only one vendor's creates take. */
export type VendorCreateInput =
  {   /** For a connection to Rezolve.ai. */
  rezolve: RezolveCreateInput; stackone?: never; }
  |  { rezolve?: never;   /** For a connection to StackOne. */
  stackone: StackOneCreateInput; };

export type AddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type AddCommentMutation = { addComment: { comment: { id: string, body: string, author: { name: string } | null } | null, errors: Array<{ code: TicketErrorCode, message: string, path: Array<string> }>, delivery: { state: DeliveryState, guarantee: DeliveryGuarantee, idempotencyKey: string } } };

export type BulkCreateTicketsMutationVariables = Exact<{
  input: BulkCreateTicketsInput;
}>;


export type BulkCreateTicketsMutation = { bulkCreateTickets: { total: number, succeeded: number, failed: number, pending: number, results: Array<{ requestIndex: number, success: boolean, identifier: string | null, ticketId: string | null, vendorTicketId: string | null, errors: Array<{ code: TicketErrorCode, message: string, path: Array<string>, allowedValues: Array<string>, retryable: boolean }>, delivery: { idempotencyKey: string, state: DeliveryState } }> } };

export type BulkJobsQueryVariables = Exact<{ [key: string]: never; }>;


export type BulkJobsQuery = { bulkJobs: { nodes: Array<{ id: string, state: BulkJobState, total: number, succeeded: number, failed: number, pending: number, estimatedFinishAt: string | null, results: { nodes: Array<{ requestIndex: number, identifier: string | null, errors: Array<{ code: TicketErrorCode, message: string, path: Array<string>, allowedValues: Array<string> }>, delivery: { state: DeliveryState, idempotencyKey: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }> } };

export type BulkUpdateTicketsMutationVariables = Exact<{
  input: BulkUpdateTicketsInput;
}>;


export type BulkUpdateTicketsMutation = { bulkUpdateTickets: { total: number, succeeded: number, failed: number, pending: number, results: Array<{ requestIndex: number, success: boolean, ticket: { key: string | null, status: string } | null, errors: Array<{ code: TicketErrorCode, path: Array<string>, message: string }> }> } };

export type ConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectionsQuery = { viewer: { tenantId: string, name: string, scopes: Array<string> }, connections: Array<{ id: string, name: string, vendor: Vendor, state: ConnectionState, capabilities: { createTicket: boolean, statusAtCreation: boolean, bulkCreate: BulkMode, bulkCreateMax: number, search: SearchLanguage | null, guarantee: DeliveryGuarantee, richText: TextFormat, fieldDiscovery: boolean }, projects: { nodes: Array<{ id: string, key: string | null, name: string }> } | null }> };

export type CreateFormQueryVariables = Exact<{
  project: RefInput;
  connectionId?: string | number | null | undefined;
}>;


export type CreateFormQuery = { issueTypes: { nodes: Array<{ id: string, name: string, subtask: boolean, fields: Array<{ id: string, name: string, type: FieldType, required: boolean, allowedValues: Array<{ vendorId: string, name: string }> }> }> }, assignableUsers: { nodes: Array<{ id: string, name: string, avatarUrl: string | null }> } };

export type CreateTicketMutationVariables = Exact<{
  input: CreateTicketInput;
}>;


export type CreateTicketMutation = { createTicket: { ticket: { id: string, key: string | null, url: string | null, name: string, status: string, identifier: string | null } | null, errors: Array<{ code: TicketErrorCode, message: string, path: Array<string>, allowedValues: Array<string>, retryable: boolean }>, delivery: { idempotencyKey: string, state: DeliveryState, guarantee: DeliveryGuarantee } } };

export type NeedsReviewQueryVariables = Exact<{ [key: string]: never; }>;


export type NeedsReviewQuery = { deliveries: { nodes: Array<{ idempotencyKey: string, attempts: number, createdAt: string, connection: { id: string }, errors: Array<{ message: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SearchTicketsQueryVariables = Exact<{
  query: string;
  connectionId?: string | number | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type SearchTicketsQuery = { searchTickets: { nodes: Array<{ id: string, key: string | null, name: string, status: string, statusCategory: StatusCategory, priorityLevel: PriorityLevel | null, updatedAt: string | null, project: { key: string | null, name: string } | null, type: { name: string } | null, assignees: Array<{ name: string, email: string | null }>, parent: { key: string | null, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StartBulkCreateTicketsMutationVariables = Exact<{
  input: BulkCreateTicketsInput;
}>;


export type StartBulkCreateTicketsMutation = { startBulkCreateTickets: { job: { id: string, state: BulkJobState, total: number } | null, errors: Array<{ code: TicketErrorCode, path: Array<string>, message: string }> } };

export type StartBulkUpdateTicketsMutationVariables = Exact<{
  input: BulkUpdateTicketsInput;
}>;


export type StartBulkUpdateTicketsMutation = { startBulkUpdateTickets: { job: { id: string, kind: BulkJobKind, state: BulkJobState, total: number } | null, errors: Array<{ code: TicketErrorCode, path: Array<string>, message: string }> } };

export type SyncConnectionMutationVariables = Exact<{
  id: string | number;
  full?: boolean;
}>;


export type SyncConnectionMutation = { syncConnection: { lastSyncedAt: string | null, sync: { state: SyncStatus, mode: SyncMode | null, tickets: number, error: string | null } } };

export type TicketPartsQueryVariables = Exact<{
  id: string | number;
}>;


export type TicketPartsQuery = { ticket: { key: string | null, comments: { nodes: Array<{ body: string, createdAt: string | null, author: { name: string } | null }> } | null, attachments: Array<{ name: string, mediaType: string | null, size: number | null, url: string }> | null, children: { nodes: Array<{ key: string | null, name: string, status: string }> } | null } | null };

export type TicketQueryVariables = Exact<{
  id: string | number;
}>;


export type TicketQuery = { ticket: { id: string, key: string | null, identifier: string | null, name: string, description: string | null, status: string, statusCategory: StatusCategory, priority: string | null, priorityLevel: PriorityLevel | null, tags: Array<string>, active: boolean, url: string | null, createdAt: string | null, updatedAt: string | null, dueDate: string | null, closedAt: string | null, plain: string | null, createdBy: { name: string } | null, reporters: Array<{ name: string }>, assignees: Array<{ id: string, name: string }>, vendorAttributes: { vendor: Vendor, id: string, type: string | null, data: unknown } } | null };

export type TicketsQueryVariables = Exact<{
  filter?: TicketFilter | null | undefined;
  orderBy?: TicketOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type TicketsQuery = { tickets: { nodes: Array<{ id: string, key: string | null, name: string, status: string, syncedAt: string | null, connection: { name: string }, project: { name: string } | null, assignees: Array<{ name: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UpdateTicketMutationVariables = Exact<{
  input: UpdateTicketInput;
}>;


export type UpdateTicketMutation = { updateTicket: { ticket: { id: string, key: string | null, status: string, statusCategory: StatusCategory, revision: string | null } | null, errors: Array<{ code: TicketErrorCode, path: Array<string>, message: string, allowedValues: Array<string>, retryable: boolean }>, delivery: { idempotencyKey: string, state: DeliveryState } } };

export type ValidateTicketQueryVariables = Exact<{
  input: CreateTicketInput;
}>;


export type ValidateTicketQuery = { validateTicket: { valid: boolean, errors: Array<{ code: TicketErrorCode, path: Array<string>, message: string, allowedValues: Array<string> }> } };

export type NodesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Attachment', id: string }
    | { __typename: 'BulkJob', id: string }
    | { __typename: 'Comment', id: string }
    | { __typename: 'IssueType', id: string }
    | { __typename: 'Project', id: string }
    | { __typename: 'Ticket', id: string }
    | { __typename: 'User', id: string }
    | { __typename: 'VendorConnection', id: string }
   | null> };

export type ProjectsQueryVariables = Exact<{
  query?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
  connectionId?: string | number | null | undefined;
}>;


export type ProjectsQuery = { projects: { totalCount: number | null, nodes: Array<{ id: string, vendorId: string, key: string | null, name: string, url: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };


export const AddCommentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddComment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddCommentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addComment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"comment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"guarantee"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}}]}}]}}]}}]} as unknown as DocumentNode;
export const BulkCreateTicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BulkCreateTickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkCreateTicketsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkCreateTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestIndex"}},{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","name":{"kind":"Name","value":"identifier"}},{"kind":"Field","name":{"kind":"Name","value":"ticketId"}},{"kind":"Field","name":{"kind":"Name","value":"vendorTicketId"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const BulkJobsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BulkJobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedFinishAt"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"failedOnly"},"value":{"kind":"BooleanValue","value":true}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestIndex"}},{"kind":"Field","name":{"kind":"Name","value":"identifier"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const BulkUpdateTicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BulkUpdateTickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkUpdateTicketsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkUpdateTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestIndex"}},{"kind":"Field","name":{"kind":"Name","value":"success"}},{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const ConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tenantId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTicket"}},{"kind":"Field","name":{"kind":"Name","value":"statusAtCreation"}},{"kind":"Field","name":{"kind":"Name","value":"bulkCreate"}},{"kind":"Field","name":{"kind":"Name","value":"bulkCreateMax"}},{"kind":"Field","name":{"kind":"Name","value":"search"}},{"kind":"Field","name":{"kind":"Name","value":"guarantee"}},{"kind":"Field","name":{"kind":"Name","value":"richText"}},{"kind":"Field","name":{"kind":"Name","value":"fieldDiscovery"}}]}},{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const CreateFormDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CreateForm"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"project"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueTypes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"project"},"value":{"kind":"Variable","name":{"kind":"Name","value":"project"}}},{"kind":"Argument","name":{"kind":"Name","value":"connectionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"subtask"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"project"},"value":{"kind":"Variable","name":{"kind":"Name","value":"project"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignableUsers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"project"},"value":{"kind":"Variable","name":{"kind":"Name","value":"project"}}},{"kind":"Argument","name":{"kind":"Name","value":"connectionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}}]}}]}}]}}]} as unknown as DocumentNode;
export const CreateTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"identifier"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"guarantee"}}]}}]}}]}}]} as unknown as DocumentNode;
export const NeedsReviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NeedsReview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"state"},"value":{"kind":"EnumValue","value":"NEEDS_REVIEW"}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const SearchTicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchTickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"connectionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusCategory"}},{"kind":"Field","name":{"kind":"Name","value":"priorityLevel"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"type"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"parent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const StartBulkCreateTicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartBulkCreateTickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkCreateTicketsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startBulkCreateTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode;
export const StartBulkUpdateTicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartBulkUpdateTickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkUpdateTicketsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startBulkUpdateTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode;
export const SyncConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SyncConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"full"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}},"defaultValue":{"kind":"BooleanValue","value":false}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"full"},"value":{"kind":"Variable","name":{"kind":"Name","value":"full"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lastSyncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sync"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"tickets"}},{"kind":"Field","name":{"kind":"Name","value":"error"}}]}}]}}]}}]} as unknown as DocumentNode;
export const TicketPartsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TicketParts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"comments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mediaType"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"children"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const TicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Ticket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"identifier"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","alias":{"kind":"Name","value":"plain"},"name":{"kind":"Name","value":"description"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"format"},"value":{"kind":"EnumValue","value":"PLAIN"}}]},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusCategory"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"priorityLevel"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueDate"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reporters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"vendorAttributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"data"}}]}}]}}]}}]} as unknown as DocumentNode;
export const TicketsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Tickets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TicketFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TicketOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"syncedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const UpdateTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"statusCategory"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ValidateTicketDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ValidateTicket"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"validateTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"valid"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"allowedValues"}}]}}]}}]}}]} as unknown as DocumentNode;
export const NodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Nodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode;
export const ProjectsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Projects"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"connectionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode;

export type SdkFunctionWrapper = <T>(action: (requestHeaders?:Record<string, string>) => Promise<T>, operationName: string, operationType?: string, variables?: any) => Promise<T>;


const defaultWrapper: SdkFunctionWrapper = (action, _operationName, _operationType, _variables) => action();

export function getSdk(client: GraphQLClient, withWrapper: SdkFunctionWrapper = defaultWrapper) {
  return {
    AddComment(variables: AddCommentMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<AddCommentMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<AddCommentMutation>({ document: AddCommentDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'AddComment', 'mutation', variables);
    },
    BulkCreateTickets(variables: BulkCreateTicketsMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<BulkCreateTicketsMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<BulkCreateTicketsMutation>({ document: BulkCreateTicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'BulkCreateTickets', 'mutation', variables);
    },
    BulkJobs(variables?: BulkJobsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<BulkJobsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<BulkJobsQuery>({ document: BulkJobsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'BulkJobs', 'query', variables);
    },
    BulkUpdateTickets(variables: BulkUpdateTicketsMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<BulkUpdateTicketsMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<BulkUpdateTicketsMutation>({ document: BulkUpdateTicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'BulkUpdateTickets', 'mutation', variables);
    },
    Connections(variables?: ConnectionsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ConnectionsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ConnectionsQuery>({ document: ConnectionsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Connections', 'query', variables);
    },
    CreateForm(variables: CreateFormQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<CreateFormQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<CreateFormQuery>({ document: CreateFormDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'CreateForm', 'query', variables);
    },
    CreateTicket(variables: CreateTicketMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<CreateTicketMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<CreateTicketMutation>({ document: CreateTicketDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'CreateTicket', 'mutation', variables);
    },
    NeedsReview(variables?: NeedsReviewQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<NeedsReviewQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<NeedsReviewQuery>({ document: NeedsReviewDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'NeedsReview', 'query', variables);
    },
    SearchTickets(variables: SearchTicketsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<SearchTicketsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<SearchTicketsQuery>({ document: SearchTicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'SearchTickets', 'query', variables);
    },
    StartBulkCreateTickets(variables: StartBulkCreateTicketsMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<StartBulkCreateTicketsMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<StartBulkCreateTicketsMutation>({ document: StartBulkCreateTicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'StartBulkCreateTickets', 'mutation', variables);
    },
    StartBulkUpdateTickets(variables: StartBulkUpdateTicketsMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<StartBulkUpdateTicketsMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<StartBulkUpdateTicketsMutation>({ document: StartBulkUpdateTicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'StartBulkUpdateTickets', 'mutation', variables);
    },
    SyncConnection(variables: SyncConnectionMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<SyncConnectionMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<SyncConnectionMutation>({ document: SyncConnectionDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'SyncConnection', 'mutation', variables);
    },
    TicketParts(variables: TicketPartsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TicketPartsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TicketPartsQuery>({ document: TicketPartsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'TicketParts', 'query', variables);
    },
    Ticket(variables: TicketQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TicketQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TicketQuery>({ document: TicketDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Ticket', 'query', variables);
    },
    Tickets(variables?: TicketsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<TicketsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<TicketsQuery>({ document: TicketsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Tickets', 'query', variables);
    },
    UpdateTicket(variables: UpdateTicketMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<UpdateTicketMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<UpdateTicketMutation>({ document: UpdateTicketDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'UpdateTicket', 'mutation', variables);
    },
    ValidateTicket(variables: ValidateTicketQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ValidateTicketQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ValidateTicketQuery>({ document: ValidateTicketDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ValidateTicket', 'query', variables);
    },
    Nodes(variables: NodesQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<NodesQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<NodesQuery>({ document: NodesDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Nodes', 'query', variables);
    },
    Projects(variables?: ProjectsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ProjectsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ProjectsQuery>({ document: ProjectsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'Projects', 'query', variables);
    }
  };
}
export type Sdk = ReturnType<typeof getSdk>;