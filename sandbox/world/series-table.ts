import { isVisual, KINDS, type Kind } from "./kinds.ts";
import { generator, mix } from "./random.ts";
import type { SeriesSpec } from "./series-spec.ts";

/** Two bytes a message: its kind and its place in an album. Built when first asked for. */
export interface SeriesTable {
  kinds: Uint8Array;
  /** 0 = no album, else 1 for the first, 2 for the second ... */
  albumPlaces: Uint8Array;
}

const ALBUM_MAX = 10;

/** Deals out exactly as many of each kind as asked, shuffles them, then joins neighbours to albums. */
export function buildTable(spec: SeriesSpec): SeriesTable {
  const kinds = new Uint8Array(spec.count);
  const media = Math.min(spec.count, spec.media);
  deal(kinds, 0, media, spec.types);
  deal(kinds, media, spec.count, spec.others);
  const next = generator(spec.seed);
  for (let i = kinds.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const held = kinds[i] ?? 0;
    kinds[i] = kinds[j] ?? 0;
    kinds[j] = held;
  }
  return { kinds, albumPlaces: spec.albums ? joinAlbums(kinds, spec.seed) : new Uint8Array(spec.count) };
}

function deal(kinds: Uint8Array, from: number, to: number, weights: Partial<Record<Kind, number>>): void {
  const entries = Object.entries(weights).filter(([, weight]) => (weight ?? 0) > 0);
  const sum = entries.reduce((total, [, weight]) => total + (weight ?? 0), 0);
  let at = from;
  let owed = 0;
  for (const [kind, weight] of entries) {
    owed += ((weight ?? 0) / sum) * (to - from);
    const until = Math.min(to, from + Math.round(owed));
    kinds.fill(KINDS.indexOf(kind as Kind), at, until);
    at = until;
  }
}

function joinAlbums(kinds: Uint8Array, seed: number): Uint8Array {
  const places = new Uint8Array(kinds.length);
  let slot = 0;
  while (slot < kinds.length) {
    let end = slot;
    while (end < kinds.length && end - slot < ALBUM_MAX && isVisual(KINDS[kinds[end] ?? 0] ?? "text")) end++;
    const wanted = 2 + (mix(seed, slot, 77) % (ALBUM_MAX - 1));
    const length = Math.min(end - slot, wanted);
    if (length >= 2 && mix(seed, slot, 78) % 3 === 0) for (let i = 0; i < length; i++) places[slot + i] = i + 1;
    slot += Math.max(1, length);
  }
  return places;
}
