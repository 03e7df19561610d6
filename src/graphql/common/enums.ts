import { CHECK_STATES, CONNECTION_CHECKS } from "../../domain/connection-test.js";
import { registerEnumType } from "type-graphql";
import { BULK_MODES, SEARCH_LANGUAGES } from "../../connectors/capabilities.js";
import { API_KEY_SOURCES, API_KEY_STATES } from "../../domain/api-key.js";
import { BULK_JOB_KINDS, BULK_JOB_STATES } from "../../domain/bulk-job.js";
import { DELIVERY_GUARANTEES, DELIVERY_STATES } from "../../domain/delivery.js";
import type { ConnectionState as State } from "../../connectors/connection-state.js";
import { VENDORS } from "../../connectors/registry.js";
import { INPUT_ERROR_CODES } from "../../domain/input-error.js";
import { TEXT_FORMATS } from "../../domain/rich-text.js";
import { TICKET_ERROR_CODES } from "../../domain/ticket-error.js";
import { SYNC_MODES, SYNC_STATES } from "../../domain/sync.js";
import { ORDER_DIRECTIONS, TICKET_ORDER_FIELDS } from "../../domain/ticket-filter.js";
import { CHANGE_KINDS } from "../../domain/ticket-news.js";
import { FIELD_TYPES, PRIORITY_LEVELS, STATUS_CATEGORIES } from "../../domain/ticket.js";

/** An enum of the schema; each value must be described, or it doesn't compile. */
function schemaEnum<V extends string>(
  name: string,
  description: string,
  values: readonly V[],
  meaning: Record<V, string>,
): Record<V, V> {
  const words = Object.fromEntries(values.map((value) => [value, value])) as Record<V, V>;
  const valuesConfig = Object.fromEntries(values.map((value) => [value, { description: meaning[value] }]));
  registerEnumType(words, { name, description, valuesConfig: valuesConfig as Record<V, { description: string }> });
  return words;
}

export const Vendor = schemaEnum(
  "Vendor",
  "A ticketing system that the gateway speaks to.",
  VENDORS.map(({ label }) => label),
  Object.fromEntries(VENDORS.map(({ label, title }) => [label, `${title}.`])),
);

export const TextFormat = schemaEnum("TextFormat", "How a rich text is written.", TEXT_FORMATS, {
  PLAIN: "Text without any markup.",
  MARKDOWN: "GitHub-flavoured Markdown.",
  HTML: "HTML, free of scripts when it is read.",
  ADF: "The Atlassian Document Format, as JSON text. Only Atlassian's vendors know it.",
});

export const StatusCategory = schemaEnum("StatusCategory", "The common meaning of a status.", STATUS_CATEGORIES, {
  TODO: "Nobody has begun.",
  IN_PROGRESS: "Somebody is at it, or it waits on the way.",
  DONE: "Finished, whatever the end was.",
  UNKNOWN: "The vendor's word has no common meaning; `status` holds it.",
});

export const PriorityLevel = schemaEnum("PriorityLevel", "The common meaning of a priority.", PRIORITY_LEVELS, {
  LOWEST: "When there is nothing else to do.",
  LOW: "Below the usual.",
  MEDIUM: "The usual.",
  HIGH: "Above the usual.",
  HIGHEST: "Before everything else.",
});

export const FieldType = schemaEnum("FieldType", "What a field holds.", FIELD_TYPES, {
  TEXT: "A line of text.",
  RICH_TEXT: "Text with markup; give it as Markdown.",
  NUMBER: "A number.",
  BOOLEAN: "True or false.",
  DATE: "A day: 2026-03-01.",
  DATETIME: "A moment: 2026-03-01T09:30:00Z.",
  USER: "A user.",
  OPTION: "One of the allowed values.",
  OPTIONS: "Several of the allowed values.",
  TICKET: "Another ticket.",
  ATTACHMENT: "Files.",
  OTHER: "Something that only the vendor knows; see the vendor's documentation.",
});

