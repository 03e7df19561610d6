import type { VendorId } from "./ticket.js";

const LETTERS = {
  Ticket: "T",
  Project: "P",
  IssueType: "I",
  User: "U",
  VendorConnection: "C",
  BulkJob: "B",
  Comment: "K",
  Attachment: "A",
  ApiKey: "Y",
} as const;
/** The kinds of things that have an id of their own in the schema. */
export type NodeKind = keyof typeof LETTERS;
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter as string, kind as NodeKind]));

interface GlobalId {
  readonly kind: NodeKind;
  readonly connectionId: string;
  readonly vendorId: VendorId;
}

/** The opaque id of a thing: known without asking anybody, the same after every restart. A connection's vendor id is "". */
export function globalId(kind: NodeKind, connectionId: string, vendorId: VendorId): string {
  return Buffer.from(`${LETTERS[kind]}:${connectionId}:${vendorId}`).toString("base64url");
}

/** Comments and attachments are known by their ticket and their own id; vendors' ids hold no slash. */
export function partGlobalId(
  kind: "Comment" | "Attachment",
  connectionId: string,
  ticketId: VendorId,
  id: VendorId,
): string {
  return globalId(kind, connectionId, `${ticketId}/${id}`);
}

/** The ticket and the own id of a comment or an attachment, from the vendor id that its global id holds. */
export function readPartId(vendorId: VendorId): { readonly ticketId: VendorId; readonly id: VendorId } {
  const slash = vendorId.indexOf("/");
  return { ticketId: vendorId.slice(0, slash), id: vendorId.slice(slash + 1) };
}

/** What an id names; undefined for whatever `globalId` didn't make. */
export function readGlobalId(id: string): GlobalId | undefined {
  const text = Buffer.from(id, "base64url").toString();
  const [, letter, connectionId, vendorId] = /^([A-Z]):([^:]+):(.*)$/su.exec(text) ?? [];
  const kind = KINDS.get(letter ?? "");
  if (kind === undefined || connectionId === undefined || vendorId === undefined) return undefined;
  return globalId(kind, connectionId, vendorId) === id ? { kind, connectionId, vendorId } : undefined;
}
