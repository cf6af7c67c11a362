/** What the entry points know of the world outside: the process's environment, .env and my.json. */
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type Config, ConfigError, type Environment, loadConfig } from "./config.ts";
import { legacySettings } from "./legacy-config.ts";
import type { Role } from "./setting-rules.ts";

export interface Settings {
  env: Environment;
  /** The settings that my.json gave, because nothing nearer had them. */
  fromLegacy: string[];
}

/** The environment over .env over my.json: the nearer one wins, and an empty value is no value. */
export function readSettings(cwd: string, env: Environment): Settings {
  const merged: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries({ ...readEnvFile(join(cwd, ".env")) })) merged[name] = value;
  for (const [name, value] of Object.entries(env)) if (value) merged[name] = value;
  const fromLegacy: string[] = [];
  for (const [name, value] of Object.entries(readLegacyFile(join(cwd, "my.json")))) {
    if (merged[name]) continue;
    merged[name] = value;
    fromLegacy.push(name);
  }
  return { env: merged, fromLegacy };
}

/**
 * The configuration of this process, for entry points only. `only` as in `loadConfig`: `readConfig(["worker"])` for a
 * login, `readConfig([])` for what needs the database alone.
 */
export function readConfig(only?: readonly Role[]): Config & { fromLegacy: string[] } {
  const { env, fromLegacy } = readSettings(process.cwd(), process.env);
  const machine = { hostname: hostname(), cwd: process.cwd(), readFile: (path: string) => readFileSync(path, "utf8") };
  return { ...loadConfig(env, machine, only), fromLegacy };
}

function readEnvFile(path: string): Record<string, string | undefined> {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    throw unreadable(".env", error);
  }
}

function readLegacyFile(path: string): Record<string, string | undefined> {
  if (!existsSync(path)) return {};
  try {
    return legacySettings(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw unreadable("my.json", error);
  }
}

/** A parser's message quotes what it read, which may be a secret. */
function unreadable(name: string, error: unknown): ConfigError {
  const why =
    error instanceof SyntaxError
      ? "is not valid JSON: correct it, or remove it and use .env"
      : "cannot be read: let this user read it, or remove it";
  return new ConfigError([`${name} ${why}.`]);
}
