import { lowerBound } from "./slot-list.ts";

/**
 * The message ids of one history in one box: a channel's own, or an account's common box, where private chats and basic
 * groups share one sequence. Ids of generated messages are arithmetic, those of later ones are kept.
 */
export class Numbering {
  readonly first: number;
  readonly stride: number;
  readonly #gapEvery: number;
  /** How many generated messages it numbers; none for who came later. */
  readonly series: number;
  readonly #slots: number[] = [];
  readonly #ids: number[] = [];
  readonly #gone: number[] = [];

  constructor(first: number, stride: number, gapEvery: number, series: number) {
    this.first = first;
    this.stride = stride;
    this.#gapEvery = gapEvery;
    this.series = series;
  }

  /** Positions used by the generated part, gaps included. */
  static span(series: number, gapEvery: number): number {
    return series + (gapEvery > 0 ? Math.floor(series / gapEvery) : 0);
  }

  idOf(slot: number): number | null {
    if (slot < this.series) {
      const gaps = this.#gapEvery > 0 ? Math.floor(slot / this.#gapEvery) : 0;
      return this.first + (slot + gaps) * this.stride;
    }
    const at = lowerBound(this.#slots, slot);
    return this.#slots[at] === slot ? (this.#ids[at] ?? null) : null;
  }

  /** The slot of exactly this id; null where there is none or it is gone. */
  slotOf(id: number): number | null {
    const slot = this.slotFrom(id);
    return this.idOf(slot) === id && !this.isGone(slot) ? slot : null;
  }

  /** The first slot whose id is not below `id`, gone or not. */
  slotFrom(id: number): number {
    const position = Math.max(0, Math.ceil((id - this.first) / this.stride));
    const period = this.#gapEvery + 1;
    const slot =
      this.#gapEvery > 0
        ? Math.floor(position / period) * this.#gapEvery + Math.min(position % period, this.#gapEvery)
        : position;
    if (slot < this.series) return slot;
    const at = lowerBound(this.#ids, id);
    return this.#slots[at] ?? this.#end();
  }

  #end(): number {
    return Math.max(this.series, (this.#slots.at(-1) ?? -1) + 1);
  }

  add(slot: number, id: number): void {
    this.#slots.push(slot);
    this.#ids.push(id);
  }

  /** The number after the last one, for a box of its own. */
  get nextId(): number {
    const last = this.#ids.at(-1);
    return last === undefined ? this.first + Numbering.span(this.series, this.#gapEvery) * this.stride : last + 1;
  }

  /** Slots after the generated ones that this box has. */
  get addedSlots(): readonly number[] {
    return this.#slots;
  }

  /** Sorted. */
  get gone(): readonly number[] {
    return this.#gone;
  }

  isGone(slot: number): boolean {
    return this.#gone[lowerBound(this.#gone, slot)] === slot;
  }

  remove(slot: number): void {
    const at = lowerBound(this.#gone, slot);
    if (this.#gone[at] !== slot) this.#gone.splice(at, 0, slot);
  }
}
