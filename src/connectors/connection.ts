import { VendorError } from "../domain/errors.js";
import type { RichText, Text } from "../domain/rich-text.js";
import type { JoinEvents } from "../domain/join-events.js";
import type { Page, PageRequest } from "../domain/page.js";
import type {
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
import type { Call, Http, HttpEvents } from "../http/http.js";
import type { Access } from "./access.js";
import { stateAfter, type ConnectionState } from "./connection-state.js";
import { accessOf } from "./access-of.js";
import type { Capabilities } from "./capabilities.js";
import type { Connector, LostCreate, Outcome, Vendor, VendorSettings } from "./connector.js";
import { createEach, OF_ONE_DRAFT } from "./create-each.js";
import { oneEach } from "./batch.js";
import { JoinedReads } from "./joined-reads.js";
import { openMemory, remembered } from "./memory.js";
import { PartsOfTickets, type WriteCall } from "./parts-of-tickets.js";
import { remember, type Remembered } from "./remember.js";
import { richTextOf } from "./rich-text.js";
import { refusedChange, updateEach } from "./update-each.js";

/** An issue type's list and fields are asked for with each create, so they are kept a little longer. */
const REMEMBER_METADATA_MS = 30_000;
interface ConnectionOptions<Settings extends VendorSettings> {
  readonly id: string;
  readonly name: string;
  readonly vendor: Vendor<Settings>;
  readonly settings: Settings;
  readonly http: Http;
  /** What to do with a create that isn't found though its answer was lost; "resend" unless told, "review" where not found isn't sure. */
  readonly onUnknown?: OnUnknown;
  /** Who is told of the calls that its callers share. */
  readonly joins?: JoinEvents;
}
/** Send it again by itself, or leave that to a person. */
export type OnUnknown = "resend" | "review";

/**
 * One account at one vendor, as the rest of the program sees it: a connector whose answers are in order, whose
 * concurrent calls are joined, and whose failures are remembered as a state. Throws only VendorError.
 */
export class Connection {
  readonly id: string;
  readonly name: string;
  readonly vendor: Vendor;
  readonly capabilities: Capabilities;
  readonly onUnknown: OnUnknown;
  /** Without `parts`, a whole ticket; it may come with more than was asked for. */
  readonly ticket: (id: VendorId, parts?: TicketParts) => Promise<Ticket | null>;
  /** The same where nobody waits for it: people's reads go first. */
  readonly ticketInBackground: (id: VendorId) => Promise<Ticket | null>;
  readonly project: Remembered<Project>;
  readonly issueType: Remembered<IssueType>;
  readonly user: Remembered<User>;
  /** Comments, files and children. */
  readonly parts: PartsOfTickets;
  /** All types of a project, briefly remembered. */
  readonly issueTypesOf: (projectId: VendorId) => Promise<readonly IssueType[]>;
  /** The first of those to whom a project's tickets can be given and who answer to a text, briefly remembered. */
  readonly someUsersOf: (projectId: VendorId, text: string) => Promise<readonly User[]>;
  /** Where its API lives. */
  readonly api: URL;
  /** Who is told of the calls that its callers share. */
  readonly joins: JoinEvents | undefined;
  private readonly site: Omit<VendorSettings, "credentials">;
  private readonly connector: Connector;
  private readonly http: Http;
  private readonly life = new AbortController();
  private readonly call: Call = { signal: this.life.signal, lane: "interactive" };
  private seen: ConnectionState = "ACTIVE";

  constructor({ id, name, vendor, settings, http, onUnknown, joins }: ConnectionOptions<VendorSettings>) {
    this.id = id;
    this.onUnknown = onUnknown ?? (vendor.capabilities.absence === "sure" ? "resend" : "review");
    this.name = name;
    this.vendor = vendor as Vendor;
    this.capabilities = vendor.capabilities;
    this.http = http;
    this.joins = joins;
    this.api = vendor.wire.api(settings);
    const { credentials: _kept, ...site } = settings;
    this.site = site;
    this.connector = vendor.connect(http, site);
    const { connector, call } = this;
    const reads = new JoinedReads({
      size: vendor.capabilities.batch.read,
      joins,
      isId: (text) => this.isId(text),
      watch: (answer) => this.watch(answer),
    });
    const background = { ...call, lane: "background" } as const;
    this.ticket = reads.tickets((ids, parts) => connector.tickets(ids, call, parts));
    this.ticketInBackground = reads.tickets((ids, parts) => connector.tickets(ids, background, parts));
    this.project = remember(reads.of("project", (ids) => connector.projects(ids, call)));
    this.issueType = remember(reads.of("issueType", (ids) => connector.issueTypes(ids, call)));
    this.user = remember(reads.of("user", (ids) => connector.users(ids, call)));
    this.parts = new PartsOfTickets(connector, call, {
      watch: (answer) => this.watch(answer),
      isId: (text) => this.isId(text),
      cannot: (what) => this.cannot(what),
    });
    this.issueTypesOf = remembered((projectId) => this.allIssueTypes(projectId), {
      ttlMs: REMEMBER_METADATA_MS,
      max: 1_000,
    });
    const users = openMemory({ ttlMs: REMEMBER_METADATA_MS, max: 1_000 });
    this.someUsersOf = (projectId, text) =>
      users(JSON.stringify([projectId, text]), async () => {
        const { items } = await this.listAssignableUsers(projectId, text || undefined, { first: 100 });
        return items.filter(({ active }) => active);
      });
  }

  get state(): ConnectionState {
    return this.seen;
  }

  /** The word by which the schema knows the vendor. */
  get label(): string {
    return this.vendor.label;
  }

  searchTickets(query: string, page: PageRequest, parts?: TicketParts): Promise<Page<Ticket>> {
    if (!this.connector.searchTickets) return this.cannot("be searched");
    return this.watch(this.connector.searchTickets(query, page, this.call, parts));
  }

  /** One page of all tickets, or of those that changed since a moment; nobody waits for it. */
  listTickets(since: Date | null, page: PageRequest, signal?: AbortSignal): Promise<Page<Ticket>> {
    if (!this.connector.listTickets) return this.cannot("list its tickets");
    const signals = signal ? AbortSignal.any([signal, this.call.signal]) : this.call.signal;
    return this.watch(this.connector.listTickets(since, page, { signal: signals, lane: "background" }));
  }

  /** A text as the vendor keeps it, readable in every format. */
  readText(text: Text): RichText {
    return (this.vendor.readText ?? richTextOf)(text);
  }

  listProjects(text: string | undefined, page: PageRequest): Promise<Page<Project>> {
    return this.watch(this.connector.listProjects(text, page, this.call));
  }

  listIssueTypes(projectId: VendorId, page: PageRequest): Promise<Page<IssueType>> {
    return this.watch(this.connector.listIssueTypes(projectId, page, this.call));
  }

  listAssignableUsers(projectId: VendorId, text: string | undefined, page: PageRequest): Promise<Page<User>> {
    return this.watch(this.connector.listAssignableUsers(projectId, text, page, this.call));
  }

  /** Throws VendorError UNSUPPORTED where the vendor can't tell a type's fields. */
  listFields(projectId: VendorId, typeId: VendorId): Promise<readonly FieldDefinition[]> {
    if (!this.connector.listFields) return this.cannot("tell which fields a type has");
    return this.watch(this.connector.listFields(projectId, typeId, this.call));
  }

  /** Changes tickets: one outcome each, in order. What the vendor can't change is refused by its place, before any call. */
  async updateTickets(changes: readonly TicketChange[], write: WriteCall): Promise<readonly Outcome<TicketRef>[]> {
    const call = { ...write, signal: this.life.signal };
    const { connector, capabilities, vendor } = this;
    return updateEach(
      changes,
      (change) => refusedChange(change, capabilities.update, vendor.title),
      (some) =>
        connector.updateTickets ? this.watch(connector.updateTickets(some, call)) : this.cannot("change tickets"),
    );
  }

  /**
   * What the account may do, asked through a door of its own: nothing that went wrong before holds it shut.
   * Throws VendorError, and ForbiddenAddress.
   */
  async checkAccess(signal: AbortSignal, events: HttpEvents): Promise<Access> {
    const http = this.http.anew(events);
    const over = new AbortController();
    const call = { signal: AbortSignal.any([signal, over.signal, this.life.signal]), lane: "interactive" } as const;
    try {
      return await this.watch(accessOf(this.vendor.connect(http, this.site), this.vendor.title, call));
    } finally {
      over.abort();
      await http.close();
    }
  }

  /** What would be refused before anything is sent; null where nothing would. Throws VendorError where the vendor couldn't be asked. */
  async checkTicket(draft: TicketDraft): Promise<VendorError | null> {
    try {
      await this.watch(this.connector.checkTicket(draft, this.call));
      return null;
    } catch (error) {
      if (error instanceof VendorError && OF_ONE_DRAFT.has(error.code)) return error;
      throw error;
    }
  }

  /** Creates at most `capabilities.batch.create` tickets: one outcome each, in order; no draft's trouble touches another's. */
  createTickets(drafts: readonly TicketDraft[], write: WriteCall): Promise<readonly Outcome<TicketRef>[]> {
    const call = { ...write, signal: this.life.signal };
    return createEach((some) => this.watch(this.connector.createTickets(some, call)), drafts);
  }

  /** What a later look for each draft needs to know; null where this vendor, or this place at it, keeps no markers. */
  async traces(drafts: readonly TicketDraft[]): Promise<readonly (string | null)[]> {
    if (!this.connector.traces) return drafts.map(() => null);
    return oneEach(drafts, await this.watch(this.connector.traces(drafts, this.call)));
  }

  /** The tickets that carry these markers. Throws VendorError: then nothing is known. */
  async findByMarker(lost: readonly LostCreate[]): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
    if (!this.connector.findByMarker || lost.length === 0) return new Map();
    return this.watch(this.connector.findByMarker(lost, { ...this.call, lane: "background" }));
  }

  /** A ticket's revision where reads don't bring it along; null where the vendor has none. */
  async revisionOf(ticketId: VendorId): Promise<string | null> {
    if (!this.connector.revisions) return null;
    return (await this.watch(this.connector.revisions([ticketId], this.call))).get(ticketId) ?? null;
  }

  /** The one thing that an id or a key names. A moved ticket answers under another key, so then it is asked for alone. */
  async ticketNamed(idOrKey: string, parts?: TicketParts): Promise<Ticket | null> {
    if (!this.isId(idOrKey)) return null;
    const found = await this.ticket(idOrKey, parts);
    if (found) return found;
    const [moved] = await this.watch(this.connector.tickets([idOrKey], this.call, parts));
    return moved ?? null;
  }

  /** Whether a text can be an id or a key at this vendor at all; nothing else is ever sent. */
  isId(text: string): boolean {
    return this.vendor.idPattern.test(text) && text !== "." && text !== "..";
  }

  async close(): Promise<void> {
    this.life.abort();
    await this.http.close();
  }

  private cannot(what: string): Promise<never> {
    return Promise.reject(
      new VendorError({ code: "UNSUPPORTED", message: `${this.vendor.title} can't ${what}.` }, "no"),
    );
  }

  private async allIssueTypes(projectId: VendorId): Promise<readonly IssueType[]> {
    const types: IssueType[] = [];
    let after: string | undefined;
    do {
      const page: Page<IssueType> = await this.listIssueTypes(projectId, { first: 100, ...(after ? { after } : {}) });
      types.push(...page.items);
      after = page.next === after ? undefined : page.next;
    } while (after !== undefined);
    return types;
  }

  private async watch<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      this.seen = "ACTIVE";
      return value;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      this.seen = stateAfter(error, this.seen);
      throw new VendorError(error, error.sent, {
        ...error.info,
        connectionId: this.id,
        cause: error.info.cause ?? error,
      });
    }
  }
}

export type { WriteCall };
