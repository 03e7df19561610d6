import type { Readable } from "node:stream";
import type { ZodObject, ZodType } from "zod";
import type { Fault, VendorError } from "../domain/errors.js";
import type { NewFile } from "../domain/new-file.js";
import type { RichText, Text } from "../domain/rich-text.js";
import type { Page, PageRequest } from "../domain/page.js";
import type {
  Attachment,
  Comment,
  CommentDraft,
  FieldDefinition,
  IssueType,
  Project,
  Ticket,
  TicketChange,
  TicketDraft,
  TicketParts,
  TicketRef,
  User,
  VendorId,
} from "../domain/ticket.js";
import type { Call, Http, Wire } from "../http/http.js";
import type { Access } from "./access.js";
import type { OAuthFlow } from "./oauth.js";
import type { WebhookScheme } from "./webhook.js";
import type { Capabilities } from "./capabilities.js";

/** What every connection to every vendor has: where it is and how to sign. Vendors add to it. */
export interface VendorSettings {
  /** Where people open the vendor in a browser, without a slash at the end. */
  readonly baseUrl: string;
  readonly credentials: unknown;
}

/** The one thing a vendor folder exports: all the gateway must know before a byte is sent, and a way to begin. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the registry holds vendors of unlike settings
export interface Vendor<Settings extends VendorSettings = any> {
  /** As in configuration: "jira", "request-tracker". */
  readonly name: string;
  /** As in the schema's enum Vendor: "JIRA", "REQUEST_TRACKER". */
  readonly label: string;
  /** As people call it: "Jira Cloud". */
  readonly title: string;
  readonly capabilities: Capabilities;
  readonly settings: ZodType<Settings>;
  readonly wire: Wire<Settings>;
  /**
   * Where it lives: names such as `api.acme.com`, or `*.acme.com` for all below. A connection made over the API may have no other
   * host unless the operator says so; absent where every customer runs the vendor's software at an address of their own.
   */
  readonly hosts?: readonly string[];
  /** How many sockets (`connections`) and calls at once (`concurrency`) the vendor bears, and how long a socket may idle. */
  readonly pool?: { readonly connections?: number; readonly concurrency?: number; readonly keepAliveMs?: number };
  /** How long one call may take unless the connection's settings say otherwise, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  /** What creates take here and nowhere else: the schema offers it under `vendor`, in these names and descriptions. */
  readonly createInput?: ZodObject;
  /** The ways in which this vendor signs what it sends by itself, beside the gateway's own. */
  readonly webhooks?: readonly WebhookScheme[];
  /** How a person lets us use their account, where the vendor asks them itself. */
  readonly oauth?: OAuthFlow;
  /** What an id or key of this vendor may look like; anything else is refused before it comes near a URL. */
  readonly idPattern: RegExp;
  /** Makes a text as this vendor keeps it readable in every format; what isn't there is done for PLAIN, MARKDOWN and HTML. */
  readonly readText?: (text: Text) => RichText;
  connect(http: Http, settings: Omit<Settings, "credentials">): Connector;
}

/**
 * Reads ask for a set: any order, what can't be seen is left out; ids may be vendor ids or the keys that people read.
 * Writes take a list: one outcome each, in order.
 */
export interface Connector {
  /** Without `parts`, whole tickets are wanted. */
  tickets(ids: Ids, call: Call, parts?: TicketParts): Promise<readonly Ticket[]>;
  projects(ids: Ids, call: Call): Promise<readonly Project[]>;
  issueTypes(ids: Ids, call: Call): Promise<readonly IssueType[]>;
  users(ids: Ids, call: Call): Promise<readonly User[]>;

  /** Without `parts`, whole tickets are wanted. Only where `capabilities.search`. */
  searchTickets?(query: string, page: PageRequest, call: Call, parts?: TicketParts): Promise<Page<Ticket>>;
  /**
   * All tickets that the account may see, or those that changed since a moment, page by page, each whole. Their order is one that
   * changes don't disturb: what changes meanwhile may come twice and is never skipped. More than asked for may come. A ticket that
   * hasn't changed comes with a record that is written the same.
   * Only where `capabilities.sync`.
   */
  listTickets?(since: Date | null, page: PageRequest, call: Call): Promise<Page<Ticket>>;
  /** The tickets that are parts of this one. Only where the vendor can find them. */
  listChildren?(ticketId: VendorId, page: PageRequest, call: Call): Promise<Page<Ticket>>;
  listProjects(text: string | undefined, page: PageRequest, call: Call): Promise<Page<Project>>;
  listIssueTypes(projectId: VendorId, page: PageRequest, call: Call): Promise<Page<IssueType>>;
  listAssignableUsers(
    projectId: VendorId,
    text: string | undefined,
    page: PageRequest,
    call: Call,
  ): Promise<Page<User>>;
  /** Which fields a ticket of this type takes in this project. Only where `capabilities.fieldDiscovery`. */
  listFields?(projectId: VendorId, typeId: VendorId, call: Call): Promise<readonly FieldDefinition[]>;

