/** What each open card shows besides its milestone, kept so that a restart knows whether it is still true. */
import type { SettingsRepository } from "../db/db.ts";
import { RUNNING, type ShownState } from "./card-state.ts";

const MEMORY = "shown-cards";

export interface CardMemory {
  load(): Promise<void>;
  shown(jobId: string): ShownState;
  set(jobId: string, state: ShownState): Promise<void>;
  forget(jobId: string): Promise<void>;
}

export function createCardMemory(settings: SettingsRepository): CardMemory {
  /** Cards that show anything but a running job. */
  let states: Map<string, ShownState> | null = null;
  const keep = () => settings.remember(MEMORY, Object.fromEntries(states ?? []));
  return {
    async load() {
      states ??= new Map(Object.entries((await settings.recall<Record<string, ShownState>>(MEMORY)) ?? {}));
    },
    shown: (jobId) => states?.get(jobId) ?? RUNNING,
    async set(jobId, state) {
      if ((states?.get(jobId) ?? RUNNING) === state) return;
      if (state === RUNNING) states?.delete(jobId);
      else states?.set(jobId, state);
      await keep();
    },
    async forget(jobId) {
      if (states?.delete(jobId)) await keep();
    },
  };
}
