/** `my.json`, the settings file of the Python tool 1.0, read as if it were our own environment. */
import type { SettingName } from "./setting-rules.ts";

export type LegacySettings = Partial<Record<SettingName, string>>;

/** Lower case without separators, so that api_id, apiId and API-ID are one word. */
const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, "");

const ACCOUNT: Record<string, SettingName> = {
  apiid: "API_ID",
  telegramapiid: "API_ID",
  apihash: "API_HASH",
  telegramapihash: "API_HASH",
  bottoken: "BOT_TOKEN",
  telegrambottoken: "BOT_TOKEN",
  token: "BOT_TOKEN",
  ownerid: "OWNER_ID",
  downloaddir: "DOWNLOAD_DIR",
  downloadpath: "DOWNLOAD_DIR",
  downloadfolder: "DOWNLOAD_DIR",
};

type DatabasePart = "host" | "port" | "user" | "password" | "name";
const DATABASE: Record<string, DatabasePart> = {
  host: "host",
  hostname: "host",
  server: "host",
  port: "port",
  user: "user",
  username: "user",
  password: "password",
  passwd: "password",
  pass: "password",
  database: "name",
  dbname: "name",
  name: "name",
  db: "name",
};
const DATABASE_SECTION = /^(db|database|mysql|mariadb)(config|settings)?$/;
const DATABASE_PREFIX = /^(db|database|mysql|mariadb)/;

/** What a parsed my.json says, under our names. Anything it does not know is left alone. */
export function legacySettings(json: unknown): LegacySettings {
  const settings: LegacySettings = {};
  const database: Partial<Record<DatabasePart, string>> = {};
  collect(json, false);
  const { host, port, user, password, name } = database;
  // Without both a database cannot be meant: `host` alone could be anything.
  if (host !== undefined && name !== undefined) {
    const login = user === undefined ? "" : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? "")}@`;
    const address = host.includes(":") ? `[${host}]` : host;
    settings.DATABASE_URL = `mysql://${login}${address}:${port ?? "3306"}/${encodeURIComponent(name)}`;
  }
  return settings;

  function collect(value: unknown, inDatabase: boolean): void {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, entry] of Object.entries(value)) {
      const word = plain(key);
      if (typeof entry === "object") {
        collect(entry, inDatabase || DATABASE_SECTION.test(word));
      } else if (typeof entry === "string" || typeof entry === "number") {
        const content = String(entry).trim();
        const part = inDatabase ? DATABASE[word] : DATABASE[word.replace(DATABASE_PREFIX, "")];
        const account = inDatabase ? undefined : ACCOUNT[word];
        if (content === "") continue;
        if (account !== undefined) settings[account] ??= content;
        else if (part !== undefined && (inDatabase || DATABASE_PREFIX.test(word))) database[part] ??= content;
      }
    }
  }
}
