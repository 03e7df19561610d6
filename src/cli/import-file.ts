import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { CliError } from "./cli-error.js";

export const FORMATS = ["csv", "jsonl"] as const;

/** A file of tickets, told apart from other versions of itself. */
export interface ImportFile {
  readonly path: string;
  readonly format: (typeof FORMATS)[number];
  /** What separates a CSV file's cells. */
  readonly delimiter: string;
  readonly bytes: number;
  /** Throws CliError when the file isn't any more what it was. */
  unchanged(): Promise<void>;
}

const FORMAT_OF: Readonly<Record<string, ImportFile["format"]>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

/** Finds out what kind of file it is. Throws CliError where it can't be read or its kind isn't known. */
export async function findFile(
  path: string,
  given: { readonly format?: ImportFile["format"]; readonly delimiter?: string },
): Promise<ImportFile> {
  const extension = extname(path).toLowerCase();
  const format = given.format ?? FORMAT_OF[extension];
  if (!format)
    throw new CliError(`${path}: the name doesn't tell what it is. Give --format csv or --format jsonl (JSON Lines).`);
  const first = await versionOf(path);
  return {
    path,
    format,
    delimiter: given.delimiter ?? (extension === ".tsv" ? "\t" : ","),
    bytes: first.size,
    async unchanged() {
      const now = await versionOf(path);
      if (now.size !== first.size || now.mtimeMs !== first.mtimeMs)
        throw new CliError(`${path} was changed while it was being imported. Run the command again.`);
    },
  };
}

/** The file's text piece by piece; `onBytes` sees its bytes. Throws CliError where it isn't UTF-8 or can't be read. */
async function* textOf({ path }: ImportFile, onBytes?: (bytes: Uint8Array) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
      onBytes?.(bytes);
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw new CliError(`${path} is not in UTF-8. Save it in UTF-8 and try again.`);
    throw unreadable(path, error);
  }
}

/** The same as a stream, for parsers. */
export const textStream = (file: ImportFile, onBytes?: (bytes: Uint8Array) => void): Readable =>
  Readable.from(textOf(file, onBytes), { objectMode: false });

async function versionOf(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isFile()) throw new CliError(`${path} is not a file. It is read twice, so it can't be a pipe.`);
  return found;
}

function unreadable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new CliError(`There is no file ${path}.`);
  if (code === "EACCES" || code === "EISDIR" || code === "EIO") return new CliError(`${path} can't be read: ${code}.`);
  return error;
}
