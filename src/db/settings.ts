import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { insert, replace } from "./insert.ts";
import type { SettingsRepository } from "./ports/settings.ts";
import { first, type Store } from "./sql.ts";
import { fromJson, toJson } from "./values.ts";

const PLAN = { table: "settings", key: ["name"], update: { content: replace }, stamp: "updated_at" };

export function settingsRepository(store: Store): SettingsRepository {
  const write = async (name: string, value: unknown) => {
    await insert(store, PLAN, [{ name, content: toJson(value) ?? "null" }]);
  };
  return {
    async all() {
      const rows = await store.all<{ name: string; content: unknown }>("SELECT name, content FROM settings");
      return withDefaults(new Map(rows.map(({ name, content }) => [name, fromJson<unknown>(content)])));
    },
    set: write,
    async recall<T>(name: string) {
      const row = await first<{ content: unknown }>(store, "SELECT content FROM settings WHERE name = ?", [name]);
      return row && fromJson<T>(row.content);
    },
    remember: write,
  };
}

/** A value of another type than its default is not what this program wrote. */
function withDefaults(kept: ReadonlyMap<string, unknown>): Settings {
  const settings: { [name: string]: unknown } = { ...DEFAULT_SETTINGS };
  for (const [name, fallback] of Object.entries(DEFAULT_SETTINGS)) {
    const value = kept.get(name);
    const nullable = fallback === null && (value === null || typeof value === "string");
    if (value !== undefined && (nullable || typeof value === typeof fallback)) settings[name] = value ?? fallback;
  }
  return settings as unknown as Settings;
}
