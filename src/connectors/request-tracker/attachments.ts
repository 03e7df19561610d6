import type { Readable } from "node:stream";
import { VendorError } from "../../domain/errors.js";
import type { NewFile } from "../../domain/new-file.js";
import type { Attachment, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { multipart } from "../multipart.js";
import { base64InJson } from "./base64-in-json.js";
import { dateOf } from "./map.js";
import { PAGE_MAX, read } from "./reads.js";
import { collection, Sentences, WireFile } from "./wire.js";

const FIELDS = "Filename,ContentType,ContentLength,Created,TransactionId";

/** The files of a ticket: of all that Request Tracker calls attachments, the texts among them, those that have a name. */
export async function listAttachments(http: Http, ticketId: VendorId, call: Call): Promise<readonly Attachment[]> {
  return (await files(http, ticketId, call)).map(attachmentOf);
}

/** What is known of one file; null where there is none. */
export async function attachmentById(http: Http, id: VendorId, call: Call): Promise<Attachment | null> {
  const { items } = await read(
    http,
    {
      operation: "attachments.search",
      method: "POST",
      path: ["attachments"],
      query: { fields: FIELDS },
      body: [{ field: "id", value: id }],
      parse: (body) => collection(WireFile).parse(body),
    },
    call,
  );
  return items[0] ? attachmentOf(items[0]) : null;
}

/** A file's bytes: REST2 gives them as base64 within JSON. */
export async function openAttachment(http: Http, id: VendorId, call: Call): Promise<Readable> {
  const path = ["REST", "2.0", "attachment", id];
  const { bytes } = await http.open(
    { operation: "attachment.get", method: "GET", path, headers: { "accept-encoding": "identity" } },
    call,
  );
  return base64InJson(bytes, "Content");
}

/** Adds one file, as a comment without words; what it became is found by the transaction that the server tells. */
export async function addAttachment(http: Http, ticketId: VendorId, file: NewFile, call: Call): Promise<Attachment> {
  const about = { name: "JSON", contentType: "application/json", text: JSON.stringify({ ContentType: "text/plain" }) };
  const transaction = await http.send(
    {
      operation: "attachment.add",
      kind: "write",
      method: "POST",
      path: ["REST", "2.0", "ticket", ticketId, "comment"],
      upload: multipart("Attachments", file, [about]),
      accept: (status) => status === 201,
      parse: (answer, { headers }) => {
        Sentences.parse(answer);
        return /\/transaction\/(\d+)$/.exec(headers["location"] ?? "")?.[1];
      },
    },
    call,
  );
  const added = (await files(http, ticketId, call)).find(({ TransactionId }) => TransactionId.id === transaction);
  if (added) return attachmentOf(added);
  const message = "Request Tracker took the file, but doesn't show it.";
  throw new VendorError({ code: "BAD_RESPONSE", message }, "maybe");
}

async function files(http: Http, ticketId: VendorId, call: Call): Promise<readonly WireFile[]> {
  const found: WireFile[] = [];
  for (let page = 1; ; page += 1) {
    const { items, pages } = await read(
      http,
      {
        operation: "ticket.attachments",
        method: "GET",
        path: ["ticket", ticketId, "attachments"],
        query: { fields: FIELDS, per_page: PAGE_MAX, page },
        parse: (body) => collection(WireFile).parse(body),
      },
      call,
    );
    found.push(...items.filter(({ Filename }) => Filename));
    if (items.length === 0 || page >= pages) return found;
  }
}

function attachmentOf({ id, Filename, ContentType, ContentLength, Created }: WireFile): Attachment {
  return {
    vendorId: id,
    name: Filename || id,
    mediaType: ContentType || null,
    size: ContentLength ? Number(ContentLength) : null,
    createdAt: dateOf(Created),
  };
}
