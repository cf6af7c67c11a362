import { join } from "node:path";
import { probe } from "./connection.ts";
import type { DatabaseLog } from "./database-log.ts";
import type { Db } from "./db.ts";
import { asStartFault } from "./faults.ts";
import { fileUrl } from "./maintain.ts";
import { openStore, repositoriesOf } from "./open-store.ts";
import { standIn } from "./stand-in.ts";

export interface OpenDatabaseOptions {
  /** mysql://… of the server that all machines share; null: a file in dataDir is the database. */
  databaseUrl: string | null;
  dataDir: string;
  hostname: string;
  log: DatabaseLog;
  /** How patient to be with a server, in milliseconds; for tests that cannot wait. */
  timing?: { silentMs?: number; probeMs?: number; refreshMs?: number };
}
/** Opens and migrates the database of this machine. A server that is away is stood in for; one that refuses us is not. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Db> {
  try {
    return options.databaseUrl === null ? await openFile(options) : await openCentral(options, options.databaseUrl);
  } catch (error) {
    throw asStartFault(error);
  }
}

async function openFile({ dataDir, log }: OpenDatabaseOptions): Promise<Db> {
  const store = await open(fileUrl(dataDir), log);
  return {
    ...repositoriesOf(store),
    status: async () => ({
      store: "home",
      owed: 0,
      awaySince: null,
      awayReason: null,
      handedOver: null,
      dialect: store.server,
    }),
    close: () => store.close(),
  };
}

async function openCentral({ dataDir, hostname, log, timing = {} }: OpenDatabaseOptions, url: string): Promise<Db> {
  return standIn({
    home: await open(`sqlite:${join(dataDir, "stand-in.sqlite")}`, log),
    openCentral: () => open(url, log, timing.silentMs),
    probe: () => probe(url, timing.silentMs),
    hostname,
    log,
    ...timing,
  });
}

async function open(url: string, log: DatabaseLog, silentMs?: number) {
  const steps: string[] = [];
  const store = await openStore(url, { onStep: ({ name }) => steps.push(name), silentMs });
  if (steps.length > 0) log.info({ migrations: steps }, "The database was brought up to date.");
  return store;
}
