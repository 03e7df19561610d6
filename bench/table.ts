export type Cell = string | number;

/** A table for people and for Markdown: columns as wide as they need, numbers with as many digits as mean something. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(shown))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const lines = cells.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return lines.join("\n");
}

/** Three digits that count, and no fewer than the whole number has. */
export function shown(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) return "–";
  return Math.abs(cell) >= 100 || Number.isInteger(cell) ? cell.toFixed(0) : String(Number(cell.toPrecision(3)));
}
