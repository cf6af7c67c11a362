import mysql from "mysql2";
import { QueryTypes, type Sequelize, type Transaction } from "sequelize";
import { MYSQL, SQLITE } from "./dialect.ts";
import type { Filler, Sql, Store } from "./sql.ts";
import type { Value } from "./values.ts";

/** A deadlock, or a wait for a lock that took too long: the loser asks again. */
const COLLISIONS = new Set(["ER_LOCK_DEADLOCK", "ER_LOCK_WAIT_TIMEOUT", "ER_CHECKREAD"]);
const ATTEMPTS = 12;

export interface StoreOptions {
  server: Store["server"];
  fillers: ReadonlyMap<string, readonly Filler[]>;
}

/** Statements over one Sequelize connection pool. */
export function createStore(sequelize: Sequelize, { server, fillers }: StoreOptions): Store {
  const dialect = server === "sqlite" ? SQLITE : MYSQL;
  // SQLite has one writer at a time: they queue here rather than knock in turns.
  const inTurn = server === "sqlite" ? turns() : <T>(work: () => Promise<T>) => work();

  const sqlWithin = (transaction: Transaction | null): Sql => {
    const query = <T>(text: string, values: readonly Value[], type: QueryTypes) =>
      (dialect === SQLITE
        ? sequelize.query(text, { type, transaction, raw: true, bind: { list: values } })
        : sequelize.query(mysql.format(text, [...values]), { type, transaction, raw: true })) as Promise<T>;
    return {
      dialect,
      fillers: (table) => fillers.get(table) ?? [],
      all: <Row>(text: string, values: readonly Value[] = []) => query<Row[]>(text, values, QueryTypes.SELECT),
      // Of all kinds of query this is the one for which Sequelize answers with the number of rows.
      run: (text, values = []) => query<number>(text, values, QueryTypes.BULKUPDATE),
    };
  };

  const outside = sqlWithin(null);
  return {
    ...outside,
    server,
    all: (text, values) => persistently(() => outside.all(text, values)),
    run: (text, values) => inTurn(() => persistently(() => outside.run(text, values))),
    transaction: (work) => inTurn(() => persistently(() => sequelize.transaction((tx) => work(sqlWithin(tx))))),
    close: () => sequelize.close(),
  };
}

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !COLLISIONS.has(sqlCode(error))) throw error;
      await new Promise((resume) => setTimeout(resume, Math.random() * 10 * attempt));
    }
  }
}

/** The server's own name of an error, wherever Sequelize has put it. */
export function sqlCode(error: unknown): string {
  const parent = error instanceof Error && "parent" in error ? error.parent : error;
  return parent instanceof Error && "code" in parent ? String(parent.code) : "";
}

function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
