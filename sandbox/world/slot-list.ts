/** Sorted lists of slots that answer "how many", "which is the n-th" and "how many before" without being walked. */
export interface SlotList {
  readonly length: number;
  at(index: number): number;
  /** How many of the list are below `slot`. */
  rank(slot: number): number;
}

type Sorted = ArrayLike<number>;

/** Index of the first item that is not below `value`. */
export function lowerBound(list: Sorted, value: number, from = 0, to = list.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A part of a sorted array, from slot `from` up to but not including `to`. */
export function arrayList(slots: Sorted, from = 0, to = Number.MAX_SAFE_INTEGER): SlotList {
  const first = lowerBound(slots, from);
  const last = Math.max(first, lowerBound(slots, to));
  return {
    length: last - first,
    at: (index) => slots[first + index] ?? -1,
    rank: (slot) => lowerBound(slots, slot, first, last) - first,
  };
}

/** All slots from `from` up to but not including `to`, without those that are gone (sorted). */
export function rangeList(from: number, to: number, gone: Sorted): SlotList {
  const first = lowerBound(gone, from);
  const last = Math.max(first, lowerBound(gone, to));
  const length = Math.max(0, to - from) - (last - first);
  return {
    length,
    at: (index) => {
      let low = 0;
      let high = last - first;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((gone[first + middle] ?? 0) - from - middle > index) high = middle;
        else low = middle + 1;
      }
      return from + index + low;
    },
    rank: (slot) => {
      const clamped = Math.min(Math.max(slot, from), Math.max(from, to));
      return clamped - from - (lowerBound(gone, clamped, first, last) - first);
    },
  };
}

/** Two lists, all of the second above all of the first. */
export function joined(low: SlotList, high: SlotList): SlotList {
  return {
    length: low.length + high.length,
    at: (index) => (index < low.length ? low.at(index) : high.at(index - low.length)),
    rank: (slot) => low.rank(slot) + high.rank(slot),
  };
}
