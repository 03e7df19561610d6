import type { VendorId } from "./ticket.js";

const LETTERS = { Ticket: "T", Project: "P", IssueType: "I", User: "U", VendorConnection: "C", BulkJob: "B" } as const;
/** The kinds of things that have an id of their own in the schema. */
export type NodeKind = keyof typeof LETTERS;
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter as string, kind as NodeKind]));

export interface GlobalId {
  readonly kind: NodeKind;
  readonly connectionId: string;
  readonly vendorId: VendorId;
}

/** The opaque id of a thing: known without asking anybody, the same after every restart. A connection's vendor id is "". */
export function globalId(kind: NodeKind, connectionId: string, vendorId: VendorId): string {
  return Buffer.from(`${LETTERS[kind]}:${connectionId}:${vendorId}`).toString("base64url");
}

/** What an id names; undefined for whatever `globalId` didn't make. */
export function readGlobalId(id: string): GlobalId | undefined {
  const text = Buffer.from(id, "base64url").toString();
  const [, letter, connectionId, vendorId] = /^([A-Z]):([^:]+):(.*)$/su.exec(text) ?? [];
  const kind = KINDS.get(letter ?? "");
  if (kind === undefined || connectionId === undefined || vendorId === undefined) return undefined;
  return globalId(kind, connectionId, vendorId) === id ? { kind, connectionId, vendorId } : undefined;
}
