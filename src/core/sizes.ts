/** File sizes as a command writes them, 1024-based: >10MB, 10MB+, ..2GB, 1MB..5MB. */
import { UserError } from "./errors.ts";

/** Bytes, both ends inclusive. */
export interface SizeRange {
  min?: number;
  max?: number;
}

const UNIT = "(?:[kmgt]i?b?|[кмгт]б?|b|б)";
const AMOUNT = `(\\d{1,15}(?:[.,]\\d{1,9})?)(${UNIT})?`;
const PATTERNS = {
  compared: new RegExp(`^(>=|<=|=>|=<|≥|≤|>|<)${AMOUNT}$`),
  between: new RegExp(`^${AMOUNT}(?:\\.\\.+|-)${AMOUNT}$`),
  atLeast: new RegExp(`^${AMOUNT}(?:\\+|\\.\\.+|-)$`),
  atMost: new RegExp(`^\\.\\.+${AMOUNT}$`),
  alone: new RegExp(`^${AMOUNT}$`),
};
const UNIT_ALONE = new RegExp(`^${UNIT}\\+?$`);
const HINT = "write size:>10MB, size:<2GB or size:1MB..5MB";

/** True for a word that is a unit of size alone, as in "10 MB". */
export function isSizeUnit(word: string): boolean {
  return UNIT_ALONE.test(word.toLowerCase());
}

/**
 * Reads a range of sizes; null where the text has not the shape of one. A bare range needs a unit ("10..20" may be
 * anything), so `keyed` says that "size:" stood before it.
 */
export function parseSizes(text: string, keyed: boolean): SizeRange | null {
  const words = text.toLowerCase().replaceAll("…", "..").replaceAll(/\s/g, "");
  const match = (pattern: RegExp): string[] | null => pattern.exec(words)?.slice(1) ?? null;

  const compared = match(PATTERNS.compared);
  if (compared) {
    const [sign = "", number, unit] = compared;
    const bytes = amount(number, unit, text);
    if (sign === ">") return { min: bytes + 1 };
    if (sign === "<") {
      if (bytes === 0) throw new UserError(`No file is smaller than nothing: ${HINT}.`);
      return { max: bytes - 1 };
    }
    return sign.includes(">") || sign === "≥" ? { min: bytes } : { max: bytes };
  }
  const [first, firstUnit, last, lastUnit] = match(PATTERNS.between) ?? [];
  if (first && last && (keyed || firstUnit || lastUnit)) {
    const [min, max] = [amount(first, firstUnit ?? lastUnit, text), amount(last, lastUnit ?? firstUnit, text)];
    if (min > max) throw new UserError(`In “${text}” the first size is the larger one: write the smaller one first.`);
    return { min, max };
  }
  const atLeast = match(PATTERNS.atLeast);
  if (atLeast && (keyed || atLeast[1])) return { min: amount(atLeast[0], atLeast[1], text) };
  const atMost = match(PATTERNS.atMost);
  if (atMost && (keyed || atMost[1])) return { max: amount(atMost[0], atMost[1], text) };
  const alone = match(PATTERNS.alone);
  if (alone && (keyed || alone[1])) {
    const shown = `${alone[0]}${alone[1]?.toUpperCase() ?? "MB"}`;
    throw new UserError(`“${text}” does not say whether larger or smaller: write >${shown} or <${shown}.`);
  }
  if (keyed) throw new UserError(`I can't read the size “${text}”: ${HINT}.`);
  return null;
}

/** Reads one amount, "10MB"; null where it is none. */
export function parseAmount(text: string): number | null {
  const [number, unit] = PATTERNS.alone.exec(text.toLowerCase().replaceAll(/\s/g, ""))?.slice(1) ?? [];
  return number ? amount(number, unit, text) : null;
}

function amount(number: string | undefined, unit: string | undefined, text: string): number {
  const power = " kmgt".indexOf(latin(unit?.[0] ?? "b"));
  const bytes = Math.round(Number((number ?? "").replace(",", ".")) * 1024 ** Math.max(0, power));
  if (!Number.isSafeInteger(bytes)) throw new UserError(`“${text}” is larger than any file: ${HINT}.`);
  return bytes;
}

const latin = (letter: string): string => ({ к: "k", м: "m", г: "g", т: "t", б: "b" })[letter] ?? letter;

const EXACT = ["TB", "GB", "MB", "KB"];

/** The shortest exact way to write an amount: "10MB", "1536KB", "10485761B". */
export function writeAmount(bytes: number): string {
  const unit = EXACT.find((_, index) => bytes > 0 && bytes % 1024 ** (4 - index) === 0);
  return unit ? `${bytes / 1024 ** (4 - EXACT.indexOf(unit))}${unit}` : `${bytes}B`;
}