  /** What the account may do, by few calls that write nothing. Without it, only whether projects can be listed is known. */
  checkAccess?(call: Call): Promise<Access>;
  /** Throws VendorError with what `createTickets` would refuse before it sends anything; writes nothing. */
  checkTicket(draft: TicketDraft, call: Call): Promise<void>;
  createTickets(drafts: readonly TicketDraft[], call: Call): Promise<readonly Outcome<TicketRef>[]>;
  /** One outcome each, in order. Only where `capabilities.update`. */
  updateTickets?(changes: readonly TicketChange[], call: Call): Promise<readonly Outcome<TicketRef>[]>;
  /** What a change of each of these tickets must present, where reads don't bring it along. Only where `capabilities.update.revision` is "optional". */
  revisions?(ids: Ids, call: Call): Promise<ReadonlyMap<VendorId, string>>;
  /** Only where `capabilities.comments.read`. */
  listComments?(ticketId: VendorId, page: PageRequest, call: Call): Promise<Page<Comment>>;
  /** The comments of a ticket with these ids; what isn't there is left out. Beside `listComments`. */
  comments?(ticketId: VendorId, ids: Ids, call: Call): Promise<readonly Comment[]>;
  /** One outcome each, in order: the comment's id. Only where `capabilities.comments.write`. */
  addComments?(drafts: readonly CommentDraft[], call: Call): Promise<readonly Outcome<TicketRef>[]>;
  /** What unanswered comments left behind, by marker, the oldest first; each trace is the ticket's id. What isn't found isn't there. */
  findComments?(lost: readonly LostCreate[], call: Call): Promise<ReadonlyMap<string, readonly TicketRef[]>>;
  /** Only where `capabilities.attachments.read`. */
  listAttachments?(ticketId: VendorId, call: Call): Promise<readonly Attachment[]>;
  /** One of them; null where it isn't there. Beside `listAttachments`. */
  attachment?(ticketId: VendorId, id: VendorId, call: Call): Promise<Attachment | null>;
  /** Its bytes, as they come. Beside `listAttachments`. */
  openAttachment?(ticketId: VendorId, id: VendorId, call: Call): Promise<Readable>;
  /** Adds a file, its bytes passed on as they come; they can't be sent twice. Only where `capabilities.attachments.write`. */
  addAttachment?(ticketId: VendorId, file: NewFile, call: Call): Promise<Attachment>;
  /**
   * Asked before drafts are sent: what a later look for each of them needs to know, null where it couldn't be found again.
   * Together with `findByMarker` where `capabilities.guarantee` is better than AT_MOST_ONCE.
   */
  traces?(drafts: readonly TicketDraft[], call: Call): Promise<readonly (string | null)[]>;
  /** What unanswered creates left behind: the tickets that carry each marker, the oldest first. Whether not found is for sure, `capabilities.absence` says. */
  findByMarker?(lost: readonly LostCreate[], call: Call): Promise<ReadonlyMap<string, readonly TicketRef[]>>;
}

/** A create whose answer was lost. */
export interface LostCreate {
  readonly marker: string;
  /** What `traces` gave before it was sent. */
  readonly trace: string;
}

/**
 * `unknown` is not a failure: the vendor may have done it, so it is looked up and never simply sent again.
 * `faults` of a done outcome name what the vendor left out while it made the ticket; `also` is what it said beside the error.
 */
export type Outcome<T> =
  | { readonly state: "done"; readonly value: T; readonly faults?: readonly Fault[] }
  | { readonly state: "rejected" | "unknown"; readonly error: VendorError; readonly also?: readonly Fault[] };

type Ids = readonly VendorId[];
