/** Turns the environment into what the program needs to know, and names every fault at once with its cure. */
import { isAbsolute, join, resolve } from "node:path";
import type { z } from "zod";
import { FatalError } from "./core/errors.ts";
import { MISSING, ROLES, type Role, SETTINGS, type SettingName } from "./setting-rules.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface BotConfig {
  botToken: string;
  /** Null until somebody claims the bot by the link in the log. */
  ownerId: number | null;
  /** Without a slash at the end. */
  botApiRoot: string;
}

export interface AccountConfig {
  apiId: number;
  apiHash: string;
  sessionFile: string;
  /** Encrypts the session file; null leaves it to the file's permissions. */
  sessionKey: string | null;
  /** Where to knock first; null means Telegram's own data centres. */
  dc: { id: number; host: string; port: number } | null;
  /** PEM of each RSA key the data centre may show; empty means Telegram's own. */
  serverKeys: string[];
  /** The address is one of Telegram's test servers. */
  test: boolean;
}

export interface Config {
  roles: Role[];
  /** Names this machine in the database. */
  hostname: string;
  dataDir: string;
  downloadDir: string;
  /** Null means the embedded SQLite in the data folder. */
  databaseUrl: string | null;
  /** Lines of logs and job events older than that are forgotten; null: never. */
  keepLogsDays: number | null;
  log: { level: string; format: "json" | "pretty" | "auto" };
  /** Present where this machine plays the role `bot`. */
  bot: BotConfig | null;
  /** Present where this machine plays the role `worker`. */
  account: AccountConfig | null;
  /** What must never be seen in a log, an error or an argument. */
  secrets: string[];
}

/** What `loadConfig` needs to know of the machine, so that it stays pure. */
export interface Machine {
  hostname: string;
  cwd: string;
  /** Throws where there is no such file. */
  readFile(path: string): string;
}

/** Settings of several faults: the message is the list a person reads. */
export class ConfigError extends FatalError {
  override name = "ConfigError";
  readonly faults: string[];
  constructor(faults: string[]) {
    const count = faults.length === 1 ? "one setting is" : `${faults.length} settings are`;
    super(`Cannot start: ${count} missing or wrong.\n${faults.map((fault) => `  - ${fault}`).join("\n")}`, "CONFIG");
    this.faults = faults;
  }
}

/**
 * The configuration that the environment describes. `only` asks for the settings of certain roles, whatever ROLES
 * says: a login needs no bot token. Throws a ConfigError with all faults; no value is repeated in it.
 */
export function loadConfig(env: Environment, machine: Machine, only?: readonly Role[]): Config {
  const faults: string[] = [];
  const read = <Name extends SettingName>(name: Name): z.output<(typeof SETTINGS)[Name][0]> | null => {
    const value = env[name]?.trim();
    if (!value) return null;
    const [schema, cure] = SETTINGS[name];
    const parsed = schema.safeParse(value);
    if (!parsed.success) faults.push(cure);
    return parsed.success ? (parsed.data as z.output<(typeof SETTINGS)[Name][0]>) : null;
  };
  const need = <Name extends SettingName>(name: Name) => {
    const value = read(name);
    if (value === null && !env[name]?.trim()) faults.push(MISSING[name] ?? `${name} is missing.`);
    return value;
  };
  const folder = (value: string) => (isAbsolute(value) ? value : resolve(machine.cwd, value));

  const roles = [...(only ?? read("ROLES") ?? ROLES)];
  const plays = (role: Role) => roles.includes(role);
  const dataDir = folder(read("DATA_DIR") ?? "data");
  const botToken = plays("bot") ? need("BOT_TOKEN") : read("BOT_TOKEN");
  const ownerId = read("OWNER_ID");
  const botApiRoot = (read("BOT_API_ROOT") ?? "https://api.telegram.org").replace(/\/+$/, "");
  const apiId = plays("worker") ? need("API_ID") : read("API_ID");
  const apiHash = plays("worker") ? need("API_HASH") : read("API_HASH");
  const databaseUrl = read("DATABASE_URL");
  const sessionKey = sessionKeyOf(read("SESSION_KEY"), read("SESSION_KEY_FILE"));
  const serverKeys = serverKeysOf(read("TELEGRAM_SERVER_KEY"));
  const account = {
    sessionFile: join(dataDir, "session"),
    sessionKey,
    dc: read("TELEGRAM_DC"),
    serverKeys,
    test: read("TELEGRAM_TEST") ?? false,
  };
  const config: Config = {
    roles,
    hostname: read("MACHINE_NAME") ?? machine.hostname,
    dataDir,
    downloadDir: folder(read("DOWNLOAD_DIR") ?? join(dataDir, "downloads")),
    keepLogsDays: read("KEEP_LOGS_DAYS"),
    databaseUrl: databaseUrl?.replace(/^mariadb:/, "mysql:") ?? null,
    log: { level: read("LOG_LEVEL") ?? "info", format: read("LOG_FORMAT") ?? "auto" },
    bot: plays("bot") && botToken !== null ? { botToken, ownerId, botApiRoot } : null,
    account: plays("worker") && apiId !== null && apiHash !== null ? { apiId, apiHash, ...account } : null,
    secrets: [botToken, apiHash, sessionKey, ...passwordsOf(databaseUrl)].filter((secret) => secret !== null),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;

  function sessionKeyOf(key: string | null, file: string | null): string | null {
    if (key !== null && file !== null) faults.push("SESSION_KEY and SESSION_KEY_FILE are both set: keep one of them.");
    if (key !== null || file === null) return key;
    try {
      const held = machine.readFile(folder(file)).trim();
      if (held.length >= 16) return held;
      faults.push("SESSION_KEY_FILE holds fewer than 16 characters; make a key with: openssl rand -base64 32");
    } catch {
      faults.push("SESSION_KEY_FILE cannot be read: give the path of a file that this user may read.");
    }
    return null;
  }

  function serverKeysOf(value: string | null): string[] {
    if (value === null) return [];
    let pem = value.replaceAll("\\n", "\n");
    if (!pem.includes("-----BEGIN")) {
      try {
        pem = machine.readFile(folder(value));
      } catch {
        faults.push("TELEGRAM_SERVER_KEY is neither a PEM text nor a file that this user may read.");
        return [];
      }
    }
    const keys = pem.match(/-----BEGIN (RSA )?PUBLIC KEY-----[\s\S]+?-----END (RSA )?PUBLIC KEY-----/g);
    if (keys === null)
      faults.push("TELEGRAM_SERVER_KEY holds no RSA public key: it must begin with -----BEGIN RSA PUBLIC KEY-----.");
    return keys ?? [];
  }
}

/** As it stands in the address, and as it is typed. */
function passwordsOf(databaseUrl: string | null): string[] {
  if (databaseUrl === null) return [];
  const { password } = new URL(databaseUrl);
  if (password === "") return [];
  try {
    return [...new Set([password, decodeURIComponent(password)])];
  } catch {
    return [password];
  }
}
