import type { Settings } from "../../core/settings.ts";

export interface SettingsRepository {
  /** Defaults filled in; an unreadable value is its default. */
  all(): Promise<Settings>;
  set<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<void>;
  /** For the bot's own memory (owner id, last query): any JSON under a name that is no setting. */
  recall<T>(name: string): Promise<T | null>;
  remember(name: string, value: unknown): Promise<void>;
}
