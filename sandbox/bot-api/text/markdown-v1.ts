import { badRequest } from "../refusal.ts";
import type { BotEntity, FormattedText } from "./entity.ts";
import { readLink } from "./links.ts";

const TYPES: Record<string, string> = { _: "italic", "*": "bold", "`": "code" };

const refuse = (source: string, at: number) =>
  badRequest(
    `can't parse entities: Can't find end of the entity starting at byte offset ${Buffer.byteLength(source.slice(0, at))}`,
  );

/** Reads the legacy `parse_mode: "Markdown"`: entities do not nest, and only outside them a backslash escapes. */
export function parseMarkdownV1(source: string): FormattedText {
  const entities: BotEntity[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const char = source[at]!;
    if (char === "\\" && /[_*`[]/.test(source[at + 1] ?? "")) {
      text += source[at + 1];
      at += 2;
    } else if (!/[_*`[]/.test(char)) {
      text += char;
      at++;
    } else {
      at = readEntity(at, char);
    }
  }
  return { text, entities };

  function readEntity(begin: number, char: string): number {
    const isPre = source.startsWith("```", begin);
    const opening = isPre ? "```" : char;
    const closing = char === "[" ? "]" : opening;
    let start = begin + opening.length;
    let language: string | undefined;
    if (isPre) {
      language = /^([^\s`]+)(?=\s)/.exec(source.slice(start))?.[1];
      start += language?.length ?? 0;
      start += /^(?:\r\n|\n)/.exec(source.slice(start))?.[0].length ?? 0;
    }
    const end = source.indexOf(closing, start);
    if (end < 0) throw refuse(source, begin);
    const content = source.slice(start, end);
    const base = { offset: text.length, length: content.length };
    text += content;
    const next = end + closing.length;
    if (char === "[") return readTarget(next, content, base);
    if (content && isPre) entities.push(language ? { type: "pre", ...base, language } : { type: "pre", ...base });
    else if (content) entities.push({ type: TYPES[char]!, ...base });
    return next;
  }

  function readTarget(next: number, content: string, base: { offset: number; length: number }): number {
    let target = content;
    if (source[next] === "(") {
      const close = source.indexOf(")", next);
      target = source.slice(next + 1, close < 0 ? source.length : close);
      next = close < 0 ? source.length : close + 1;
    }
    const link = readLink(target);
    if (base.length > 0 && link.kind === "url") entities.push({ type: "text_link", ...base, url: link.url });
    if (base.length > 0 && link.kind === "user")
      entities.push({ type: "text_mention", ...base, user: { id: link.id } });
    return next;
  }
}
