/**
 * What is about to be told, written down before it is sent: killed between Telegram's taking a message and our noting
 * it, the program would tell it twice. At the next try the account looks into the chat first.
 */
import type { SettingsRepository } from "../db/db.ts";

const MEMORY = "being-told";

interface Mark {
  text: string;
  at: string;
}

export interface ToldMarks {
  /** An earlier try whose outcome is not known. */
  doubtful(jobId: string): Promise<Mark | null>;
  set(jobId: string, text: string, at: Date): Promise<void>;
  forget(jobId: string): Promise<void>;
}

export function createToldMarks(settings: SettingsRepository): ToldMarks {
  let marks: Record<string, Mark> | null = null;
  const all = async () => {
    marks ??= (await settings.recall<Record<string, Mark>>(MEMORY)) ?? {};
    return marks;
  };
  return {
    doubtful: async (jobId) => (await all())[jobId] ?? null,
    async set(jobId, text, at) {
      const known = await all();
      known[jobId] = { text, at: at.toISOString() };
      await settings.remember(MEMORY, known);
    },
    async forget(jobId) {
      const known = await all();
      if (!known[jobId]) return;
      delete known[jobId];
      await settings.remember(MEMORY, known);
    },
  };
}
