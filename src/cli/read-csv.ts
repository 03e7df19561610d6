import { CsvError, parse } from "csv-parse";
import { CliError } from "./cli-error.js";
import { textStream, type ImportFile } from "./import-file.js";
import type { BrokenRecord, FileRecord } from "./record.js";

/** A quotation mark that nobody closed would otherwise take the rest of the file for one cell. */
const LONGEST_RECORD = 4_000_000;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads CSV whose first line names the columns (RFC 4180, any line ends). */
export async function* readCsv(
  file: ImportFile,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<FileRecord | BrokenRecord> {
  const options = {
    bom: true,
    delimiter: file.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  };
  const source = textStream(file, onBytes);
  const parser = parse(options);
  // pipe() tells nobody of a source that failed.
  source.on("error", (error) => parser.destroy(error));
  let names: readonly string[] | undefined;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      if (!names) {
        names = header(record, file);
        continue;
      }
      const columns = names;
      const line = info.lines - record.join("").split("\n").length + 1;
      if (record.every((cell) => cell.trim() === "")) continue;
      if (record.length === columns.length)
        yield { line, cells: record.map((cell, n) => [columns[n] as string, cell] as const), raw: record };
      else
        yield {
          line,
          problem: `It has ${record.length} cells, but there are ${columns.length} columns. A cell that holds the separator must stand in quotation marks.`,
        };
    }
  } catch (error) {
    throw error instanceof CsvError ? new CliError(`${file.path}: ${error.message}.`) : error;
  }
  if (!names) throw new CliError(`${file.path} is empty. Its first line must name the columns.`);
}

function header(record: readonly string[], { path, delimiter }: ImportFile): readonly string[] {
  const names = record.map((name) => name.trim());
  const [only] = names;
  const other = [";", "\t", ","].find((one) => one !== delimiter && only?.includes(one));
  if (names.length === 1 && other !== undefined)
    throw new CliError(
      `${path}: the first line is one column, "${only}". Give --delimiter "${other === "\t" ? "\\t" : other}" if that separates its cells.`,
    );
  const unnamed = names.indexOf("");
  if (unnamed >= 0) throw new CliError(`${path}: column ${unnamed + 1} has no name in the first line.`);
  return names;
}
