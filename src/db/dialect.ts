/** The few words in which the two kinds of SQL differ. Everything else is said the same way in both. */
export interface Dialect {
  name: "sqlite" | "mysql";
  /** The database's clock, to the millisecond, in UTC. */
  now: string;
  /** The database's clock plus one bound number of milliseconds. */
  later: string;
  /** The same clock as milliseconds since 1970. */
  milliseconds: string;
  greatest: (a: string, b: string) => string;
  concat: (...parts: string[]) => string;
  /** After the rows of an INSERT: what happens to a row whose key is known. */
  onConflict: (key: readonly string[], updates: readonly string[]) => string;
  /** How the new value of a column is called in there. */
  fresh: (column: string) => string;
  insertIgnore: string;
  /** Case is not looked at. The bound pattern is in lower case and escapes with a backslash. */
  like: string;
}

export const SQLITE: Dialect = {
  name: "sqlite",
  now: "strftime('%Y-%m-%d %H:%M:%f', 'now')",
  later: "strftime('%Y-%m-%d %H:%M:%f', 'now', (? / 1000.0) || ' seconds')",
  milliseconds: "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)",
  greatest: (a, b) => `MAX(${a}, ${b})`,
  concat: (...parts) => `(${parts.join(" || ")})`,
  onConflict: (key, updates) =>
    updates.length === 0
      ? `ON CONFLICT (${key.join(", ")}) DO NOTHING`
      : `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${updates.join(", ")}`,
  fresh: (column) => `excluded.${column}`,
  insertIgnore: "INSERT OR IGNORE",
  like: "LIKE ? ESCAPE '\\'",
};

export const MYSQL: Dialect = {
  name: "mysql",
  now: "UTC_TIMESTAMP(3)",
  later: "DATE_ADD(UTC_TIMESTAMP(3), INTERVAL ? * 1000 MICROSECOND)",
  milliseconds: "CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)",
  greatest: (a, b) => `GREATEST(${a}, ${b})`,
  concat: (...parts) => `CONCAT(${parts.join(", ")})`,
  onConflict: (key, updates) =>
    `ON DUPLICATE KEY UPDATE ${updates.length === 0 ? `${key[0]} = ${key[0]}` : updates.join(", ")}`,
  fresh: (column) => `VALUES(${column})`,
  insertIgnore: "INSERT IGNORE",
  like: "LIKE ? ESCAPE '\\\\'",
};