export const BulkMode = schemaEnum("BulkMode", "How a vendor takes many tickets at once.", BULK_MODES, {
  NATIVE: "In one call, with an answer for each.",
  NATIVE_ASYNC: "In one call that starts a job at the vendor.",
  ALL_OR_NOTHING: "In one call that makes all of them or none.",
  FAN_OUT: "One by one; the gateway sends them at the vendor's pace.",
});

export const SearchLanguage = schemaEnum(
  "SearchLanguage",
  "The language that `searchTickets` takes.",
  SEARCH_LANGUAGES,
  {
    JQL: 'Jira Query Language: project = PLAT AND status = "To Do".',
    TICKET_SQL: "Request Tracker's TicketSQL: Queue = 'Hardware' AND Status = 'open'.",
    ENCODED_QUERY: "ServiceNow's encoded query.",
    ZENDESK: "Zendesk's search syntax.",
    GITHUB: "GitHub's search syntax.",
    TEXT: "Words.",
  },
);

export const DeliveryGuarantee = schemaEnum(
  "DeliveryGuarantee",
  "What is promised of one create when an answer is lost on the way.",
  DELIVERY_GUARANTEES,
  {
    EXACTLY_ONCE: "The vendor itself refuses the second one.",
    EFFECTIVELY_ONCE:
      "The gateway finds the ticket of a lost answer by its marker, and sends again only what surely was not made.",
    AT_MOST_ONCE: "The gateway never sends again by itself; an unknown outcome goes to a person.",
  },
);

export const DeliveryState = schemaEnum("DeliveryState", "How far a write is.", DELIVERY_STATES, {
  PENDING: "It is under way; ask for it by its key in a while.",
  DELIVERED: "The vendor has the ticket.",
  REJECTED: "No ticket was made, surely; the errors say why.",
  UNKNOWN: "The answer was lost; the gateway is looking for the ticket.",
  NEEDS_REVIEW: "The gateway couldn't find out: a person has to look, and settle it by `resolveDelivery`.",
});

export const BulkJobState = schemaEnum("BulkJobState", "How a job goes.", BULK_JOB_STATES, {
  QUEUED: "It waits for a worker.",
  RUNNING: "It is being worked on.",
  PAUSED: "The vendor is away; it goes on by itself when the vendor is back.",
  DONE: "Every ticket has been settled.",
  CANCELLED: "Somebody stopped it.",
});

export const BulkJobKind = schemaEnum("BulkJobKind", "What a job does.", BULK_JOB_KINDS, {
  CREATE: "It creates tickets.",
  UPDATE: "It changes tickets.",
});

export const ConnectionState = schemaEnum(
  "ConnectionState",
  "What the last calls told of a connection.",
  ["ACTIVE", "UNAUTHORIZED", "UNREACHABLE"] satisfies State[],
  {
    ACTIVE: "It answers, or hasn't been asked yet.",
    UNAUTHORIZED: "The vendor refused the credentials.",
    UNREACHABLE: "The vendor didn't answer, or answered that it is down.",
  },
);

export const TicketErrorCode = schemaEnum(
  "TicketErrorCode",
  "Why a ticket was not written, or not written whole.",
  TICKET_ERROR_CODES,
  {
    INVALID_INPUT: "The input is wrong; nothing was sent.",
    NOT_FOUND: "Something that the input names doesn't exist, or may not be seen.",
    FORBIDDEN: "The connection's account may not do this at the vendor.",
    CONFLICT: "Somebody else changed the same thing at the same time.",
    UNSUPPORTED: "The vendor can't do this; see the connection's capabilities.",
    VENDOR_REJECTED: "The vendor refused the values, in the message's words.",
    VENDOR_RATE_LIMITED: "The vendor takes no more at the moment; nothing was written.",
    VENDOR_UNAVAILABLE: "The vendor couldn't be reached; nothing was written.",
    VENDOR_UNAUTHORIZED: "The vendor refused the connection's credentials.",
    VENDOR_BAD_RESPONSE: "The vendor's answer could not be read.",
    GATEWAY_UNAVAILABLE: "The gateway's own database is away; nothing was sent.",
    IDEMPOTENCY_KEY_REUSED: "The idempotency key was used for another ticket; nothing was sent.",
    OUTCOME_UNKNOWN: "The ticket may or may not have been written: look before you send it again.",
  },
);

