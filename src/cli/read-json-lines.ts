import split2 from "split2";
import { textStream, type ImportFile } from "./import-file.js";
import type { BrokenRecord, FileRecord } from "./record.js";

/** Reads JSON Lines: one object on each line (https://jsonlines.org). */
export async function* readJsonLines(
  file: ImportFile,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<FileRecord | BrokenRecord> {
  const source = textStream(file, onBytes);
  const lines = split2();
  // pipe() tells nobody of a source that failed.
  source.on("error", (error) => lines.destroy(error));
  let line = 0;
  for await (const text of source.pipe(lines) as AsyncIterable<string>) {
    line += 1;
    const raw = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (raw.trim() === "") continue;
    yield read(line, raw);
  }
}

function read(line: number, raw: string): FileRecord | BrokenRecord {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return { line, problem: `It is not JSON: ${(error as Error).message}.` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { line, problem: 'It is not an object. Each line must be one, as in {"name": "…"}.' };
  return { line, cells: Object.entries(value), raw };
}
