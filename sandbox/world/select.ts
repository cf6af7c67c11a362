import type { History } from "./history.ts";
import { type Kind, kindOfBody } from "./kinds.ts";
import type { Numbering } from "./numbering.ts";
import { selectText } from "./select-text.ts";
import { arrayList, joined, rangeList, type SlotList } from "./slot-list.ts";
import type { HistoryQuery, MessageBody, SearchFilter } from "./types.ts";
import { textMatches, wordsOf } from "./words.ts";

/** Which kinds a filter of Telegram's lets pass; null: decided by something else than the kind. */
const kindsOf: Record<SearchFilter, readonly Kind[] | null> = {
  empty: null,
  photos: ["photo"],
  video: ["video"],
  photoVideo: ["photo", "video"],
  document: ["document"],
  url: ["link"],
  gif: ["animation"],
  voice: ["voice"],
  music: ["audio"],
  chatPhotos: [],
  phoneCalls: ["service"],
  roundVoice: ["round", "voice"],
  roundVideo: ["round"],
  myMentions: [],
  geo: ["geo", "venue"],
  contacts: ["contact"],
  pinned: null,
  poll: ["poll"],
};

/** What decides which messages match, apart from dates. */
export interface Criteria {
  filter: SearchFilter;
  words: readonly string[];
  fromId: number | null;
  topicId: number | null;
}

export const criteriaOf = (query: HistoryQuery): Criteria => ({
  filter: query.filter ?? "empty",
  words: wordsOf(query.text ?? ""),
  fromId: query.fromId ?? null,
  topicId: query.topicId ?? null,
});

const matchesAll = (criteria: Criteria): boolean =>
  criteria.filter === "empty" && criteria.words.length === 0 && criteria.fromId === null && criteria.topicId === null;

/** Text and file name, as a search sees them. */
export function searchable(body: MessageBody): string {
  const name = body.media?.kind === "document" ? (body.media.fileName ?? "") : "";
  return `${body.text} ${name}`;
}

const hasUrl = (body: MessageBody): boolean =>
  body.entities.some((one) => one.type === "url" || one.type === "text_link");

/** The plain meaning of criteria; the lists below must agree with it. `ownThread`: the root belongs to its thread. */
export function bodyMatches(body: MessageBody, criteria: Criteria, id: number): boolean {
  const { filter, fromId, topicId, words } = criteria;
  const kinds = kindsOf[filter];
  const kind = kindOfBody(body);
  if (filter === "pinned") {
    if (!body.pinned) return false;
  } else if (filter === "phoneCalls") {
    if (body.service?.type !== "phone-call") return false;
  } else if (filter === "url") {
    if (kind !== "link" && !hasUrl(body)) return false;
  } else if (kinds && !(kind && kinds.includes(kind))) return false;
  if (fromId !== null && body.fromId !== fromId) return false;
  if (topicId !== null && !inTopic(body.topicId, topicId, id)) return false;
  if (words.length === 0) return true;
  return !body.service && textMatches(words, searchable(body));
}

/** A forum's topic 1 is what belongs to no other; a topic's first message carries the topic's own id. */
export const inTopic = (topicOfMessage: number | undefined, topicId: number, id: number): boolean =>
  topicOfMessage === topicId || id === topicId || (topicId === 1 && topicOfMessage === undefined);

interface Cached {
  key: string;
  slots: Uint32Array;
  editVersion: number;
}

const caches = new WeakMap<History, Cached[]>();
const CACHE_MAX = 12;
/** Four bytes each. */
const SLOTS_MAX = 3_000_000;

/** Generated messages that match, whatever was deleted: made once per question, kept while nothing was edited. */
function seriesMatches(history: History, box: Numbering, criteria: Criteria): Uint32Array {
  const key = JSON.stringify([criteria, box.first, box.stride]);
  const cache = caches.get(history) ?? [];
  caches.set(history, cache);
  const known = cache.find((one) => one.key === key && one.editVersion === history.editVersion);
  if (known) return known.slots;
  const slots = computeMatches(history, box, criteria);
  cache.unshift({ key, slots, editVersion: history.editVersion });
  let held = 0;
  for (const { slots } of cache) held += slots.length;
  while (cache.length > 1 && (cache.length > CACHE_MAX || held > SLOTS_MAX)) held -= cache.pop()?.slots.length ?? 0;
  return slots;
}

function computeMatches(history: History, box: Numbering, criteria: Criteria): Uint32Array {
  const { series } = history;
  if (!series) return new Uint32Array(0);
  const kinds = kindsOf[criteria.filter];
  const text = criteria.words.length > 0 ? selectText(series, criteria.words) : null;
  const edited = new Set([...history.editedSlots].filter((slot) => slot < series.length));
  const found = new Uint32Array(series.length);
  let count = 0;
  for (let slot = 0; slot < series.length; slot++) {
    const kind = series.kindOf(slot);
    if (kind === null || edited.has(slot)) {
      if (bodyMatches(history.stored(slot).body, criteria, box.idOf(slot) ?? 0)) found[count++] = slot;
      continue;
    }
    if (criteria.filter === "pinned" || criteria.filter === "phoneCalls") continue;
    if (kinds && !kinds.includes(kind)) continue;
    if (criteria.fromId !== null && series.senderOf(slot) !== criteria.fromId) continue;
    if (criteria.topicId !== null && !inTopic(series.topicOf(slot), criteria.topicId, box.idOf(slot) ?? 0)) continue;
    if (text && !text(slot)) continue;
    found[count++] = slot;
  }
  return found.slice(0, count);
}

/** All messages of a history that match, oldest first. */
export function select(history: History, box: Numbering, query: HistoryQuery): SlotList {
  const criteria = criteriaOf(query);
  const { series } = history;
  const from = query.minDate && series ? series.slotAtDate(query.minDate) : 0;
  const to = query.maxDate && series ? Math.min(box.series, series.slotAtDate(query.maxDate + 1)) : box.series;
  const generated = matchesAll(criteria)
    ? rangeList(from, to, box.gone)
    : arrayList(without(seriesMatches(history, box, criteria), box.gone), from, to);
  const added = box.addedSlots.filter((slot) => {
    if (box.isGone(slot)) return false;
    const { body } = history.stored(slot);
    if (query.minDate && body.date < query.minDate) return false;
    if (query.maxDate && body.date > query.maxDate) return false;
    return bodyMatches(body, criteria, box.idOf(slot) ?? 0);
  });
  return joined(generated, arrayList(added));
}

function without(slots: Uint32Array, gone: readonly number[]): Uint32Array {
  if (gone.length === 0) return slots;
  const missing = new Set(gone);
  return slots.filter((slot) => !missing.has(slot));
}
