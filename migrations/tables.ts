/** The steps that migrations are made of. Each can be taken twice. */
import type { Column, Columns, Found, Index, Schema } from "./schema.ts";

/** Makes a table, or gives an adopted one what it lacks. Columns we do not know stay as they are. */
export async function ensureTable(
  schema: Schema,
  table: string,
  columns: Columns,
  keys: { primary: readonly string[]; indexes?: readonly Index[]; counter?: boolean },
): Promise<void> {
  const found = await schema.columns(table);
  if (found.length === 0) {
    await createTable(schema, table, columns, keys);
  } else {
    for (const [name, column] of Object.entries(columns)) await ensureColumn(schema, table, found, name, column);
    if (!keys.counter) await ensureIndex(schema, table, { name: `${table}_key`, columns: keys.primary, unique: true });
  }
  for (const index of keys.indexes ?? []) await ensureIndex(schema, table, index);
}

async function createTable(
  schema: Schema,
  table: string,
  columns: Columns,
  keys: { primary: readonly string[]; counter?: boolean },
): Promise<void> {
  const lines = Object.entries(columns).map(([name, column]) => `${name} ${schema.typeOf(column)}`);
  if (keys.counter) {
    lines.unshift(
      schema.mysql ? "id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY" : "id INTEGER PRIMARY KEY AUTOINCREMENT",
    );
  } else {
    lines.push(`PRIMARY KEY (${keys.primary.join(", ")})`);
  }
  const options = schema.mysql ? " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci" : "";
  await schema.change(`CREATE TABLE ${table} (\n  ${lines.join(",\n  ")}\n)${options}`);
}

/** An index of any name with the same first columns serves as well. */
export async function ensureIndex(schema: Schema, table: string, index: Index): Promise<void> {
  const serves = (await schema.indexes(table)).some(
    (found) =>
      index.columns.every((column, position) => found.columns[position] === column) &&
      (!index.unique || (found.unique && found.columns.length === index.columns.length)),
  );
  if (serves) return;
  const unique = index.unique ? "UNIQUE " : "";
  await schema.change(`CREATE ${unique}INDEX ${index.name} ON ${table} (${index.columns.join(", ")})`);
}

async function ensureColumn(
  schema: Schema,
  table: string,
  existing: readonly Found[],
  name: string,
  column: Column,
): Promise<void> {
  const found = existing.find((candidate) => candidate.name.toLowerCase() === name);
  if (!found) {
    // Rows that are there already, and programs that do not know the column, get by without it.
    const added: Column = column.default === undefined ? { type: column.type } : column;
    await schema.change(`ALTER TABLE ${table} ADD COLUMN ${name} ${schema.typeOf(added)}`);
  } else if (schema.mysql) {
    await widen(schema, table, found, column);
  }
}

/** MySQL only: SQLite's columns hold anything. The order, the default and the comment of a column stay. */
async function widen(schema: Schema, table: string, found: Found, column: Column): Promise<void> {
  const type =
    widerEnum(found, column) ?? (await widerText(schema, table, found, column)) ?? widerInteger(found, column);
  if (type === null) return;
  const kept = [
    found.nullable ? "NULL" : "NOT NULL",
    found.default === null || /^null$/i.test(found.default) ? "" : `DEFAULT ${quotedDefault(found.default)}`,
    found.comment === "" ? "" : `COMMENT ${quoted(found.comment)}`,
  ];
  await schema.change(`ALTER TABLE ${table} MODIFY COLUMN ${found.name} ${type} ${kept.filter(Boolean).join(" ")}`);
}

/** Our words after those that are there, so that no row's number changes its meaning. */
function widerEnum(found: Found, column: Column): string | null {
  const wanted = column.type.words;
  if (!wanted || !/^enum\(/i.test(found.type)) return null;
  const present = [...found.type.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1]!.replaceAll("''", "'"));
  const missing = wanted.filter((word) => !present.some((known) => known.toLowerCase() === word));
  if (missing.length === 0) return null;
  return `ENUM(${[...present, ...missing].map(quoted).join(", ")})${found.charset ? ` CHARACTER SET ${found.charset}` : ""}`;
}

/** Room for 4,096 emoji. A column within an index stays as long as it is, since an index has no room for such texts. */
async function widerText(schema: Schema, table: string, found: Found, column: Column): Promise<string | null> {
  if (column.type.width !== "text" || found.charset === null) return null;
  const length = Number(/^(?:var)?char\((\d+)\)/i.exec(found.type)?.[1] ?? 0);
  const narrow = length > 0 || /^tinytext/i.test(found.type);
  const foreign = found.charset !== "utf8mb4";
  if (!narrow && !foreign) return null;
  const indexed = (await schema.indexes(table)).some((index) => index.columns.includes(found.name));
  if (!indexed && narrow) return found.default === null ? column.type.mysql : null;
  return foreign ? `${found.type} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci` : null;
}

function widerInteger(found: Found, column: Column): string | null {
  if (column.type.width !== "bigint" || /auto_increment/i.test(found.extra)) return null;
  return /^(tiny|small|medium)?int(eger)?\b/i.test(found.type) ? "BIGINT" : null;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
/** MariaDB gives a default as SQL, MySQL as the bare value. */
const quotedDefault = (value: string): string =>
  /^'.*'$/s.test(value) || /^(current_timestamp|\d+(\.\d+)?$)/i.test(value) ? value : quoted(value);
