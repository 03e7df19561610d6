import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ConfigError } from "./config-error.js";

/** The documents that clients may run, as their build wrote them down. */
export interface TrustedManifest {
  /** Where it stands, for messages. */
  readonly path: string;
  /** Texts by id: a SHA-256 in lower-case hexadecimal digits, or whatever the build calls them. */
  readonly documents: ReadonlyMap<string, string>;
}

const Plain = z.record(z.string(), z.string());
/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const Apollo = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** Reads a manifest of either form. Throws ConfigError where there is none, or where a hash isn't its text's. */
export async function readTrustedManifest(path: string): Promise<TrustedManifest> {
  const tree = await readJson(path);
  const entries = entriesOf(tree);
  if (!entries)
    throw new ConfigError(
      `${named(path)}, which is no manifest. Give {"<sha256>": "<document>"}, or what Apollo's generate-persisted-query-manifest writes.`,
    );
  const documents = new Map(entries.map(([id, text]) => [id.replace(/^sha256:/, ""), text]));
  const wrong = [...documents].filter(([id, text]) => /^[0-9a-f]{64}$/i.test(id) && id !== sha256(text));
  if (wrong.length > 0)
    throw new ConfigError(
      `${named(path)}, in which these hashes are not the SHA-256 of their documents. Make it anew:\n${wrong.map(([id]) => `  - ${id}`).join("\n")}`,
    );
  return { path, documents };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "is no JSON" : "can't be read";
    throw new ConfigError(`${named(path)}, which ${why}. Give the path of a JSON manifest.`, { cause });
  }
}

function entriesOf(tree: unknown): readonly (readonly [string, string])[] | undefined {
  const apollo = Apollo.safeParse(tree);
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => [id, body]);
  const plain = Plain.safeParse(tree);
  return plain.success ? Object.entries(plain.data) : undefined;
}

function named(path: string): string {
  return `TRUSTED_DOCUMENTS names ${path}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
