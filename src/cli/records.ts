import type { ImportFile } from "./import-file.js";
import { readCsv } from "./read-csv.js";
import { readJsonLines } from "./read-json-lines.js";

/** One record of a file: what stands in each column, in order; the same name may come twice. */
export interface FileRecord {
  /** Where it begins; the first line is 1. */
  readonly line: number;
  readonly cells: readonly (readonly [column: string, value: unknown])[];
  /** As it stands in the file, to be written down again. */
  readonly raw: readonly string[] | string;
}

/** A record that can't be read. */
export interface BrokenRecord {
  readonly line: number;
  readonly problem: string;
}

/** Reads a file's records one after another, never more of it than a record at a time. Throws CliError for what ends the reading. */
export function readRecords(
  file: ImportFile,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<FileRecord | BrokenRecord> {
  return file.format === "csv" ? readCsv(file, onBytes) : readJsonLines(file, onBytes);
}
