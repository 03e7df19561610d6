import type { Readable } from "node:stream";
import type { NewFile } from "../domain/new-file.js";
import type { Page, PageRequest } from "../domain/page.js";
import type { Attachment, Comment, CommentDraft, Ticket, TicketRef, VendorId } from "../domain/ticket.js";
import type { Call } from "../http/http.js";
import type { Connector, LostCreate, Outcome } from "./connector.js";
import { createEach } from "./create-each.js";

/** How a write travels: who waits for it, and until when it may go out. */
export type WriteCall = Pick<Call, "lane" | "notAfter">;

/** What a connection knows of itself. */
interface About {
  /** Remembers what an answer tells of the connection's state, and by whose name its failure is told. */
  watch<T>(answer: Promise<T>): Promise<T>;
  isId(text: string): boolean;
  /** Rejects with VendorError UNSUPPORTED. */
  cannot(what: string): Promise<never>;
}

/** What hangs on the tickets of one connection: comments, files, and the tickets that are their parts. Throws only VendorError. */
export class PartsOfTickets {
  constructor(
    private readonly connector: Connector,
    private readonly call: Call,
    private readonly about: About,
  ) {}

  /** Throws VendorError UNSUPPORTED where the vendor can't find a ticket's parts. */
  listChildren(ticketId: VendorId, page: PageRequest): Promise<Page<Ticket>> {
    if (!this.connector.listChildren) return this.about.cannot("find the parts of a ticket");
    return this.about.watch(this.connector.listChildren(ticketId, page, this.call));
  }

  /** Throws VendorError UNSUPPORTED where the vendor shows no comments. */
  listComments(ticketId: VendorId, page: PageRequest): Promise<Page<Comment>> {
    if (!this.connector.listComments) return this.about.cannot("show comments");
    return this.about.watch(this.connector.listComments(ticketId, page, this.call));
  }

  /** One comment of a ticket; null where it isn't there. */
  async comment(ticketId: VendorId, id: VendorId): Promise<Comment | null> {
    if (!this.connector.comments) return this.about.cannot("show comments");
    if (!this.about.isId(ticketId) || !this.about.isId(id)) return null;
    const [comment] = await this.about.watch(this.connector.comments(ticketId, [id], this.call));
    return comment ?? null;
  }

  /** Adds comments: one outcome each, in order; no comment's trouble touches another's. */
  addComments(drafts: readonly CommentDraft[], write: WriteCall): Promise<readonly Outcome<TicketRef>[]> {
    const call = { ...write, signal: this.call.signal };
    const { connector } = this;
    return createEach(
      (some) =>
        connector.addComments
          ? this.about.watch(connector.addComments(some, call))
          : this.about.cannot("take comments"),
      drafts,
    );
  }

  /** Whether a comment whose answer was lost can be found again. */
  get findsComments(): boolean {
    return this.connector.findComments !== undefined;
  }

  /** The comments that carry these markers. Throws VendorError: then nothing is known. */
  async findComments(lost: readonly LostCreate[]): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
    if (!this.connector.findComments || lost.length === 0) return new Map();
    return this.about.watch(this.connector.findComments(lost, { ...this.call, lane: "background" }));
  }

  /** Throws VendorError UNSUPPORTED where the vendor shows no attachments. */
  listAttachments(ticketId: VendorId): Promise<readonly Attachment[]> {
    if (!this.connector.listAttachments) return this.about.cannot("show attachments");
    return this.about.watch(this.connector.listAttachments(ticketId, this.call));
  }

  /** One attachment and its bytes, as they come; null where it isn't there. */
  async openAttachment(
    ticketId: VendorId,
    id: VendorId,
  ): Promise<{ readonly attachment: Attachment; readonly bytes: Readable } | null> {
    const { connector, call } = this;
    if (!connector.attachment || !connector.openAttachment) return this.about.cannot("show attachments");
    if (!this.about.isId(ticketId) || !this.about.isId(id)) return null;
    const attachment = await this.about.watch(connector.attachment(ticketId, id, call));
    return attachment && { attachment, bytes: await this.about.watch(connector.openAttachment(ticketId, id, call)) };
  }

  /** One attachment; null where it isn't there. */
  async attachment(ticketId: VendorId, id: VendorId): Promise<Attachment | null> {
    if (!this.connector.attachment) return this.about.cannot("show attachments");
    if (!this.about.isId(ticketId) || !this.about.isId(id)) return null;
    return this.about.watch(this.connector.attachment(ticketId, id, this.call));
  }

  /** Adds a file to a ticket. Its bytes can't be sent twice, so a lost answer is thrown as VendorError with `sent: "maybe"`. */
  addAttachment(ticketId: VendorId, file: NewFile): Promise<Attachment> {
    if (!this.connector.addAttachment) return this.about.cannot("take attachments");
    return this.about.watch(this.connector.addAttachment(ticketId, file, this.call));
  }
}
