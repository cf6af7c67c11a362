/** The names of words (core/search-index.ts) as each database's index is asked for them, and as they stand in a row. */
import type { IndexName, IndexQuery } from "../core/search-index.ts";

/** Names are plain letters and digits, so that nothing in them is an operator. */
export function forSqlite({ all, none }: IndexQuery): string {
  const wanted = all.map(({ name, prefix }) => `"${name}"${prefix ? "*" : ""}`).join(" AND ");
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.map((name) => `"${name}"`).join(" OR ")})`;
}

export const forMysql = (asked: readonly IndexName[], none: readonly string[]): string =>
  [...asked.map(({ name, prefix }) => `+${name}${prefix ? "*" : ""}`), ...none.map((name) => `-${name}`)].join(" ");

/** A row's words with a blank on either side of each. */
export const lineOf = (words: string): string => ` ${words} `;
export const LINE_IN_MYSQL = "CONCAT(' ', s.words, ' ')";

export const says = (line: string, { name, prefix }: IndexName): boolean =>
  line.includes(` ${name}${prefix ? "" : " "}`);
export const saysInMysql = ({ name, prefix }: IndexName): string => `% ${name}${prefix ? "" : " "}%`;
