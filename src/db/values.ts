/** Between the values of the program and those of a column. */

/** What may be bound to a `?`. */
export type Value = string | number | boolean | null;

const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?/;

/** `2026-11-22 12:08:38.123`, UTC: the same text in both dialects, and ordered as text. */
export const toTime = (at: Date): string => at.toISOString().slice(0, 23).replace("T", " ");
export const toTimeOrNull = (at: Date | null): string | null => (at ? toTime(at) : null);

/** A column of time, as Sequelize parsed it or as the text it is; null for what is no time, such as MySQL's zero date. */
export function timeOrNull(value: unknown): Date | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value;
  const parts = TIME.exec(String(value ?? ""));
  if (!parts) return null;
  const at = new Date(`${parts[1]}T${parts[2]}${(parts[3] ?? "").slice(0, 4)}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
export const time = (value: unknown): Date => timeOrNull(value) ?? new Date(0);

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Text as every database keeps it: U+0000 (which ends a text for SQLite) and halves of surrogate pairs (which no UTF-8
 * can say) become U+FFFD; all else stays.
 */
export const clean = (text: string): string => text.replaceAll("\0", "\uFFFD").replace(LONE_SURROGATE, "\uFFFD");
export const cleanOrNull = (text: string | null): string | null => (text === null ? null : clean(text));

export const toJson = (value: unknown): string | null =>
  value === undefined || value === null ? null : clean(JSON.stringify(value));

/** A column of JSON, as text or as the driver parsed it; null where it cannot be read. */
export function fromJson<T>(value: unknown): T | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") return value as T;
  try {
    return JSON.parse(value) as T;
  } catch {
    return null;
  }
}

export const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
export const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** SQLite has no ENUM, so the check is here. */
export function oneOf<T extends string>(list: readonly T[], value: string, column: string): T {
  const known = list.find((word) => word === value);
  if (known === undefined) throw new TypeError(`“${value}” is no ${column}: use one of ${list.join(", ")}.`);
  return known;
}

/** A pattern for Dialect.like that finds the text anywhere. */
export const containing = (text: string): string =>
  `%${clean(text)
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`;
