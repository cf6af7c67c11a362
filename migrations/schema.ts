/**
 * What a migration may do to a schema: look, then add. Nothing here drops or rewrites a value, and nothing recreates a
 * table, which on SQLite would lose its indexes and its children.
 */
import { QueryTypes, type Sequelize } from "sequelize";

/** A type as each kind of database calls it. SQLite has one kind of text, and gives whole numbers 64 bits. */
export interface ColumnType {
  mysql: string;
  sqlite: string;
  /** The words of an ENUM, in order. */
  words?: readonly string[];
  /** Bytes or characters it must be able to hold; narrower columns of adopted tables are widened. */
  width?: "bigint" | "text";
}
export interface Column {
  type: ColumnType;
  /** As SQL; only constants, since SQLite adds no column with another default. */
  default?: string;
  notNull?: boolean;
}
export type Columns = { [name: string]: Column };

export interface Index {
  name: string;
  columns: readonly string[];
  unique?: boolean;
}

const UTF8 = "CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
const KEY = "CHARACTER SET ascii COLLATE ascii_bin";

export const integer: ColumnType = { mysql: "INT", sqlite: "INTEGER" };
export const bigint: ColumnType = { mysql: "BIGINT", sqlite: "INTEGER", width: "bigint" };
export const flag: ColumnType = { mysql: "TINYINT(1)", sqlite: "INTEGER" };
export const seconds: ColumnType = { mysql: "DATETIME", sqlite: "TEXT" };
export const instant: ColumnType = { mysql: "DATETIME(3)", sqlite: "TEXT" };
/** A key made by the program: compared byte by byte. */
export const key: ColumnType = { mysql: `VARCHAR(128) ${KEY}`, sqlite: "TEXT" };
/** A name short enough for an index. */
export const name: ColumnType = { mysql: `VARCHAR(255) ${UTF8}`, sqlite: "TEXT" };
/** Anything a person wrote: 65,535 bytes, so 16,383 emoji. */
export const text: ColumnType = { mysql: `TEXT ${UTF8}`, sqlite: "TEXT", width: "text" };
export const json: ColumnType = { mysql: `LONGTEXT ${UTF8}`, sqlite: "TEXT" };
export const words = (...list: readonly string[]): ColumnType => ({
  mysql: `ENUM(${list.map((word) => `'${word}'`).join(", ")})`,
  sqlite: "TEXT",
  words: list,
});

/** What the database says of a column that is there. */
export interface Found {
  name: string;
  type: string;
  nullable: boolean;
  default: string | null;
  extra: string;
  charset: string | null;
  comment: string;
}
export interface FoundIndex {
  name: string;
  columns: string[];
  unique: boolean;
}

/** One database's schema. While planning, `change` only takes note. */
export class Schema {
  readonly mysql: boolean;
  readonly statements: string[] = [];
  readonly #sequelize: Sequelize;
  readonly #planning: boolean;

  constructor(sequelize: Sequelize, options: { planning: boolean }) {
    this.#sequelize = sequelize;
    this.#planning = options.planning;
    this.mysql = sequelize.getDialect() === "mysql";
  }

  look<Row extends object>(sql: string, replacements: { [name: string]: string } = {}): Promise<Row[]> {
    return this.#sequelize.query<Row>(sql, { type: QueryTypes.SELECT, replacements });
  }

  async change(sql: string): Promise<void> {
    this.statements.push(sql);
    if (this.#planning) return;
    if (!this.mysql) await this.#sequelize.query(sql, { type: QueryTypes.RAW });
    else await this.#changeOldRows(sql);
  }

  /** MySQL copies a table to change it, and refuses dates of an old row ("0000-00-00") that were taken when it was written. */
  #changeOldRows(sql: string): Promise<void> {
    // A transaction only to stay on one connection; every DDL statement commits by itself.
    return this.#sequelize.transaction(async (transaction) => {
      const run = (statement: string) => this.#sequelize.query(statement, { type: QueryTypes.RAW, transaction });
      await run("SET @mode_before = @@SESSION.sql_mode");
      await run(
        "SET SESSION sql_mode = REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_IN_DATE', ''), 'NO_ZERO_DATE', '')",
      );
      try {
        await run(sql);
      } finally {
        await run("SET SESSION sql_mode = @mode_before");
      }
    });
  }

  /** The columns of a table, in order; none where there is no such table. */
  async columns(table: string): Promise<Found[]> {
    if (!this.mysql) {
      const rows = await this.look<{
        name: string;
        type: string;
        notnull: number;
        dflt_value: string | null;
        pk: number;
      }>(`SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(:table)`, { table });
      return rows.map((row) => ({
        name: row.name,
        type: row.type,
        nullable: row.notnull === 0,
        default: row.dflt_value,
        // An INTEGER PRIMARY KEY numbers itself.
        extra: row.pk !== 0 && /^integer$/i.test(row.type) ? "auto_increment" : "",
        charset: null,
        comment: "",
      }));
    }
    return this.look<Found>(
      `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE = 'YES' AS nullable, COLUMN_DEFAULT AS \`default\`,
        EXTRA AS extra, CHARACTER_SET_NAME AS charset, COLUMN_COMMENT AS comment
        FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table ORDER BY ORDINAL_POSITION`,
      { table },
    ).then((rows) => rows.map((row) => ({ ...row, nullable: Boolean(row.nullable) })));
  }

  async indexes(table: string): Promise<FoundIndex[]> {
    // SQLite has no index for a key that is one whole number: the table itself is sorted by it.
    const rows = this.mysql
      ? await this.look<{ name: string; column: string | null; repeats: number }>(
          `SELECT INDEX_NAME AS name, COLUMN_NAME AS \`column\`, NON_UNIQUE AS repeats FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :table ORDER BY INDEX_NAME, SEQ_IN_INDEX`,
          { table },
        )
      : await this.look<{ name: string; column: string | null; repeats: number }>(
          `SELECT l.name AS name, i.name AS "column", 1 - l."unique" AS repeats, i.seqno AS place
            FROM pragma_index_list(:table) AS l JOIN pragma_index_info(l.name) AS i
            UNION ALL SELECT '', name, 0, 0 FROM pragma_table_info(:table)
            WHERE pk = 1 AND type = 'INTEGER' AND (SELECT MAX(pk) FROM pragma_table_info(:table)) = 1
            ORDER BY 1, place`,
          { table },
        );
    const found = new Map<string, FoundIndex>();
    for (const { name, column, repeats } of rows) {
      const index = found.get(name) ?? { name, columns: [], unique: Number(repeats) === 0 };
      index.columns.push(column ?? "");
      found.set(name, index);
    }
    return [...found.values()];
  }

  async hasTable(table: string): Promise<boolean> {
    return (await this.columns(table)).length > 0;
  }

  typeOf(column: Column): string {
    const type = this.mysql ? column.type.mysql : column.type.sqlite;
    return `${type}${column.notNull ? " NOT NULL" : " NULL"}${column.default === undefined ? "" : ` DEFAULT ${column.default}`}`;
  }
}
