/** What "↻ Same as last time" means. */
import type { ChatId } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import type { SettingsRepository } from "../db/db.ts";

const MEMORY = "last-download";

export interface LastDownload {
  chatId: ChatId;
  filter: MediaFilter;
}

export const rememberDownload = (settings: SettingsRepository, last: LastDownload): Promise<void> =>
  settings.remember(MEMORY, last);

export const lastDownload = (settings: SettingsRepository): Promise<LastDownload | null> =>
  settings.recall<LastDownload>(MEMORY);
