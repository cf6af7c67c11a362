import type { Db } from "./db.ts";
import { fileUrl } from "./maintain.ts";
import { openStore, repositoriesOf } from "./open-store.ts";

export interface OpenDatabaseOptions {
  /** mysql://… of the server that all machines share; null: the file in dataDir is the database. */
  databaseUrl: string | null;
  dataDir: string;
  hostname: string;
  log: DatabaseLog;
}
/** The part of a pino logger that the cellar speaks to. */
export interface DatabaseLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Opens and migrates the database of this machine. */
export async function openDatabase({ databaseUrl, dataDir, log }: OpenDatabaseOptions): Promise<Db> {
  const url = databaseUrl ?? fileUrl(dataDir);
  const steps: string[] = [];
  const store = await openStore(url, { onStep: ({ name }) => steps.push(name) });
  if (steps.length > 0) log.info({ migrations: steps }, "The database was brought up to date.");
  return {
    ...repositoriesOf(store),
    status: async () => ({ store: databaseUrl ? "central" : "home", owed: 0, awaySince: null, dialect: store.server }),
    close: () => store.close(),
  };
}
