import { join } from "node:path";
import { probe } from "./connection.ts";
import type { DatabaseLog } from "./database-log.ts";
import type { Db } from "./db.ts";
import { asStartFault } from "./faults.ts";
import { keepHouse } from "./housekeeping.ts";
import { fileUrl } from "./maintain.ts";
import { openStore, repositoriesOf } from "./open-store.ts";
import type { Store } from "./sql.ts";
import { standIn } from "./stand-in.ts";

export interface OpenDatabaseOptions {
  /** mysql://… of the server that all machines share; null: a file in dataDir is the database. */
  databaseUrl: string | null;
  dataDir: string;
  hostname: string;
  log: DatabaseLog;
  /** Lines of logs and job events older than that are forgotten; null or absent: never. */
  keepLogsDays?: number | null;
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

async function openFile({ dataDir, log, keepLogsDays = null }: OpenDatabaseOptions): Promise<Db> {
  const store = await open(fileUrl(dataDir), log);
  const house = keepHouse(() => store, keepLogsDays, log);
  return {
    ...repositoriesOf(store),
    status: async () => ({
      store: "home",
      owed: 0,
      awaySince: null,
      awayReason: null,
      refused: false,
      handedOver: null,
      dialect: store.server,
    }),
    tryNow: async () => true,
    async close() {
      await house.stop();
      await store.close();
    },
  };
}

async function openCentral(options: OpenDatabaseOptions, url: string): Promise<Db> {
  const { dataDir, hostname, log, keepLogsDays = null, timing = {} } = options;
  let central: Store | null = null;
  const db = await standIn({
    home: await open(`sqlite:${join(dataDir, "stand-in.sqlite")}`, log),
    async openCentral() {
      central = await open(url, log, timing.silentMs);
      return central;
    },
    probe: () => probe(url, timing.silentMs),
    hostname,
    log,
    ...timing,
  });
  const house = keepHouse(() => central, keepLogsDays, log);
  return {
    ...db,
    async close() {
      await house.stop();
      await db.close();
    },
  };
}

async function open(url: string, log: DatabaseLog, silentMs?: number) {
  const steps: string[] = [];
  const store = await openStore(url, { onStep: ({ name }) => steps.push(name), silentMs });
  if (steps.length > 0) log.info({ migrations: steps }, "The database was brought up to date.");
  return store;
}
