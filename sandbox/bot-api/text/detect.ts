import { type BotEntity, endOf, SPLITTABLE, sortEntities } from "./entity.ts";

/** Ends of bare names that clients take for links; enough to be true to what people type. */
const DOMAINS =
  "com|org|net|info|biz|edu|gov|me|io|dev|app|eu|tv|co|ai|xyz|site|online|shop|blog|news|cloud|page|link|live|pro|tech|ru|ua|by|kz|de|uk|fr|es|it|nl|pl|cz|at|ch|se|no|fi|dk|pt|gr|tr|il|ir|ae|in|cn|jp|kr|tw|hk|us|ca|mx|br|ar|au|nz|za|py|sh|md|рф|укр";

const BEFORE = "(?<![\\p{L}\\p{N}_])";
const DETECTORS: { type: string; pattern: RegExp }[] = [
  {
    type: "email",
    pattern: new RegExp(`${BEFORE}[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]+\\.)+[A-Za-z]{2,24}(?![\\w@])`, "gu"),
  },
  {
    type: "url",
    pattern: new RegExp(
      `${BEFORE}(?<!@)(?:(?:https?|ftp|tonsite|tg|ton)://[^\\s<>"“”«»]+|(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:${DOMAINS})(?![\\p{L}\\p{N}_@])(?::\\d{1,5})?(?:[/?#][^\\s<>"“”«»]*)?)`,
      "giu",
    ),
  },
  {
    type: "bot_command",
    pattern: /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/])/gu,
  },
  { type: "mention", pattern: /(?<![\p{L}\p{N}_@/])@[A-Za-z0-9_]{2,32}(?![\p{L}\p{N}_@])/gu },
  {
    type: "hashtag",
    pattern: /(?<![\p{L}\p{N}_#&/])#(?=[\p{L}\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}(?:@[A-Za-z0-9_]{3,32})?/gu,
  },
  { type: "cashtag", pattern: /(?<![\p{L}\p{N}_$])\$(?:[A-Z]{3,8}|1INCH)(?![\p{L}\p{N}_$])/gu },
];

/** Finds what clients make tappable by themselves: links, mentions, commands, tags, mail addresses. */
export function detectEntities(text: string): BotEntity[] {
  const found: BotEntity[] = [];
  for (const { type, pattern } of DETECTORS) {
    for (const match of text.matchAll(pattern)) {
      const word = type === "url" ? withoutTail(match[0]) : match[0];
      const entity = { type, offset: match.index, length: word.length };
      if (word.length > 1 && !found.some((other) => overlaps(entity, other))) found.push(entity);
    }
  }
  return sortEntities(found);
}

/** Adds detected entities where the sender's own leave room: they may lie in bold text, never across a link or code. */
export function withDetected(text: string, entities: readonly BotEntity[]): BotEntity[] {
  const solid = entities.filter((entity) => !SPLITTABLE.has(entity.type));
  const free = detectEntities(text).filter((found) =>
    solid.every((other) => !overlaps(found, other) || (isQuote(other) && inside(found, other))),
  );
  return sortEntities([...entities, ...free]);
}

const overlaps = (a: BotEntity, b: BotEntity): boolean => a.offset < endOf(b) && b.offset < endOf(a);
const inside = (a: BotEntity, b: BotEntity): boolean => b.offset <= a.offset && endOf(a) <= endOf(b);
const isQuote = (entity: BotEntity): boolean => entity.type.endsWith("blockquote");

/** A link does not take the full stop or the closing bracket of its sentence with it. */
function withoutTail(url: string): string {
  let end = url.length;
  for (;;) {
    const char = url[end - 1];
    if (char === undefined) break;
    if (/[.,:;!?'…*_~]/.test(char)) end--;
    else if (char === ")" && !url.slice(0, end).includes("(")) end--;
    else if (char === "]" && !url.slice(0, end).includes("[")) end--;
    else break;
  }
  return url.slice(0, end);
}
