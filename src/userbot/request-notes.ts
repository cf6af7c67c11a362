/** Counts what this machine asks of Telegram today, and writes it down now and then for /status. */
import { NO_REQUESTS, type RequestNote, requestDay, requestNoteName } from "../core/request-count.ts";
import type { SettingsRepository } from "../db/db.ts";
import { groupOf } from "./pace-rates.ts";

export class RequestNotes {
  readonly #settings: SettingsRepository;
  readonly #name: string;
  #note: RequestNote | null = null;
  #written = "";

  constructor(settings: SettingsRepository, workerId: string) {
    this.#settings = settings;
    this.#name = requestNoteName(workerId);
  }

  readonly counted = (method: string, heldBack: boolean): void => {
    const note = this.#today();
    if (groupOf(method) === "parts") note.parts++;
    else note.calls++;
    if (heldBack) note.paced++;
  };

  /** Takes up what an earlier run of the program counted today. */
  async read(): Promise<void> {
    const before = await this.#settings.recall<RequestNote>(this.#name);
    const note = this.#today();
    if (before?.day !== note.day) return;
    note.calls += before.calls;
    note.parts += before.parts;
    note.paced += before.paced;
  }

  async write(): Promise<void> {
    const words = JSON.stringify(this.#note);
    if (this.#note === null || words === this.#written) return;
    await this.#settings.remember(this.#name, this.#note);
    this.#written = words;
  }

  #today(): RequestNote {
    const day = requestDay(new Date());
    if (this.#note?.day !== day) this.#note = { ...NO_REQUESTS, day };
    return this.#note;
  }
}
