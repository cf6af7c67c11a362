import mysql from "mysql2";
import { type Options, Sequelize, Transaction } from "sequelize";
import { UserError } from "../core/errors.ts";
import * as sqliteDriver from "./sqlite-driver.ts";

/** A query that a server leaves unanswered for so long counts as a server that is away. */
const SILENT_MS = 10_000;
const CONNECT_MS = 5_000;
/**
 * A machine that stands still or is cut off in the middle of a transaction keeps its rows locked. After so long without a
 * word from it the server rolls back and lets go, in good time before the other machines take its jobs over.
 */
const SILENT_CLIENT_SECONDS = 8;
/** Shorter than what counts as silence: a server that says that a row is taken is not away. */
const LOCK_WAIT_SECONDS = 4;
/** Connections are put back long before the server would end them. */
const IDLE_MS = 3_000;

export interface ConnectOptions {
  /** Off for migrations, which may rebuild an index of millions of rows. */
  queryLimit?: boolean;
  silentMs?: number;
}

/** `sqlite:<path>` is ours, for a file; everything else is the DATABASE_URL of a server. */
export function connect(url: string, options: ConnectOptions = {}): Sequelize {
  return url.startsWith("sqlite:") ? connectFile(url.slice("sqlite:".length)) : connectServer(url, options);
}

function connectFile(path: string): Sequelize {
  return new Sequelize({
    dialect: "sqlite",
    dialectModule: sqliteDriver,
    storage: path,
    logging: false,
    // A transaction that reads before it writes would otherwise fail when another one has written in between.
    transactionType: Transaction.TYPES.IMMEDIATE,
  });
}

function connectServer(url: string, { queryLimit = true, silentMs = SILENT_MS }: ConnectOptions): Sequelize {
  const limit = queryLimit ? silentMs : 0;
  return new Sequelize({
    ...serverOf(url),
    // mysql2 for MariaDB as well: Sequelize's own dialect for it fails on untyped queries.
    dialect: "mysql",
    dialectModule: {
      ...mysql,
      createConnection: (config: mysql.ConnectionOptions) => withQueryLimit(mysql.createConnection(config), limit),
    },
    dialectOptions: {
      // Sequelize switches it off, but an UPDATE that finds its row must not report 0 because nothing changed.
      flags: ["FOUND_ROWS"],
      charset: "utf8mb4",
      supportBigNumbers: true,
      connectTimeout: Math.min(CONNECT_MS, silentMs),
      enableKeepAlive: true,
    },
    // What is read once is not read again, and locks no gaps: claims of many machines pass each other.
    isolationLevel: Transaction.ISOLATION_LEVELS.READ_COMMITTED,
    pool: { max: 8, min: 0, acquire: silentMs * 3, idle: IDLE_MS },
    hooks: queryLimit ? { afterConnect: (connection) => limitLocks(connection as mysql.Connection) } : {},
    retry: { max: 0 },
    logging: false,
  });
}

/** MySQL knows no limit for idle transactions alone, so this one is for all that is idle, on every server. */
async function limitLocks(connection: mysql.Connection): Promise<void> {
  const silent = SILENT_CLIENT_SECONDS;
  await new Promise<void>((resolve, reject) => {
    connection.query(
      `SET SESSION wait_timeout = ${silent}, net_read_timeout = ${silent}, net_write_timeout = ${silent},
        innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
      // Something between us and the server may know no such settings: then its own hold.
      (error) => (error?.fatal ? reject(error) : resolve()),
    );
  });
}

function serverOf(text: string): Options {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UserError("DATABASE_URL is no address. Write it as mysql://user:password@host:3306/database.");
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (!["mysql:", "mariadb:"].includes(url.protocol) || database === "") {
    throw new UserError("DATABASE_URL must look like mysql://user:password@host:3306/database.");
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1") || "127.0.0.1",
    port: Number(url.port || 3306),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
  };
}

/** mysql2 waits for ever for an answer; a query that takes longer than the limit ends with its connection. */
function withQueryLimit(connection: mysql.Connection, limitMs: number): mysql.Connection {
  if (limitMs === 0) return connection;
  const query = connection.query.bind(connection) as (options: mysql.QueryOptions, done?: QueryDone) => mysql.Query;
  const limited = (options: string | mysql.QueryOptions, done?: QueryDone) =>
    query({ ...(typeof options === "string" ? { sql: options } : options), timeout: limitMs }, (error, ...answer) => {
      if (error?.code === "PROTOCOL_SEQUENCE_TIMEOUT") connection.destroy();
      done?.(error, ...answer);
    });
  return Object.assign(connection, { query: limited });
}
type QueryDone = (error: mysql.QueryError | null, ...answer: unknown[]) => void;

/** One fresh connection and one question; throws where a server does not answer it in time. */
export async function probe(url: string, silentMs: number = SILENT_MS): Promise<void> {
  const { host, port, username, password, database } = serverOf(url);
  const limit = Math.min(CONNECT_MS, silentMs);
  const connection = mysql.createConnection({
    host,
    port,
    user: username,
    password: password ?? "",
    database,
    connectTimeout: limit,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on("error", reject);
      connection.query({ sql: "SELECT 1", timeout: limit }, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    connection.destroy();
  }
}
