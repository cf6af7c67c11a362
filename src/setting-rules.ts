/** Every setting of the environment: how its value must look, and the cure for one that does not. */
import { z } from "zod";

export const ROLES = ["bot", "worker"] as const;
export type Role = (typeof ROLES)[number];

const text = z.string();
const integer = text.regex(/^\d+$/).transform(Number).pipe(z.number().int().positive().max(Number.MAX_SAFE_INTEGER));
const url = (protocols: readonly string[]) =>
  text.refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));

/** Every setting there is: how it must look, and the sentence for one that does not. A test compares .env.example. */
export const SETTINGS = {
  BOT_TOKEN: [
    text.regex(/^\d{3,}:[A-Za-z0-9_-]{20,}$/),
    "BOT_TOKEN must be the token that @BotFather gave you, digits, a colon and letters: BOT_TOKEN=123456789:AAH…",
  ],
  OWNER_ID: [
    integer,
    "OWNER_ID must be your own numeric Telegram id, such as OWNER_ID=123456789; leave it empty to claim the bot by a link in the log.",
  ],
  API_ID: [integer, "API_ID must be the number from https://my.telegram.org, such as API_ID=1234567."],
  API_HASH: [
    text.regex(/^[0-9a-fA-F]{32}$/),
    "API_HASH must be the 32 letters and digits (0-9, a-f) from https://my.telegram.org.",
  ],
  DATABASE_URL: [
    url(["mysql:", "mariadb:"]),
    "DATABASE_URL must look like mysql://user:password@host:3306/name (special characters in the password written as %40 and the like), or be left out for the embedded SQLite.",
  ],
  DATA_DIR: [text, "DATA_DIR must be a folder."],
  DOWNLOAD_DIR: [text, "DOWNLOAD_DIR must be a folder."],
  KEEP_LOGS_DAYS: [
    text.regex(/^[1-9]\d{0,4}$/).transform(Number),
    "KEEP_LOGS_DAYS must be a whole number of days, such as 365; empty keeps them for ever.",
  ],
  ROLES: [
    text
      .transform((value) => [...new Set(value.split(",").map((role) => role.trim().toLowerCase()))].filter(Boolean))
      .pipe(z.array(z.enum(ROLES)).min(1)),
    "ROLES must be bot, worker or bot,worker.",
  ],
  MACHINE_NAME: [text.max(255), "MACHINE_NAME must be at most 255 characters."],
  LOG_LEVEL: [
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.",
  ],
  LOG_FORMAT: [z.enum(["json", "pretty"]), "LOG_FORMAT must be json or pretty."],
  SESSION_KEY: [text.min(16), "SESSION_KEY must be at least 16 characters; make one with: openssl rand -base64 32"],
  SESSION_KEY_FILE: [text, "SESSION_KEY_FILE must be the path of a file that holds the key."],
  BOT_API_ROOT: [url(["http:", "https:"]), "BOT_API_ROOT must be an address such as https://api.telegram.org."],
  TELEGRAM_DC: [
    text
      .regex(/^[1-9]\d{0,4}@.+:\d{1,5}$/)
      .transform((value) => {
        const at = value.indexOf("@");
        const colon = value.lastIndexOf(":");
        return {
          id: Number(value.slice(0, at)),
          host: value.slice(at + 1, colon).replace(/^\[|\]$/g, ""),
          port: Number(value.slice(colon + 1)),
        };
      })
      .refine(({ port }) => port > 0 && port < 65536),
    "TELEGRAM_DC must look like 2@149.154.167.40:443 (data centre @ host : port), or be left out for Telegram itself.",
  ],
  TELEGRAM_SERVER_KEY: [text, "TELEGRAM_SERVER_KEY must be an RSA public key in PEM, or the path of a PEM file."],
  TELEGRAM_TEST: [
    z.enum(["0", "1", "false", "true"]).transform((value) => value === "1" || value === "true"),
    "TELEGRAM_TEST must be 0 or 1.",
  ],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The sentence for a value that this setting cannot have; null where it can. */
export function settingFault(name: SettingName, value: string): string | null {
  const [schema, cure] = SETTINGS[name];
  return schema.safeParse(value.trim()).success ? null : cure;
}

export const MISSING: Partial<Record<SettingName, string>> = {
  BOT_TOKEN: "BOT_TOKEN is missing: talk to @BotFather, send /newbot, and put the token it gives you here.",
  API_ID: "API_ID is missing: get it at https://my.telegram.org under “API development tools”.",
  API_HASH: "API_HASH is missing: it stands beside the API_ID at https://my.telegram.org.",
};
