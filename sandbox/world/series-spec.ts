import type { Language } from "../content/texts.ts";
import type { FileKind, Kind } from "./kinds.ts";
import type { MessageBody } from "./types.ts";

/** What a generated history is to look like. Everything has a default, so that a test names only what it is about. */
export interface SeriesSpec {
  /** Messages, those of `intro` not counted. */
  count: number;
  seed: number;
  /** How many of them carry a file; the rest are texts, links, service messages ... Default: half. */
  media: number;
  /** How often each kind of file comes, by weight. */
  types: Partial<Record<FileKind, number>>;
  /** The same for the messages without one. */
  others: Partial<Record<Exclude<Kind, FileKind>, number>>;
  /** Bytes of a file. */
  sizeMin: number;
  sizeMax: number;
  /** Unix seconds. */
  from: number;
  to: number;
  languages: readonly Language[];
  /** Marked ids of those who write. */
  senders: readonly number[];
  /** Visual messages next to each other become albums. */
  albums: boolean;
  /** Forum topics by the id of their first message. */
  topics: readonly number[];
  /** Share of files that are the same as an earlier one. */
  duplicates: number;
  /** Share of messages forwarded from one of these authors. */
  forwardsFrom: readonly number[];
  /** Channel posts: views and the name of the author. */
  post: boolean;
  /** After every so many messages one is missing, as if deleted; 0 = never. */
  gapEvery: number;
  /** Messages that stand before the generated ones, such as "group created". */
  intro: readonly MessageBody[];
}

export const defaultTypes: Partial<Record<FileKind, number>> = {
  photo: 40,
  video: 12,
  document: 20,
  audio: 8,
  voice: 8,
  round: 3,
  animation: 5,
  sticker: 4,
};

export const defaultOthers: SeriesSpec["others"] = {
  text: 80,
  link: 8,
  service: 2,
  poll: 2,
  geo: 2,
  venue: 1,
  contact: 2,
  dice: 2,
};
