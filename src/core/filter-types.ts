/** The words for kinds of messages, in the command line and in echoes. */
import { FILTER_TYPES, type FilterType } from "./media-filter.ts";

const ALIASES: Record<FilterType, string> = {
  photo: "photo photos pic pics picture pictures image images",
  video: "video videos vid vids movie movies clip clips",
  audio: "audio audios music song songs track tracks",
  voice: "voice voices voicenote voicenotes",
  round: "round rounds videonote videonotes videomessage videomessages",
  gif: "gif gifs animation animations",
  sticker: "sticker stickers",
  document: "document documents doc docs file files",
  link: "link links url urls",
  poll: "poll polls quiz quizzes",
  text: "text texts",
};

/** Kinds that carry a file. */
export const FILE_TYPES: readonly FilterType[] = FILTER_TYPES.filter(
  (type) => type !== "link" && type !== "poll" && type !== "text",
);

const TYPES_OF = new Map<string, readonly FilterType[]>(
  FILTER_TYPES.flatMap((type) => ALIASES[type].split(" ").map((alias) => [alias, [type]] as const)),
);
TYPES_OF.set("media", FILE_TYPES);

/** "all" and its like: no choice among the kinds. */
const ALL = new Set(["all", "any", "everything", "anything"]);

/** The kinds a word means: one, several ("media"), `"all"`, or null where it is no such word. */
export function typesOfWord(word: string): readonly FilterType[] | "all" | null {
  const lower = word.toLowerCase().replaceAll(/[\s_-]/g, "");
  return ALL.has(lower) ? "all" : (TYPES_OF.get(lower) ?? null);
}

/** Every word there is for a kind; for suggestions. */
export const TYPE_WORDS: readonly string[] = [...TYPES_OF.keys(), ...ALL];

/** One of a kind, and several. */
const LABELS: Record<FilterType, readonly [string, string]> = {
  photo: ["photo", "photos"],
  video: ["video", "videos"],
  audio: ["audio", "audio"],
  voice: ["voice", "voice messages"],
  round: ["round video", "round videos"],
  gif: ["GIF", "GIFs"],
  sticker: ["sticker", "stickers"],
  document: ["document", "documents"],
  link: ["link", "links"],
  poll: ["poll", "polls"],
  text: ["text", "texts"],
};

/** "round video": the kind, in the middle of a sentence. */
export const typeLabel = (type: FilterType): string => LABELS[type][0];

/** "round videos". */
export const typePlural = (type: FilterType): string => LABELS[type][1];
