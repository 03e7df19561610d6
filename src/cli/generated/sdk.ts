/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { type GraphQLClient, type RequestOptions } from 'graphql-request';
import type { DocumentNode } from 'graphql';
type GraphQLClientRequestHeaders = RequestOptions['requestHeaders'];
/** Tickets to be created. */
export type BulkCreateTicketsInput = {
  /** Where to create those that name no connection themselves. */
  connectionId?: string | number | null | undefined;
  /** A key for all of them: each ticket that has none of its own gets this one with its number. Defaults to the Idempotency-Key header. */
  idempotencyKey?: string | null | undefined;
  /** The tickets, in the order in which the results come: 1 to 50 at once, 1 to 10,000 in a job. */
  tickets: Array<CreateTicketInput>;
};

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

/** Exactly one: an issue type by id, by the vendor's id, or by its name in the project. */
export type IssueTypeRefInput =
  {   /** An id that this API gave. */
  id: string | number; name?: never; vendorId?: never; }
  |  { id?: never;   /** The name in the project, in any case: Bug. */
  name: string; vendorId?: never; }
  |  { id?: never; name?: never;   /** The vendor's own id. */
  vendorId: string; };

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

/** What only one vendor's creates take. */
export type VendorCreateInput =
  {   /** For a connection to Rezolve.ai. */
  rezolve: RezolveCreateInput; stackone?: never; }
  |  { rezolve?: never;   /** For a connection to StackOne. */
  stackone: StackOneCreateInput; };

export type ImportConnectionQueryVariables = Exact<{
  connectionId: string | number;
}>;


export type ImportConnectionQuery = { connection: { id: string, name: string, capabilities: { projectRequired: boolean, typeRequired: boolean } } | null };

export type ImportTypesQueryVariables = Exact<{
  connectionId: string | number;
  project: RefInput;
  after?: string | null | undefined;
}>;


export type ImportTypesQuery = { issueTypes: { nodes: Array<{ id: string, vendorId: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ImportCheckQueryVariables = Exact<{
  input: CreateTicketInput;
}>;


export type ImportCheckQuery = { validateTicket: { errors: Array<{ path: Array<string>, message: string }> } };

export type ImportStartMutationVariables = Exact<{
  input: BulkCreateTicketsInput;
}>;


export type ImportStartMutation = { startBulkCreateTickets: { job: { id: string } | null, errors: Array<{ code: TicketErrorCode, message: string, path: Array<string> }> } };

export type ImportJobQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportJobQuery = { bulkJob: { state: BulkJobState, succeeded: number, failed: number, pending: number, finishedAt: string | null } | null };

export type ImportResultsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type ImportResultsQuery = { bulkJob: { results: { nodes: Array<{ requestIndex: number, vendorTicketId: string | null, ticket: { key: string | null, url: string | null } | null, errors: Array<{ code: TicketErrorCode, message: string }>, delivery: { idempotencyKey: string, state: DeliveryState } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };


export const ImportConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projectRequired"}},{"kind":"Field","name":{"kind":"Name","value":"typeRequired"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ImportTypesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportTypes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"project"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueTypes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"connectionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionId"}}},{"kind":"Argument","name":{"kind":"Name","value":"project"},"value":{"kind":"Variable","name":{"kind":"Name","value":"project"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ImportCheckDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportCheck"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"validateTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ImportStartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportStart"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkCreateTicketsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startBulkCreateTickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ImportJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]} as unknown as DocumentNode;
export const ImportResultsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportResults"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestIndex"}},{"kind":"Field","name":{"kind":"Name","value":"vendorTicketId"}},{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode;

export type SdkFunctionWrapper = <T>(action: (requestHeaders?:Record<string, string>) => Promise<T>, operationName: string, operationType?: string, variables?: any) => Promise<T>;


const defaultWrapper: SdkFunctionWrapper = (action, _operationName, _operationType, _variables) => action();

export function getSdk(client: GraphQLClient, withWrapper: SdkFunctionWrapper = defaultWrapper) {
  return {
    ImportConnection(variables: ImportConnectionQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportConnectionQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportConnectionQuery>({ document: ImportConnectionDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportConnection', 'query', variables);
    },
    ImportTypes(variables: ImportTypesQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportTypesQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportTypesQuery>({ document: ImportTypesDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportTypes', 'query', variables);
    },
    ImportCheck(variables: ImportCheckQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportCheckQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportCheckQuery>({ document: ImportCheckDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportCheck', 'query', variables);
    },
    ImportStart(variables: ImportStartMutationVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportStartMutation> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportStartMutation>({ document: ImportStartDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportStart', 'mutation', variables);
    },
    ImportJob(variables: ImportJobQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportJobQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportJobQuery>({ document: ImportJobDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportJob', 'query', variables);
    },
    ImportResults(variables: ImportResultsQueryVariables, requestHeaders?: GraphQLClientRequestHeaders, signal?: RequestInit['signal']): Promise<ImportResultsQuery> {
      return withWrapper((wrappedRequestHeaders) => client.request<ImportResultsQuery>({ document: ImportResultsDocument, variables, requestHeaders: { ...requestHeaders, ...wrappedRequestHeaders }, signal }), 'ImportResults', 'query', variables);
    }
  };
}
export type Sdk = ReturnType<typeof getSdk>;