/** Counts who else tried the bot, for one line to the owner in the evening. */
import type { Logger } from "pino";
import { localTime } from "../core/zone.ts";
import type { SettingsRepository } from "../db/db.ts";

/** Nobody needs to know of more than this many in a day, and a flood must not fill the memory. */
const COUNTED_AT_MOST = 1000;
const TOLD_FROM_HOUR = 20;
const MEMORY = "strangers";

interface Memory {
  ids: number[];
  /** The last day on which the owner was told, "2026-11-22" in their zone. */
  toldOn: string | null;
}

export interface Strangers {
  note(userId: number): Promise<void>;
  /** How many there were, once a day in the evening; 0 at all other times. The caller says it and then calls `told`. */
  due(now: Date, timeZone: string): Promise<number>;
  told(now: Date, timeZone: string): Promise<void>;
}

export function createStrangers(settings: SettingsRepository, log: Logger): Strangers {
  let memory: Memory | null = null;
  const load = async (): Promise<Memory> => {
    memory ??= (await settings.recall<Memory>(MEMORY)) ?? { ids: [], toldOn: null };
    return memory;
  };
  return {
    async note(userId) {
      const { ids } = await load();
      if (ids.includes(userId) || ids.length >= COUNTED_AT_MOST) return;
      ids.push(userId);
      log.warn({ userId }, "A stranger tried this bot and got no answer.");
      await settings.remember(MEMORY, await load());
    },
    async due(now, timeZone) {
      const { ids, toldOn } = await load();
      const today = dayOf(now, timeZone);
      const evening = localTime(now, timeZone).hour >= TOLD_FROM_HOUR;
      return ids.length > 0 && evening && toldOn !== today ? ids.length : 0;
    },
    async told(now, timeZone) {
      memory = { ids: [], toldOn: dayOf(now, timeZone) };
      await settings.remember(MEMORY, memory);
    },
  };
}

function dayOf(now: Date, timeZone: string): string {
  const { year, month, day } = localTime(now, timeZone);
  return `${year}-${month}-${day}`;
}
