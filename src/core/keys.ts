/** The keys of the command line ("type:", "after:" …) and what else they are called. */

const ALIASES = {
  chat: "chat in",
  type: "type types kind",
  has: "has",
  is: "is",
  ext: "ext exts extension extensions filetype",
  from: "from sender by author",
  after: "after since",
  before: "before until till",
  date: "date dates when period",
  size: "size sizes",
  min: "min larger bigger over",
  max: "max smaller under",
  name: "name filename",
  text: "text caption contains",
  ids: "ids id msg message messages",
  topic: "topic",
  comments: "comments comment",
  limit: "limit",
  sort: "sort order",
  format: "format",
  media: "media",
} as const;

export type Key = keyof typeof ALIASES;

const KEY_OF = new Map<string, Key>(
  (Object.keys(ALIASES) as Key[]).flatMap((key) => ALIASES[key].split(" ").map((alias) => [alias, key] as const)),
);

/** The key a word stands for, whatever the case; null if it is none. */
export function keyOf(word: string): Key | null {
  return KEY_OF.get(word.toLowerCase()) ?? null;
}

/** Every spelling there is; for suggestions. */
export const KEY_WORDS: readonly string[] = [...KEY_OF.keys()];
