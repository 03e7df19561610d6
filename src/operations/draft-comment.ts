import type { Connection } from "../connectors/connection.js";
import { checkNewComment, type NewComment } from "../domain/new-comment.js";
import { invalid, type TicketError } from "../domain/ticket-error.js";
import type { CommentDraft } from "../domain/ticket.js";
import { findTicket } from "./references.js";

/** A comment that can be sent, or everything that is wrong with it. */
type DraftedComment =
  | { readonly comment: CommentDraft; readonly errors?: never }
  | { readonly comment?: never; readonly errors: readonly TicketError[] };

/** Checks a comment and looks up its ticket. Throws VendorError. */
export async function draftComment(connection: Connection, asked: NewComment): Promise<DraftedComment> {
  const { capabilities, vendor } = connection;
  if (!capabilities.comments.write) {
    const message = `${vendor.title} takes no comments through its API.`;
    return { errors: [{ ...invalid([], message), code: "UNSUPPORTED" }] };
  }
  const errors = checkNewComment(asked, capabilities.draft.descriptionMax, vendor.title);
  const { value, error } = await findTicket(connection, asked.ticket, ["ticket"]);
  if (!value || errors.length > 0) return { errors: error ? [...errors, error] : errors };
  return { comment: { ticketId: value.vendorId, body: asked.body } };
}
