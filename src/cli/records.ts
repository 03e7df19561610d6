import type { ImportFile } from "./import-file.js";
import { readCsv } from "./read-csv.js";
import { readJsonLines } from "./read-json-lines.js";
import type { BrokenRecord, FileRecord } from "./record.js";

/** Reads a file's records one after another, never more of it than a record at a time. Throws CliError for what ends the reading. */
export function readRecords(
  file: ImportFile,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<FileRecord | BrokenRecord> {
  return file.format === "csv" ? readCsv(file, onBytes) : readJsonLines(file, onBytes);
}
