/**
 * The embedded SQLite in the shape that Sequelize expects of a driver: callbacks, `this.changes`, `this.lastID`.
 * Busy files are waited for without blocking the process, and long stretches of work let others have a turn.
 */
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from "@photostructure/sqlite";

export const OPEN_READWRITE = 2;
export const OPEN_CREATE = 4;

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
/** How long a writer waits for others, of this process or another one. */
const BUSY_LIMIT_MS = 60_000;
/** After this long without a pause the event loop gets one. */
const TURN_MS = 8;
const STATEMENTS_KEPT = 100;

type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;
type Bound = string | number | bigint | null | Uint8Array | { [name: string]: unknown };
type Parameters = readonly unknown[] | { [name: string]: unknown };
type Row = { [column: string]: unknown };

/** Sequelize looks at the name of this class to see that a query has run. */
class Statement {
  lastID = 0;
  changes = 0;
}

let turnStarted = 0;

export class Database {
  readonly filename: string;
  /** Set by Sequelize on the connection of a transaction. */
  uuid?: string;
  #database: DatabaseSyncInstance | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** The one used last stands last. */
  readonly #statements = new Map<string, StatementSyncInstance>();

  constructor(filename: string, _mode: number, opened: (error: Error | null) => void) {
    this.filename = filename;
    void this.#next(async () => {
      try {
        this.#database = new DatabaseSync(filename, { timeout: 0 });
        await this.#patiently(() => this.#open.exec("PRAGMA journal_mode = WAL"));
        opened(null);
      } catch (error) {
        opened(asError(error));
      }
    });
  }

  serialize(work: () => unknown): void {
    work();
  }

  run(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.#perform(sql, parameters, callback, (statement, values, outcome) => {
      const { changes, lastInsertRowid } = statement.run(...values);
      outcome.changes = Number(changes);
      outcome.lastID = Number(lastInsertRowid);
      return undefined;
    });
  }

  all(sql: string, parameters?: Parameters | Callback, callback?: Callback): this {
    return this.#perform(sql, parameters, callback, (statement, values) =>
      (statement.all(...values) as Row[]).map(exact),
    );
  }

  exec(sql: string, callback?: (error: Error | null) => void): this {
    void this.#next(() => this.#patiently(() => this.#open.exec(sql))).then(
      () => callback?.(null),
      (error: unknown) => callback?.(asError(error)),
    );
    return this;
  }

  close(callback?: (error: Error | null) => void): void {
    void this.#next(async () => {
      this.#statements.clear();
      this.#database?.close();
      this.#database = null;
    }).then(
      () => callback?.(null),
      (error: unknown) => callback?.(asError(error)),
    );
  }

  get #open(): DatabaseSyncInstance {
    if (!this.#database) throw new Error("The database file is closed.");
    return this.#database;
  }

  #perform(
    sql: string,
    parameters: Parameters | Callback | undefined,
    callback: Callback | undefined,
    execute: (statement: StatementSyncInstance, values: Bound[], outcome: Statement) => unknown[] | undefined,
  ): this {
    if (typeof parameters === "function") return this.#perform(sql, [], parameters, execute);
    const outcome = new Statement();
    const work = async () => {
      const rows = await this.#patiently(() => execute(this.#prepared(sql), bound(parameters), outcome));
      await turn();
      return rows;
    };
    this.#next(work).then(
      (rows) => callback?.call(outcome, null, rows),
      (error: unknown) => callback?.call(outcome, asError(error)),
    );
    return this;
  }

  /** Statements are used again: making one costs more than most of them do, and each is held until a collection. */
  #prepared(sql: string): StatementSyncInstance {
    const known = this.#statements.get(sql);
    this.#statements.delete(sql);
    const statement = known ?? this.#open.prepare(sql);
    if (!known) statement.setReadBigInts(true);
    this.#statements.set(sql, statement);
    for (const [oldest] of this.#statements) {
      if (this.#statements.size <= STATEMENTS_KEPT) break;
      this.#statements.delete(oldest);
    }
    return statement;
  }

  /** One thing after another, as the caller asked for them. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #patiently<T>(work: () => T): Promise<T> {
    const deadline = Date.now() + BUSY_LIMIT_MS;
    for (let pause = 1; ; pause = Math.min(pause * 1.5, 25)) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error;
        // Not the same pause for everybody, or they would meet again.
        await new Promise((resume) => setTimeout(resume, pause * (0.5 + Math.random())));
      }
    }
  }
}

/**
 * Sequelize's models bind `$1` by name. Our own statements bind `?` by position, given as one list, since looking up
 * thousands of names takes longer than writing the rows.
 */
function bound(parameters: Parameters = []): Bound[] {
  if (isList(parameters)) return parameters.map(bindable);
  if (Array.isArray(parameters.$list)) return parameters.$list.map(bindable);
  return [Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, bindable(value)]))];
}
const isList = (parameters: Parameters): parameters is readonly unknown[] => Array.isArray(parameters);

function bindable(value: unknown): Bound {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return value as Bound;
}

/** 64-bit integers come as numbers where those are exact, else as decimal digits. */
function exact(row: Row): Row {
  for (const column in row) {
    const value = row[column];
    if (typeof value !== "bigint") continue;
    const number = Number(value);
    row[column] = Number.isSafeInteger(number) ? number : value.toString();
  }
  return row;
}

async function turn(): Promise<void> {
  const now = performance.now();
  if (now - turnStarted < TURN_MS) return;
  await new Promise((resume) => setImmediate(resume));
  turnStarted = performance.now();
}

const errorCode = (error: unknown): number =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : 0;
const isBusy = (error: unknown): boolean => [SQLITE_BUSY, SQLITE_LOCKED].includes(errorCode(error));

const CODE_NAMES: { [code: number]: string } = {
  5: "SQLITE_BUSY",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  19: "SQLITE_CONSTRAINT",
};

/** With the code by name, which is how Sequelize tells a broken constraint from other errors. */
function asError(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const name = CODE_NAMES[errorCode(error)];
  return name ? Object.assign(error, { code: name }) : error;
}
