/** Rows as CSV by RFC 4180. */

export interface CsvOptions {
  /** A mark at the beginning by which Excel knows UTF-8. */
  bom: boolean;
  /** Cells that a table program would take for a formula get an apostrophe in front. */
  escapeFormulas: boolean;
}

export function csvOf(rows: readonly (readonly (string | number | null)[])[], options: CsvOptions): string {
  const text = rows.map((row) => row.map((cell) => cellOf(cell, options)).join(",")).join("\r\n");
  return `${options.bom ? "\uFEFF" : ""}${text}\r\n`;
}

function cellOf(cell: string | number | null, { escapeFormulas }: CsvOptions): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = escapeFormulas && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
