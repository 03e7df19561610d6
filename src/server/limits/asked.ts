import { GraphQLError } from "graphql";
import type { TrustedDocuments } from "./trusted-documents.js";

/** What a client sends to have an operation run, by POST or as a subscription. Nothing of it has been checked. */
export interface Asked {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
  readonly documentId?: unknown;
}

/**
 * The request with the document's text in it, where it names a trusted one; the request itself where it names none.
 * An error where the name is of none that is known.
 */
export function withText<A extends Asked>(asked: A, trusted: TrustedDocuments | undefined): A | GraphQLError {
  const id = idOf(asked);
  if (id === undefined) return asked;
  // Without a manifest, a client that would register its documents is told so by whoever runs them.
  if (!trusted) return asked.documentId === undefined ? asked : unknown(id, "PERSISTED_QUERY_NOT_SUPPORTED");
  const text = trusted.find(id);
  if (text === undefined && typeof asked.query === "string" && asked.query !== "") return withoutHash(asked);
  if (text === undefined) return unknown(id, "PERSISTED_QUERY_NOT_FOUND");
  return { ...withoutHash(asked), query: text };
}

/** That a server which runs only trusted documents doesn't know a text. */
export function untrusted(): GraphQLError {
  const message =
    "This server runs only the documents of its manifest, and this is none of them. Have its operator add it to TRUSTED_DOCUMENTS.";
  return new GraphQLError(message, { extensions: { code: "UNTRUSTED_DOCUMENT" } });
}

function idOf({ documentId, extensions }: Asked): string | undefined {
  if (typeof documentId === "string") return documentId;
  const persisted = (extensions as { persistedQuery?: { sha256Hash?: unknown } | null } | null | undefined)
    ?.persistedQuery;
  return typeof persisted?.sha256Hash === "string" ? persisted.sha256Hash : undefined;
}

function withoutHash<A extends Asked>({ documentId: _id, extensions, ...asked }: A): A {
  const { persistedQuery: _hash, ...others } = (extensions ?? {}) as { persistedQuery?: unknown };
  return { ...asked, ...(Object.keys(others).length > 0 && { extensions: others }) } as A;
}

function unknown(id: string, code: "PERSISTED_QUERY_NOT_FOUND" | "PERSISTED_QUERY_NOT_SUPPORTED"): GraphQLError {
  const shown = JSON.stringify(id.slice(0, 80));
  const message =
    code === "PERSISTED_QUERY_NOT_FOUND"
      ? `There is no trusted document ${shown}. Send the query's text, or have the server's operator add it to TRUSTED_DOCUMENTS.`
      : `This server has no trusted documents, so ${shown} names none. Send the query's text.`;
  return new GraphQLError(message, { extensions: { code } });
}
