import { badRequest } from "../refusal.ts";
import { type BotEntity, endOf, type FormattedText, sortEntities } from "./entity.ts";
import { readLink } from "./links.ts";
import { dateFormat } from "./read-entities.ts";

const STYLES: Record<string, string> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  span: "spoiler",
};
const TAGS = new Set([...Object.keys(STYLES), "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"]);
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

type Open = { tag: string; attributes: Map<string, string>; offset: number };

const refuse = (reason: string) => badRequest(`can't parse entities: ${reason}`);

/** Reads `parse_mode: "HTML"`, refusing what the real server refuses, with its byte offsets. */
export function parseHtml(source: string): FormattedText {
  const entities: BotEntity[] = [];
  const open: Open[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    if (source[at] === "&") {
      const [decoded, next] = decodeReference(source, at);
      text += decoded;
      at = next;
    } else if (source[at] !== "<") {
      text += source[at++];
    } else if (source[at + 1] === "/") {
      at = closeTag(at);
    } else {
      const [tag, next] = readStartTag(source, at);
      open.push({ ...tag, offset: text.length });
      at = next;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw refuse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  if (/\p{Surrogate}/u.test(text)) {
    throw refuse(
      "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    );
  }
  return { text, entities: sortEntities(entities) };

  function closeTag(begin: number): number {
    const place = byteOffset(source, begin);
    const last = open.at(-1);
    if (!last) throw refuse(`Unexpected end tag at byte offset ${place}`);
    const match = /^<\/([^\s>]*)\s*>/.exec(source.slice(begin));
    if (!match) throw refuse(`Unclosed end tag at byte offset ${place}`);
    const name = match[1]!.toLowerCase();
    if (name && name !== last.tag) {
      throw refuse(`Unmatched end tag at byte offset ${place}, expected "</${last.tag}>", found "</${name}>"`);
    }
    open.pop();
    if (text.length > last.offset) finish(last, text.length - last.offset);
    return begin + match[0].length;
  }

  function finish({ tag, attributes, offset }: Open, length: number): void {
    const base = { offset, length };
    const style = STYLES[tag];
    if (style) entities.push({ type: style, ...base });
    else if (tag === "a") pushLink(attributes.get("href") || text.slice(offset), base);
    else if (tag === "blockquote") {
      entities.push({ type: attributes.has("expandable") ? "expandable_blockquote" : "blockquote", ...base });
    } else if (tag === "tg-emoji") {
      const id = attributes.get("emoji-id") ?? "";
      if (!/^[1-9]\d*$/.test(id)) throw refuse("Invalid custom emoji identifier specified");
      entities.push({ type: "custom_emoji", ...base, custom_emoji_id: id });
    } else if (tag === "tg-time") {
      const unix = Number(attributes.get("unix") ?? 0);
      const format = dateFormat(attributes.get("format") ?? "");
      if (unix > 0) entities.push({ type: "date_time", ...base, unix_time: unix, date_time_format: format });
    } else pushCode(tag, attributes.get("class") ?? "", base);
  }

  function pushLink(target: string, base: { offset: number; length: number }): void {
    const link = readLink(target);
    if (link.kind === "user") entities.push({ type: "text_mention", ...base, user: { id: link.id } });
    else if (link.kind === "url") entities.push({ type: "text_link", ...base, url: link.url });
  }

  /** `<pre><code class="language-x">` is one block with a language, whichever of the two closes last. */
  function pushCode(tag: string, className: string, base: { offset: number; length: number }): void {
    const last = entities.at(-1);
    const same = last && last.offset === base.offset && endOf(last) === base.offset + base.length;
    const language = className.startsWith("language-") ? className.slice(9) : "";
    if (tag === "pre" && same && last.type === "code") {
      last.type = "pre";
    } else if (tag === "code" && same && last.type === "pre") {
      if (language) last.language = language;
    } else {
      entities.push(language ? { type: tag, ...base, language } : { type: tag, ...base });
    }
    if (tag === "code" && entities.at(-1)?.type === "code") delayLanguage(entities.at(-1)!, source);
  }
}

/** A language on code that no `<pre>` encloses is forgotten. */
function delayLanguage(entity: BotEntity, source: string): void {
  if (!/<pre[\s>]/i.test(source)) delete entity.language;
}

function readStartTag(source: string, begin: number): [{ tag: string; attributes: Map<string, string> }, number] {
  const place = byteOffset(source, begin);
  const name = /^<([^\s>]*)/.exec(source.slice(begin))![1]!;
  let at = begin + 1 + name.length;
  if (at >= source.length) throw refuse(`Unclosed start tag at byte offset ${place}`);
  const tag = name.toLowerCase();
  if (!TAGS.has(tag)) throw refuse(`Unsupported start tag "${tag}" at byte offset ${place}`);
  const attributes = new Map<string, string>();
  for (;;) {
    at = skipSpace(source, at);
    if (source[at] === ">") break;
    if (at >= source.length) throw refuse(`Unclosed start tag "${tag}" at byte offset ${place}`);
    const attribute = /^[^\s=>/"']*/.exec(source.slice(at))![0];
    if (!attribute) throw refuse(`Empty attribute name in the tag "${tag}" at byte offset ${place}`);
    at = skipSpace(source, at + attribute.length);
    if (source[at] !== "=") {
      attributes.set(attribute.toLowerCase(), "");
      continue;
    }
    at = skipSpace(source, at + 1);
    const [value, next] = readValue(source, at, tag, place);
    attributes.set(attribute.toLowerCase(), value);
    at = next;
  }
  if (tag === "span" && attributes.get("class") !== "tg-spoiler") {
    throw refuse(`Tag "span" must have class "tg-spoiler" at byte offset ${place}`);
  }
  return [{ tag, attributes }, at + 1];
}

function readValue(source: string, begin: number, tag: string, place: number): [string, number] {
  const quote = source[begin];
  if (quote === undefined) throw refuse(`Unclosed start tag "${tag}" at byte offset ${place}`);
  if (quote !== '"' && quote !== "'") {
    const token = /^[A-Za-z0-9.-]*/.exec(source.slice(begin))![0];
    const next = source[begin + token.length];
    if (next === undefined || !/[\s>]/.test(next)) {
      throw refuse(`Unexpected end of name token at byte offset ${byteOffset(source, begin)}`);
    }
    return [token.toLowerCase(), begin + token.length];
  }
  const end = source.indexOf(quote, begin + 1);
  if (end < 0) throw refuse(`Unclosed start tag at byte offset ${place}`);
  return [decodeAll(source.slice(begin + 1, end)), end + 1];
}

function decodeAll(text: string): string {
  let decoded = "";
  for (let at = 0; at < text.length; ) {
    const [piece, next] = text[at] === "&" ? decodeReference(text, at) : [text[at]!, at + 1];
    decoded += piece;
    at = next;
  }
  return decoded;
}

/** One `&…;`, or the ampersand itself where it starts none. */
function decodeReference(source: string, at: number): [string, number] {
  const match = /^&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(lt|gt|amp|quot));?/i.exec(source.slice(at));
  if (!match) return ["&", at + 1];
  const next = at + match[0].length;
  if (match[3]) return [NAMED[match[3].toLowerCase()]!, next];
  const code = match[1] ? Number.parseInt(match[1], 16) : Number.parseInt(match[2]!, 10);
  return code > 0 && code <= 0x10ffff ? [String.fromCodePoint(code), next] : ["&", at + 1];
}

function skipSpace(source: string, at: number): number {
  while (at < source.length && /\s/.test(source[at]!)) at++;
  return at;
}

const byteOffset = (source: string, at: number): number => Buffer.byteLength(source.slice(0, at));
