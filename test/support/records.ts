/** What the program wrote down, read by a second hand while it runs or after. */
import { join } from "node:path";
import type { Db } from "../../src/db/db.ts";
import { openDatabase } from "../../src/db/index.ts";
import { createLogger } from "../../src/logger.ts";

export async function records<T>(
  program: { folder: string; databaseUrl: string | null },
  read: (db: Db) => Promise<T>,
): Promise<T> {
  const log = createLogger({ level: "silent", format: "json" });
  const db = await openDatabase({
    databaseUrl: program.databaseUrl,
    // Beside a server the program's folder holds its home, which is one process's alone.
    dataDir: join(program.folder, program.databaseUrl ? "reader" : "data"),
    hostname: "reader",
    log,
  });
  try {
    return await read(db);
  } finally {
    await db.close();
  }
}
