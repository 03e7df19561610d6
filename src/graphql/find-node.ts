import { readGlobalId, readPartId } from "../domain/global-id.js";
import type { TicketParts } from "../domain/ticket.js";
import { findConnection } from "../operations/access.js";
import { readJob } from "../operations/bulk/read-jobs.js";
import { readKey } from "../operations/keys/read-keys.js";
import { ApiKeyType } from "./api-key/api-key.type.js";
import { BulkJobType } from "./job/bulk-job.type.js";
import type { NodeType } from "./common/node.type.js";
import { VendorConnectionType } from "./connection/connection.type.js";
import type { Context } from "./context.js";

/** Whatever an id names; null for an id that names nothing that the caller may see. A ticket is whole unless `parts` say what it is for. */
export async function findNode(
  { kernel, caller, view }: Context,
  id: string,
  parts?: TicketParts,
): Promise<NodeType | null> {
  const read = readGlobalId(id);
  if (read?.kind === "BulkJob") {
    const job = await readJob(kernel, caller, read.vendorId);
    return job && new BulkJobType(job);
  }
  if (read?.kind === "ApiKey") {
    const key = caller.scopes.has("keys:admin") ? await readKey(kernel, caller, read.vendorId) : null;
    return key && new ApiKeyType(key);
  }
  const connection = read && findConnection(kernel, caller, read.connectionId);
  if (!connection) return null;
  const seen = view(connection);
  switch (read.kind) {
    case "Ticket":
      return seen.ticket(read.vendorId, parts);
    case "Project":
      return seen.project(read.vendorId);
    case "IssueType":
      return seen.issueType(read.vendorId);
    case "User":
      return seen.user(read.vendorId);
    case "Comment": {
      const { ticketId, id: commentId } = readPartId(read.vendorId);
      return seen.comment(ticketId, commentId);
    }
    case "Attachment": {
      const { ticketId, id: attachmentId } = readPartId(read.vendorId);
      return seen.attachment(ticketId, attachmentId);
    }
    case "VendorConnection":
      return new VendorConnectionType(seen);
  }
}
