import type { History } from "./history.ts";
import { Numbering } from "./numbering.ts";

/** One account's message numbers over all its private chats and basic groups. */
export class CommonBox {
  #next = 1;
  #generated: { history: History; numbering: Numbering }[] = [];
  #added = new Map<number, History>();

  /** Numbers for generated histories; made together, they take turns, as messages of many chats do. */
  reserve(histories: readonly { history: History; gapEvery: number }[]): Numbering[] {
    const stride = Math.max(1, histories.length);
    const base = this.#next;
    let most = 0;
    const numberings = histories.map(({ history, gapEvery }, way) => {
      const numbering = new Numbering(base + way, stride, gapEvery, history.seriesLength);
      most = Math.max(most, Numbering.span(history.seriesLength, gapEvery));
      if (history.seriesLength > 0) this.#generated.push({ history, numbering });
      return numbering;
    });
    this.#next = base + most * stride;
    return numberings;
  }

  /** The next number, for a message of this history. */
  take(history: History): number {
    const id = this.#next++;
    this.#added.set(id, history);
    return id;
  }

  /** Which chat a number is of. */
  find(id: number): History | null {
    const added = this.#added.get(id);
    if (added) return added;
    return this.#generated.find(({ numbering }) => numbering.slotOf(id) !== null)?.history ?? null;
  }
}