export const SyncStatus = schemaEnum("SyncStatus", "What the sync of a connection is at.", SYNC_STATES, {
  NEVER: "Nobody has asked for it yet.",
  QUEUED: "It begins as soon as a worker is free.",
  RUNNING: "Tickets are being read.",
  IDLE: "The last run saw everything that it was for.",
  FAILED: "The last run broke off; `error` says why.",
});

export const SyncMode = schemaEnum("SyncMode", "What a run of a sync is for.", SYNC_MODES, {
  FULL: "Every ticket; what is gone at the vendor is taken out.",
  CHANGES: "What changed since the last run.",
});

export const TicketOrderField = schemaEnum(
  "TicketOrderField",
  "By what synced tickets are ordered.",
  TICKET_ORDER_FIELDS,
  {
    CREATED_AT: "When they were created.",
    UPDATED_AT: "When they were last changed.",
    PRIORITY: "By their common priority; those that have none are the lowest.",
  },
);

export const OrderDirection = schemaEnum("OrderDirection", "Which end comes first.", ORDER_DIRECTIONS, {
  ASC: "The smallest, the oldest.",
  DESC: "The largest, the latest.",
});

export const ChangeKind = schemaEnum("ChangeKind", "What happened to a ticket.", CHANGE_KINDS, {
  CREATED: "The store has seen it for the first time.",
  UPDATED: "Something of it changed.",
  DELETED: "The vendor has it no more, or doesn't show it to the connection's account any more.",
});

export const InputErrorCode = schemaEnum("InputErrorCode", "What is wrong with an input.", INPUT_ERROR_CODES, {
  INVALID_INPUT: "The value can't be; the message says what can.",
  FORBIDDEN: "The caller's key may not give this.",
  CONFLICT: "Something else is there already.",
});

export const ApiKeySource = schemaEnum("ApiKeySource", "Where an API key comes from.", API_KEY_SOURCES, {
  CONFIGURATION: "The operator's file, which alone can change it.",
  API: "createApiKey.",
});

export const ApiKeyState = schemaEnum("ApiKeyState", "Whether an API key opens anything.", API_KEY_STATES, {
  ACTIVE: "It does.",
  EXPIRED: "Its time is over.",
  REVOKED: "It was taken away.",
});

/** In the words of the configuration. */
export const OnUnknown = { RESEND: "resend", REVIEW: "review" } as const;
registerEnumType(OnUnknown, {
  name: "OnUnknown",
  description: "What becomes of a write that isn't found though its answer was lost.",
  valuesConfig: {
    RESEND: { description: "It is sent again after a while." },
    REVIEW: { description: "A person decides." },
  },
});

export const ConnectionCheckKind = schemaEnum(
  "ConnectionCheckKind",
  "What is looked at when a connection is tested.",
  CONNECTION_CHECKS,
  {
    ADDRESS: "Whether the vendor's address leads anywhere.",
    TLS: "Whether the server there is who it says.",
    SIGN_IN: "Whether the credentials are taken.",
    CLOCK: "Whether the vendor's clock and this machine's agree.",
    READ: "Whether the account sees any project.",
    CREATE: "Whether it may create tickets in one of them.",
  },
);

export const ConnectionCheckState = schemaEnum("ConnectionCheckState", "What came of a check.", CHECK_STATES, {
  PASSED: "It is as it should be.",
  FAILED: "It isn't; the message says what to do.",
  SKIPPED: "It couldn't be looked at, because of what failed before or because the vendor doesn't tell.",
});
