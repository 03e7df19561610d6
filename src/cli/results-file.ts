import { stringify } from "csv-stringify/sync";
import type { ImportResultsQuery } from "./generated/sdk.js";
import type { ImportFile } from "./import-file.js";
import { openLines, type LinesFile } from "./lines-file.js";
import type { Row } from "./rows.js";

/** What became of one ticket, as the gateway tells it. */
type Result = NonNullable<ImportResultsQuery["bulkJob"]>["results"]["nodes"][number];

/** Where is written what became of a file's rows. */
export interface ResultsFile {
  write(row: Row, result: Result): Promise<void>;
  close(): Promise<void>;
}

const COLUMNS = ["line", "state", "key", "url", "vendorId", "idempotencyKey", "code", "message"];

/**
 * Opens a CSV of results at `path`, and beside it, once there is any, a file of the rows that were refused, as they stood in
 * theirs: to be mended and imported by themselves. Throws CliError where they can't be written.
 */
export async function openResults(path: string, refusedPath: string, file: ImportFile): Promise<ResultsFile> {
  const results = await openLines(path);
  await results.write(stringify([COLUMNS]));
  let refused: LinesFile | undefined;
  return {
    async write(row, { ticket, vendorTicketId, delivery: { state, idempotencyKey }, errors }) {
      const messages = errors.map(({ message }) => message).join(" ");
      const cells = [
        row.line,
        state,
        ticket?.key,
        ticket?.url,
        vendorTicketId,
        idempotencyKey,
        errors[0]?.code,
        messages,
      ];
      // A spreadsheet would run a cell that begins like a formula.
      await results.write(stringify([cells], { escape_formulas: true }));
      if (state !== "REJECTED") return;
      if (!refused) {
        refused = await openLines(refusedPath);
        if (file.format === "csv") await refused.write(line(row.record.cells.map(([column]) => column)));
      }
      const { raw } = row.record;
      await refused.write(typeof raw === "string" ? `${raw}\n` : line(raw));
    },
    async close() {
      await results.close();
      await refused?.close();
    },
  };
  function line(cells: readonly string[]): string {
    return stringify([[...cells]], { delimiter: file.delimiter });
  }
}
