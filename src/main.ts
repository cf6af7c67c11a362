/** The composition root: settings → data folder → database → the roles this machine plays. */
import { existsSync } from "node:fs";
import { startBot } from "./bot/index.ts";
import type { Config } from "./config.ts";
import { FatalError, UserError } from "./core/errors.ts";
import { lockDataFolder, prepareFolder } from "./data-folder.ts";
import { openDatabase } from "./db/index.ts";
import { readConfig } from "./environment.ts";
import { createLogger, type Logger } from "./logger.ts";
import { startPresence } from "./presence.ts";
import { createRedactor } from "./redact.ts";
import { listenForStop } from "./shutdown.ts";
import { takeStrayWords } from "./stray-words.ts";
import { startWorker } from "./userbot/index.ts";
import { workerIdOf } from "./userbot/worker-id.ts";
import { VERSION } from "./version.ts";

/** Systemd kills after 90 s, Docker after 10: this is less. */
const STOP_WITHIN_MS = 9_000;
/** What a restart may cure, and what needs a person. */
const EXIT = { unexpected: 1, needsAPerson: 2 };

/** Something that runs until it is stopped, or rejects `stopped` with the reason it cannot go on. */
interface Running {
  stopped: Promise<void>;
  stop(): Promise<void>;
}

async function run(config: Config, log: Logger): Promise<void> {
  prepareFolder(config.dataDir, "DATA_DIR");
  prepareFolder(config.downloadDir, "DOWNLOAD_DIR");
  const unlock = lockDataFolder(config.dataDir);
  const { signal, stop, release } = listenForStop({ log, deadlineMs: STOP_WITHIN_MS });
  const running: Running[] = [];
  try {
    const { bot, account, databaseUrl, dataDir, downloadDir, hostname, keepLogsDays, roles } = config;
    const db = await openDatabase({ databaseUrl, dataDir, hostname, keepLogsDays, log: log.child({ room: "db" }) });
    try {
      // The bot tells a worker in this process that there is work; elsewhere they look for it.
      const jobAdded = new EventTarget();
      if (account) {
        const deps = {
          config: { ...account, downloadDir, dataDir },
          hostname,
          roles,
          version: VERSION,
          db,
          signal,
          jobAdded,
        };
        running.push(await startWorker({ ...deps, log: log.child({ room: "userbot" }) }));
      }
      if (!account) {
        const workerId = workerIdOf(dataDir);
        running.push(startPresence({ db, workerId, hostname, roles, version: VERSION, signal, log }));
      }
      if (bot)
        running.push(await startBot({ config: bot, db, hostname, log: log.child({ room: "bot" }), signal, jobAdded }));
      log.info({ version: VERSION, roles, hostname, node: process.version }, "Ready.");
      await Promise.race([...running.map(({ stopped }) => stopped), aborted(signal)]);
    } finally {
      stop("an error");
      // The worker first: the bot then shows the jobs as they were left.
      for (const part of running) await part.stop();
      await db.close();
    }
  } finally {
    release();
    unlock();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** The sentence for a failure that a person must mend; null for a bug. */
function sentenceOf(error: unknown): string | null {
  return error instanceof FatalError || error instanceof UserError ? error.message : null;
}

async function main(): Promise<number> {
  const bare = !existsSync(".env") && !existsSync("my.json") && !process.env.BOT_TOKEN && !process.env.API_ID;
  if (bare && process.stdin.isTTY && process.stdout.isTTY) {
    const { askSettings } = await import("./cli/ask-settings.ts");
    if (!(await askSettings(process.env))) return EXIT.needsAPerson;
  }

  let config: ReturnType<typeof readConfig>;
  try {
    config = readConfig();
  } catch (error) {
    console.error(sentenceOf(error) ?? error);
    console.error("`npm run setup` asks for what is needed; .env.example describes every setting.");
    return EXIT.needsAPerson;
  }

  const log = createLogger({ ...config.log, redactor: createRedactor(config.secrets) });
  const dieOf = (error: unknown) => {
    log.fatal({ err: error }, "Unexpected error: ending, so that a restart finds a clean state.");
    process.exit(EXIT.unexpected);
  };
  takeStrayWords(log);
  process.on("uncaughtException", dieOf);
  process.on("unhandledRejection", dieOf);
  if (config.fromLegacy.length > 0) {
    log.warn({ settings: config.fromLegacy }, "Using settings of my.json: move them to .env (see .env.example).");
  }

  try {
    await run(config, log);
    log.info("Stopped.");
    return 0;
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) log.fatal({ err: error }, "Unexpected error.");
    else log.fatal({ code: error instanceof FatalError ? error.code : undefined }, sentence);
    return sentence === null ? EXIT.unexpected : EXIT.needsAPerson;
  }
}

process.exitCode = await main();
// Everything is closed, so the process ends by itself; should a socket be left open, not for long.
setTimeout(() => process.exit(), 1_000).unref();
