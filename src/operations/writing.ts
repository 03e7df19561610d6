import type { Connection } from "../connectors/connection.js";
import type { Operation, Parcel } from "../domain/delivery.js";
import type { NewChange } from "../domain/new-change.js";
import type { NewTicket } from "../domain/new-ticket.js";
import type { TicketError } from "../domain/ticket-error.js";
import type { NewComment } from "../domain/new-comment.js";
import { draftChange } from "./draft-change.js";
import { draftComment } from "./draft-comment.js";
import { draftTicket } from "./draft-ticket.js";
import type { Kernel } from "./kernel.js";

/** One kind of write: all kinds go the same way through the ledger. */
export interface Writing<T> {
  readonly operation: Operation;
  /** Checks what is asked for, and looks up what it refers to. Throws VendorError. */
  draft(
    kernel: Kernel,
    connection: Connection,
    asked: T,
  ): Promise<
    | { readonly payload: Parcel["payload"]; readonly errors?: never }
    | { readonly payload?: never; readonly errors: readonly TicketError[] }
  >;
  identifierOf(asked: T): string | null;
}

/** Tickets are made. */
export const CREATING: Writing<NewTicket> = {
  operation: "createTicket",
  async draft(kernel, connection, asked) {
    const { draft, errors } = await draftTicket(kernel, connection, asked);
    return draft ? { payload: draft } : { errors };
  },
  identifierOf: ({ identifier }) => identifier ?? null,
};

/** Tickets are changed. */
export const UPDATING: Writing<NewChange> = {
  operation: "updateTicket",
  async draft(_kernel, connection, asked) {
    const { change, errors } = await draftChange(connection, asked);
    return change ? { payload: change } : { errors };
  },
  identifierOf: () => null,
};

/** Comments are added. */
export const COMMENTING: Writing<NewComment> = {
  operation: "addComment",
  async draft(_kernel, connection, asked) {
    const { comment, errors } = await draftComment(connection, asked);
    return comment ? { payload: comment } : { errors };
  },
  identifierOf: () => null,
};
