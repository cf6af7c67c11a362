/** One cell of a CSV by RFC 4180. */
import { cleanText } from "../clean.ts";

/** How table programs know a formula; full-width forms are taken for one by some. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;
/** What a number may be, so that it stays one. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

export type Cell = string | number | boolean | null | undefined;

export function csvCell(value: Cell, escapeFormulas: boolean): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value !== "string") return String(value);
  const clean = cleanText(value);
  const safe = escapeFormulas && FORMULA.test(clean) && !NUMBER.test(clean) ? `'${clean}` : clean;
  return /[",\r\n;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (cells: readonly Cell[], escapeFormulas: boolean): string =>
  `${cells.map((cell) => csvCell(cell, escapeFormulas)).join(",")}\r\n`;
