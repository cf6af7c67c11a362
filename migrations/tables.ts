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
  const changes: string[] = [];
  if (found.length === 0) {
    await createTable(schema, table, columns, keys);
  } else {
    for (const [name, column] of Object.entries(columns)) {
      const change = await columnChange(schema, table, found, name, column);
      if (change !== null) changes.push(change);
    }
  }
  const unique = keys.counter ? [] : [{ name: `${table}_key`, columns: keys.primary, unique: true }];
  for (const index of [...(found.length === 0 ? [] : unique), ...(keys.indexes ?? [])]) {
    const change = await indexChange(schema, table, index);
    if (change !== null) changes.push(change);
  }
  if (changes.length === 0) return;
  // MySQL rebuilds a large table once for all changes, or once for each statement.
  if (schema.mysql) await schema.change(`ALTER TABLE ${table}\n  ${changes.join(",\n  ")}`);
  else for (const change of changes) await schema.change(change);
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
async function indexChange(schema: Schema, table: string, index: Index): Promise<string | null> {
  const serves = (await schema.indexes(table)).some(
    (found) =>
      index.columns.every((column, position) => found.columns[position] === column) &&
      (!index.unique || (found.unique && found.columns.length === index.columns.length)),
  );
  if (serves) return null;
  const kind = `${index.unique ? "UNIQUE " : ""}INDEX ${index.name}`;
  const columns = `(${index.columns.join(", ")})`;
  return schema.mysql ? `ADD ${kind} ${columns}` : `CREATE ${kind} ON ${table} ${columns}`;
}

async function columnChange(
  schema: Schema,
  table: string,
  existing: readonly Found[],
  name: string,
  column: Column,
): Promise<string | null> {
  const found = existing.find((candidate) => candidate.name.toLowerCase() === name);
  if (found) return schema.mysql ? wider(schema, table, found, column) : null;
  // Rows that are there already, and programs that do not know the column, get by without it.
  const added: Column = column.default === undefined ? { type: column.type } : column;
  const change = `ADD COLUMN ${name} ${schema.typeOf(added)}`;
  return schema.mysql ? change : `ALTER TABLE ${table} ${change}`;
}

/** MySQL only: SQLite's columns hold anything. The order, the default and the comment of a column stay. */
async function wider(schema: Schema, table: string, found: Found, column: Column): Promise<string | null> {
  const type =
    widerEnum(found, column) ?? (await widerText(schema, table, found, column)) ?? widerInteger(found, column);
  if (type === null) return null;
  const kept = [
    found.nullable ? "NULL" : "NOT NULL",
    hasDefault(found) ? `DEFAULT ${quotedDefault(found.default ?? "")}` : "",
    found.comment === "" ? "" : `COMMENT ${quoted(found.comment)}`,
  ];
  return `MODIFY COLUMN ${found.name} ${type} ${kept.filter(Boolean).join(" ")}`;
}

/** MariaDB says “NULL” where MySQL says nothing. */
const hasDefault = (found: Found): boolean => found.default !== null && !/^null$/i.test(found.default);

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
  // A TEXT of MySQL's has no default.
  if (!indexed && narrow && !hasDefault(found)) return column.type.mysql;
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
