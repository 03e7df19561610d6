import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Caller } from "../domain/caller.js";
import { VendorError } from "../domain/errors.js";
import type { NewFile } from "../domain/new-file.js";
import type { Attachment } from "../domain/ticket.js";
import type { OpenAttachment } from "../operations/attachments.js";
import { Refusal, refusalBody, SAFE, sendJson, UNKEPT } from "./answer.js";
import { ClientGone } from "./body.js";
import { filesOf } from "./files-of.js";
import { refusalOf } from "./refusal-of.js";

/** Where files come from and go to. All throw RequestError and VendorError. */
export interface AttachmentDesk {
  open(caller: Caller, id: string): Promise<OpenAttachment>;
  /** Finds the ticket; what it gives adds one file after another. */
  place(
    caller: Caller,
    ticket: string,
  ): Promise<(file: NewFile) => Promise<{ readonly id: string; readonly attachment: Attachment }>>;
}

/** How files are served. */
export interface AttachmentOptions {
  readonly desk: AttachmentDesk;
  /** The longest file that is taken, in bytes. */
  readonly limit: number;
  /** Where this server is reached by who sends these headers, without a slash at the end. */
  readonly origin: (headers: IncomingHttpHeaders) => string;
}

/** GET /attachments/<id>: streams a file to whoever may see its ticket. It is never shown in place: it may be a page with scripts. */
export async function sendAttachment(
  desk: AttachmentDesk,
  caller: Caller,
  id: string,
  res: ServerResponse,
): Promise<void> {
  const { attachment, bytes } = await desk.open(caller, id).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { name, mediaType } = attachment;
  const type = mediaType !== null && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : "application/octet-stream";
  res.writeHead(200, {
    ...SAFE,
    ...UNKEPT,
    "content-type": type,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    "content-security-policy": "default-src 'none'; sandbox",
  });
  // What breaks off here can only be told by ending the connection before the body is whole.
  await pipeline(bytes, res).catch(() => res.destroy());
}

/**
 * POST /attachments/<ticket>: adds the body's files one after another as their bytes come, and answers with what they became. Those
 * that were added before one failed are told beside why.
 */
export async function takeAttachments(
  { desk, limit, origin }: AttachmentOptions,
  caller: Caller,
  ticket: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const added: object[] = [];
  try {
    const add = await desk.place(caller, ticket);
    for await (const file of filesOf(req, limit)) {
      const { id, attachment } = await add(file);
      const { vendorId, name, mediaType, size, createdAt } = attachment;
      added.push({ id, vendorId, name, mediaType, size, createdAt, url: `${origin(req.headers)}/attachments/${id}` });
    }
    if (added.length === 0)
      throw new Refusal(400, "BAD_REQUEST", "There is no file in the request. Send one as the body, or in a form.");
    sendJson(res, 201, { attachments: added });
  } catch (error) {
    if (error instanceof ClientGone) throw error;
    const { status, code, message, headers } = told(error);
    sendJson(res, status, { attachments: added, ...refusalBody(code, message) }, headers);
  }
}

/** A file that may be there is never told as refused. */
function told(error: unknown): Refusal {
  // What ended the upload on our side stands behind the broken call to the vendor.
  const cause = rootOf(error);
  if (cause instanceof Refusal || cause instanceof ClientGone)
    return refusalOf(cause instanceof Refusal ? cause : GONE);
  if (!(error instanceof VendorError) || error.sent === "no") return refusalOf(error);
  const message = `${error.message} The file may have been added all the same: look at the ticket before you send it again.`;
  return new Refusal(504, "OUTCOME_UNKNOWN", message);
}
const GONE = new Refusal(400, "BAD_REQUEST", "The file broke off before it was whole.");

function rootOf(error: unknown): unknown {
  const { cause } = error as { readonly cause?: unknown };
  return error instanceof Refusal || cause === undefined ? error : rootOf(cause);
}
