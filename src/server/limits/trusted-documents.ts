import { GraphQLError, parse, validate, type GraphQLSchema } from "graphql";
import { ConfigError } from "../../config/config-error.js";
import type { TrustedManifest } from "../../config/trusted-documents.js";
import { isRefused, openDocuments } from "./documents.js";
import type { QueryLimits } from "./query-limits.js";

/** The documents that may be asked for by name, and whether there are no others. */
export interface TrustedDocuments {
  /** The text that an id stands for: "sha256:…", the digits alone, or what the manifest calls it. */
  find(id: string): string | undefined;
  /** Whether a text with this hash, in hexadecimal digits, is one of them. */
  has(sha256: string): boolean;
  /** Whether nothing else is accepted. */
  readonly only: boolean;
}

/** Checks every document against the schema and the limits. Throws ConfigError that names each one which could never run. */
export function openTrustedDocuments(
  { path, documents }: TrustedManifest,
  only: boolean,
  schema: GraphQLSchema,
  limits: QueryLimits,
): TrustedDocuments {
  const judge = openDocuments(schema, limits);
  const hashes = new Set<string>();
  const problems: string[] = [];
  for (const [id, text] of documents) {
    const judged = judge(text);
    const errors = isRefused(judged) ? judged : validity(schema, text);
    if (!isRefused(judged)) hashes.add(judged.sha256);
    if (errors.length > 0) problems.push(`  - ${id}: ${errors.map(({ message }) => message).join(" ")}`);
  }
  if (problems.length > 0)
    throw new ConfigError(
      `TRUSTED_DOCUMENTS names ${path}, in which these can't run here. Make the manifest anew with this server's schema:\n${problems.join("\n")}`,
    );
  return { find: (id) => documents.get(id.replace(/^sha256:/, "")), has: (sha256) => hashes.has(sha256), only };
}

function validity(schema: GraphQLSchema, text: string): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text), undefined, { maxErrors: 3 });
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
