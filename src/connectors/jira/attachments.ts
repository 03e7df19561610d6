import type { Readable } from "node:stream";
import { VendorError } from "../../domain/errors.js";
import type { NewFile } from "../../domain/new-file.js";
import type { Attachment, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { multipart } from "../multipart.js";
import { attachmentOf } from "./map.js";
import { Attachments, IssueAttachments, WireAttachment } from "./wire.js";

/** The files of an issue. */
export async function listAttachments(http: Http, ticketId: VendorId, call: Call): Promise<readonly Attachment[]> {
  const { fields } = await http.send(
    {
      operation: "issue.attachments",
      kind: "read",
      method: "GET",
      path: ["rest", "api", "3", "issue", ticketId],
      query: { fields: "attachment" },
      parse: (body) => IssueAttachments.parse(body),
    },
    call,
  );
  return (fields?.attachment ?? []).map(attachmentOf);
}

/** What is known of one file; null where there is none. */
export async function attachmentById(http: Http, id: VendorId, call: Call): Promise<Attachment | null> {
  return http.send<Attachment | null>(
    {
      operation: "attachment.get",
      kind: "read",
      method: "GET",
      path: ["rest", "api", "3", "attachment", id],
      accept: (status, body) => status === 200 || (status === 404 && body !== undefined),
      parse: (body, { status }) => (status === 404 ? null : attachmentOf(WireAttachment.parse(body))),
    },
    call,
  );
}

/** A file's bytes, from Jira itself rather than by a redirect: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-content-id-get */
export async function openAttachment(http: Http, id: VendorId, call: Call): Promise<Readable> {
  const path = ["rest", "api", "3", "attachment", "content", id];
  const headers = { accept: "*/*", "accept-encoding": "identity" };
  const { bytes } = await http.open(
    { operation: "attachment.content", method: "GET", path, query: { redirect: false }, headers },
    call,
  );
  return bytes;
}

/** Adds one file. Without the header Jira takes the call for a forged one. */
export async function addAttachment(http: Http, ticketId: VendorId, file: NewFile, call: Call): Promise<Attachment> {
  const [added] = await http.send(
    {
      operation: "attachment.add",
      kind: "write",
      method: "POST",
      path: ["rest", "api", "3", "issue", ticketId, "attachments"],
      headers: { "x-atlassian-token": "no-check" },
      upload: multipart("file", file),
      parse: (body) => Attachments.parse(body),
    },
    call,
  );
  if (added) return attachmentOf(added);
  throw new VendorError({ code: "BAD_RESPONSE", message: "Jira told nothing of the file that it took." }, "maybe");
}
