/** What `npm run doctor` looks at, one finding after the other. */
import { existsSync, statfsSync, statSync } from "node:fs";
import { type Config, ConfigError } from "../config.ts";
import { lockDataFolder, prepareFolder } from "../data-folder.ts";
import { openDatabase } from "../db/index.ts";
import { readConfig } from "../environment.ts";
import { createLogger } from "../logger.ts";
import { checkBot } from "./bot-api.ts";

export interface Finding {
  subject: string;
  state: "good" | "warning" | "bad";
  /** What is the case and, where it is not good, what to do. */
  says: string;
}

const GIB = 1024 ** 3;
const LOW_DISK = 2 * GIB;
/** Telegram refuses requests of a client whose clock is about this wrong. */
const CLOCK_OFF_S = 30;

const good = (subject: string, says: string): Finding => ({ subject, state: "good", says });
const warning = (subject: string, says: string): Finding => ({ subject, state: "warning", says });
const bad = (subject: string, says: string): Finding => ({ subject, state: "bad", says });
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

export async function* examine(): AsyncGenerator<Finding> {
  yield node();
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    for (const fault of error instanceof ConfigError ? error.faults : [sentence(error)]) yield bad("Settings", fault);
    return;
  }
  yield good("Settings", `complete; this machine is ${config.hostname} and plays ${config.roles.join(" and ")}.`);
  yield* folders(config);
  const running = isRunning(config);
  yield running
    ? warning("Program", "is running in this data folder.")
    : good("Program", "is not running; nothing holds the data folder.");
  yield await database(config);
  yield* bot(config);
  if (config.bot !== null) yield await fonts();
  yield account(config);
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? good("Node", process.versions.node)
    : bad("Node", `${process.versions.node} is too old: install 20.19 or later.`);
}

function* folders(config: Config): Generator<Finding> {
  for (const [name, path] of [
    ["DATA_DIR", config.dataDir],
    ["DOWNLOAD_DIR", config.downloadDir],
  ] as const) {
    try {
      prepareFolder(path, name);
      const { bavail, bsize } = statfsSync(path);
      const free = bavail * bsize;
      const says = `${path}, ${(free / GIB).toFixed(1)} GB free`;
      yield free < LOW_DISK ? warning(name, `${says}: little for downloads.`) : good(name, `${says}.`);
    } catch (error) {
      yield bad(name, sentence(error));
    }
  }
}

function isRunning({ dataDir }: Config): boolean {
  try {
    lockDataFolder(dataDir)();
    return false;
  } catch {
    return true;
  }
}

async function database({ databaseUrl, dataDir, hostname }: Config): Promise<Finding> {
  const log = createLogger({ level: "silent", format: "json" });
  try {
    const db = await openDatabase({ databaseUrl, dataDir, hostname, log });
    try {
      const { dialect, owed } = await db.status();
      const messages = await db.messages.count({});
      return good(
        "Database",
        `${dialect}, ${messages} messages known${owed > 0 ? `, ${owed} rows to hand over` : ""}.`,
      );
    } finally {
      await db.close();
    }
  } catch (error) {
    return bad("Database", sentence(error));
  }
}

async function* bot({ bot: settings }: Config): AsyncGenerator<Finding> {
  if (settings === null) return;
  try {
    const { username, webhook, clockAheadS } = await checkBot(settings.botApiRoot, settings.botToken);
    yield webhook
      ? bad("Bot", `@${username} has a webhook, so that it cannot be polled: remove it with deleteWebhook.`)
      : good("Bot", `@${username} answers.`);
    if (settings.ownerId === null)
      yield warning("Owner", "OWNER_ID is not set: the log of npm start shows a link to claim the bot.");
    if (clockAheadS === null) return;
    const off = Math.abs(clockAheadS);
    yield off > CLOCK_OFF_S
      ? bad("Clock", `is ${off} s ${clockAheadS > 0 ? "ahead" : "behind"}: switch on time synchronisation (NTP).`)
      : good("Clock", "agrees with Telegram's.");
  } catch (error) {
    yield bad("Bot", sentence(error));
  }
}

/** A letter of each script whose font is not ours. */
const OTHER_SCRIPTS = {
  Thai: "ก",
  Lao: "ກ",
  Khmer: "ក",
  Burmese: "က",
  Bengali: "ক",
  Tamil: "அ",
  Telugu: "త",
  Sinhala: "අ",
  Georgian: "ა",
  Armenian: "ա",
  Ethiopic: "አ",
};

/** What the pictures of /stats can write. */
async function fonts(): Promise<Finding> {
  const { illegible } = await import("../charts/legible.ts");
  const missing = illegible(Object.values(OTHER_SCRIPTS));
  const without = Object.entries(OTHER_SCRIPTS).filter(([, letter]) => missing.includes(letter));
  if (without.length === 0) return good("Fonts", "the pictures of /stats can write all common scripts.");
  const scripts = without.map(([script]) => script).join(", ");
  return warning(
    "Fonts",
    `the pictures of /stats have boxes for names in ${scripts}; all other common scripts come with the program. A font of the system helps, such as Debian's fonts-noto-core.`,
  );
}

function account({ account: settings }: Config): Finding {
  if (settings === null) return good("Account", "none needed: this machine is no worker.");
  const { sessionFile } = settings;
  if (!existsSync(sessionFile)) return bad("Account", "is not connected: npm run login");
  const mode = statSync(sessionFile).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    return bad("Account", `the session can be read by others (mode ${mode.toString(8)}): chmod 600 ${sessionFile}`);
  }
  return settings.sessionKey === null
    ? good("Account", "session saved, for this user only; SESSION_KEY would encrypt it as well.")
    : good("Account", "session saved and encrypted.");
}
