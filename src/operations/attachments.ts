import type { Readable } from "node:stream";
import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import { VendorError } from "../domain/errors.js";
import { partGlobalId, readGlobalId, readPartId } from "../domain/global-id.js";
import type { NewFile } from "../domain/new-file.js";
import { RequestError } from "../domain/request-error.js";
import type { Attachment, VendorId } from "../domain/ticket.js";
import { connectionFor, findConnection, need } from "./access.js";
import type { Kernel } from "./kernel.js";
import { findTicket } from "./references.js";

/** A file that is there for the caller to read; its bytes come from the vendor as they are read. */
export interface OpenAttachment {
  readonly attachment: Attachment;
  readonly bytes: Readable;
}

/** Opens an attachment by its id. Throws RequestError and VendorError. */
export async function openAttachment(kernel: Kernel, caller: Caller, id: string): Promise<OpenAttachment> {
  need(caller, "tickets:read");
  const read = readGlobalId(id);
  const connection = read?.kind === "Attachment" ? findConnection(kernel, caller, read.connectionId) : undefined;
  if (!read || !connection) throw noAttachment(id);
  const part = readPartId(read.vendorId);
  const opened = await connection.parts.openAttachment(part.ticketId, part.id);
  if (!opened) throw noAttachment(id);
  return opened;
}

/** Where files are to be added. */
interface AttachmentPlace {
  readonly connection: Connection;
  readonly ticketId: VendorId;
}

/** The ticket that an address names, by its id or, on the caller's connection, by the key that people read. Throws RequestError and VendorError. */
export async function placeForAttachment(kernel: Kernel, caller: Caller, name: string): Promise<AttachmentPlace> {
  need(caller, "tickets:write");
  const read = readGlobalId(name);
  const connection = read ? findConnection(kernel, caller, read.connectionId) : connectionFor(kernel, caller, null);
  if (!connection) throw new RequestError("NOT_FOUND", `There is no ticket "${name}".`);
  const { vendor, capabilities } = connection;
  if (!capabilities.attachments.write)
    throw new RequestError("UNSUPPORTED", `${vendor.title} takes no attachments through its API.`);
  const { value, error } = await findTicket(connection, read ? { id: name } : { vendorId: name }, ["ticket"]);
  if (value) return { connection, ticketId: value.vendorId };
  throw new RequestError(error.code === "NOT_FOUND" ? "NOT_FOUND" : "BAD_USER_INPUT", error.message);
}

/**
 * Adds a file. Its bytes can't be sent twice, so when the answer is lost the ticket is looked at: a file of this name and length
 * that was not there before is ours. Throws VendorError; with `sent: "maybe"` where even that doesn't tell.
 */
export async function addAttachment({ connection, ticketId }: AttachmentPlace, file: NewFile): Promise<Attachment> {
  const before = new Set((await connection.parts.listAttachments(ticketId)).map(({ vendorId }) => vendorId));
  let length = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.bytes) {
      length += chunk.length;
      yield chunk;
    }
  };
  try {
    return await connection.parts.addAttachment(ticketId, { ...file, bytes: counted() });
  } catch (error) {
    if (!(error instanceof VendorError) || error.sent === "no") throw error;
    const now = await connection.parts.listAttachments(ticketId).catch(() => []);
    const ours = now.find(({ vendorId, name, size }) => !before.has(vendorId) && name === file.name && size === length);
    if (ours) return ours;
    throw error;
  }
}

/** Writes down that somebody added a file. */
export function tellAttachment(
  kernel: Kernel,
  caller: Caller,
  { connection, ticketId }: AttachmentPlace,
  { vendorId }: Attachment,
): Promise<void> {
  const act = {
    action: "addAttachment",
    connectionId: connection.id,
    ticketId,
    subject: vendorId,
    outcome: "DELIVERED",
  };
  return kernel.audit(caller, [act]);
}

/** The opaque id of an attachment. */
export function attachmentId({ connection, ticketId }: AttachmentPlace, { vendorId }: Attachment): string {
  return partGlobalId("Attachment", connection.id, ticketId, vendorId);
}

function noAttachment(id: string): RequestError {
  return new RequestError("NOT_FOUND", `There is no attachment "${id}", or this key may not see it.`);
}
