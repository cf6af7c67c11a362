/** Clock times in the owner's zone, for a million messages: the zone is asked once a quarter of an hour. */
import { localTime } from "../core/zone.ts";

/** No zone has ever changed its offset within one. */
const QUARTER_MS = 900_000;

export class LocalClock {
  readonly #zone: string;
  #quarter = Number.NaN;
  #offset = 0;

  constructor(timeZone: string) {
    this.#zone = timeZone;
  }

  /** "2024-03-05T14:05:09", as Telegram Desktop writes it. */
  iso(date: Date): string {
    return this.#shifted(date).toISOString().slice(0, 19);
  }

  /** "2024-03". */
  month(date: Date): string {
    return this.iso(date).slice(0, 7);
  }

  #shifted(date: Date): Date {
    const quarter = Math.floor(date.getTime() / QUARTER_MS);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      const start = new Date(quarter * QUARTER_MS);
      const { year, month, day, hour, minute, second } = localTime(start, this.#zone);
      this.#offset = Date.UTC(year, month - 1, day, hour, minute, second) - start.getTime();
    }
    return new Date(date.getTime() + this.#offset);
  }
}
