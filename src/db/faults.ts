/** What an error of a server means: somebody must change a setting, or it will pass. */
import { ConnectionAcquireTimeoutError } from "sequelize";
import { FatalError } from "../core/errors.ts";
import { sqlCode } from "./store.ts";

/** The server answers, and says that we are not welcome. */
const REFUSALS: { [code: string]: string } = {
  ER_ACCESS_DENIED_ERROR: "The database refuses the user or the password. Correct them in DATABASE_URL.",
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: "The database refuses the user or the password. Correct them in DATABASE_URL.",
  ER_ACCOUNT_HAS_BEEN_LOCKED: "The database has locked this user. Unlock it, or name another one in DATABASE_URL.",
  ER_MUST_CHANGE_PASSWORD: "The database wants a new password for this user. Set one, and write it into DATABASE_URL.",
  ER_MUST_CHANGE_PASSWORD_LOGIN:
    "The database wants a new password for this user. Set one, and write it into DATABASE_URL.",
  ER_NOT_SUPPORTED_AUTH_MODE:
    "The database wants a way to log in that this program does not know. Give the user caching_sha2_password or mysql_native_password.",
  ER_DBACCESS_DENIED_ERROR: "This user may not use that database. Grant it, or correct the name in DATABASE_URL.",
  ER_TABLEACCESS_DENIED_ERROR: "This user may not use the tables of that database. Grant it all rights on them.",
  ER_BAD_DB_ERROR: "There is no database of that name on the server. Create it, or correct the name in DATABASE_URL.",
  HANDSHAKE_NO_SSL_SUPPORT: "The database server has no TLS, which DATABASE_URL asks for.",
};

/** The line is down, the server is going or coming, full, or takes no more for now. */
const PASSING = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOTFOUND",
  "EAI_AGAIN",
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_SEQUENCE_TIMEOUT",
  "PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR",
  "PROTOCOL_ENQUEUE_AFTER_QUIT",
  "PROTOCOL_ENQUEUE_AFTER_DESTROY",
  "PROTOCOL_PACKETS_OUT_OF_ORDER",
  "ER_CON_COUNT_ERROR",
  "ER_TOO_MANY_USER_CONNECTIONS",
  "ER_USER_LIMIT_REACHED",
  "ER_HOST_IS_BLOCKED",
  "ER_SERVER_SHUTDOWN",
  "ER_NORMAL_SHUTDOWN",
  "ER_SHUTDOWN_COMPLETE",
  "ER_NEW_ABORTING_CONNECTION",
  "ER_ABORTING_CONNECTION",
  "ER_QUERY_INTERRUPTED",
  "ER_CONNECTION_KILLED",
  // The server has ended a connection on which nothing was said, as after this machine stood still.
  "ER_CLIENT_INTERACTION_TIMEOUT",
  "ER_STATEMENT_TIMEOUT",
  "ER_DISK_FULL",
  "ER_RECORD_FILE_FULL",
  "ER_ERROR_ON_WRITE",
  "ER_ERROR_ON_CLOSE",
  "ER_GET_ERRNO",
  "ER_TEMP_FILE_WRITE_FAILURE",
  "ER_OUT_OF_RESOURCES",
  "ER_OUTOFMEMORY",
  "ER_OPTION_PREVENTS_STATEMENT",
  "ER_READ_ONLY_MODE",
  "ER_INNODB_READ_ONLY",
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_LOCK_DEADLOCK",
  "ER_CHECKREAD",
]);

/** It answers, and somebody must help it before it takes anything. */
const STUCK: { [code: string]: string } = {
  ER_DISK_FULL: "The disk of the database server is full.",
  ER_RECORD_FILE_FULL: "The disk of the database server is full.",
  ER_OPTION_PREVENTS_STATEMENT: "The database server only lets itself be read.",
  ER_READ_ONLY_MODE: "The database server only lets itself be read.",
  ER_INNODB_READ_ONLY: "The database server only lets itself be read.",
};

/** Why central is away, as a sentence for the owner. */
export const awayReasonOf = (error: unknown): string =>
  refusalOf(error) ?? STUCK[sqlCode(error)] ?? "The database does not answer.";

/** The sentence for a setting that must be changed, or null. */
export const refusalOf = (error: unknown): string | null => REFUSALS[sqlCode(error)] ?? null;

/**
 * True where central cannot do its work now, whatever was asked of it. A password changed while the program runs counts:
 * the work goes on at home until somebody has written the new one down.
 */
export function isAway(error: unknown): boolean {
  if (error instanceof ConnectionAcquireTimeoutError) return true;
  const parent = error instanceof Error && "parent" in error ? error.parent : error;
  if (parent instanceof Error && "fatal" in parent && parent.fatal === true) return true;
  return PASSING.has(sqlCode(error)) || refusalOf(error) !== null || isClosedPool(error);
}

/** A pool that was closed beneath a query says so in words only. */
const isClosedPool = (error: unknown): boolean =>
  error instanceof Error && /connection manager was closed|pool is draining/i.test(error.message);

/** What the operator reads where the program cannot start. */
export function asStartFault(error: unknown): unknown {
  const sentence = refusalOf(error);
  return sentence === null ? error : new FatalError(sentence, "CONFIG", { cause: error });
}
