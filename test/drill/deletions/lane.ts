/** A world of its own for one run after the other: an account, a program, its database on a line that can be cut. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { createLogger } from "../../../src/logger.ts";
import { type CuttableLine, lineTo } from "../../support/cuttable-line.ts";
import { allowDeleting } from "../../support/deleting.ts";
import type { PrivateMariadb } from "../../support/private-mariadb.ts";
import { type Program, startProgram } from "../../support/program.ts";
import { type Sandbox, startSandbox } from "../../support/sandbox.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

const SLOW_START_MS = 120_000;

export interface Lane {
  sandbox: Sandbox;
  program: Program;
  /** The same database, past the line that is cut. */
  book: Db;
  /** Null with SQLite. */
  line: CuttableLine | null;
  /** Sets the program's wall clock, in seconds beside the machine's. */
  setClock(seconds: number): void;
  killAndStart(waitMs?: number): Promise<void>;
  remove(): Promise<void>;
}

export async function openLane(name: string, server: PrivateMariadb | null): Promise<Lane> {
  const ends: (() => unknown)[] = [];
  const remove = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const sandbox = await startSandbox();
    ends.push(() => sandbox.stop());
    const line = server ? await lineTo(server.port) : null;
    if (line) ends.push(() => line.remove());
    const direct = server ? await server.url(name) : null;
    const databaseUrl = server && line && direct ? direct.replace(`:${server.port}`, `:${line.port}`) : null;
    const clock = new URL("../../support/shifted-date.ts", import.meta.url).href;
    const program = await startProgram({ sandbox, databaseUrl, imports: [clock] });
    ends.push(() => program.remove());
    const shelf = makeTempFolder();
    ends.push(() => removeFolder(shelf));
    mkdirSync(join(shelf, "data"));
    const place = direct ? { folder: shelf, databaseUrl: direct } : program;
    await allowDeleting(place, 1, 10_000_000);
    const book = await openDatabase({
      databaseUrl: direct,
      dataDir: join(place.folder, "data"),
      hostname: "drill",
      log: createLogger({ level: "silent", format: "json" }),
    });
    ends.push(() => book.close());
    return {
      sandbox,
      program,
      book,
      line,
      setClock: (seconds) => writeFileSync(join(program.folder, "clock-shift"), String(seconds)),
      async killAndStart(waitMs = 0) {
        await program.kill("SIGKILL");
        if (waitMs > 0) await pause(waitMs);
        // A machine with much to do may need longer than usual; the drill is not about that.
        await program.start().catch(() => program.child.line((one) => one.includes('"msg":"Ready."'), SLOW_START_MS));
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
