/** A text with its marks. Marks may lie over each other: each stretch is wrapped in all that cover it. */
import type { TextEntity } from "../../core/message-extra.ts";
import { cleanText } from "../clean.ts";
import { escapeHtml, safeAddress } from "./escape.ts";

/** No message of Telegram's nests deeper; a made one shall not fill the disk. */
const DEEPEST = 6;

export function textHtml(text: string, entities: readonly TextEntity[] = []): string {
  const clean = cleanText(text);
  const usable = entities.filter(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= clean.length);
  if (usable.length === 0) return escapeHtml(clean);
  const sorted = [...usable].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const cuts = [...new Set([0, clean.length, ...sorted.flatMap((one) => [one.offset, one.offset + one.length])])]
    .filter((at) => !splitsPair(clean, at))
    .sort((a, b) => a - b);
  let next = 0;
  let active: TextEntity[] = [];
  const pieces: string[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    active = active.filter(({ offset, length }) => offset + length > from);
    for (; next < sorted.length && sorted[next]!.offset <= from; next++) {
      const entity = sorted[next]!;
      if (active.length < DEEPEST && entity.offset + entity.length > from) active.push(entity);
    }
    const piece = clean.slice(from, to);
    pieces.push(active.reduceRight((inner, entity) => wrapped(inner, piece, entity), escapeHtml(piece)));
  }
  return pieces.join("");
}

const splitsPair = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));

const TAGS: Partial<Record<TextEntity["type"], string>> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

function wrapped(inner: string, piece: string, entity: TextEntity): string {
  const tag = TAGS[entity.type];
  if (tag) return `<${tag}>${inner}</${tag}>`;
  switch (entity.type) {
    case "pre":
      return `<code class="pre">${inner}</code>`;
    case "spoiler":
      return `<span class="spoiler">${inner}</span>`;
    case "blockquote":
    case "expandable_blockquote":
      return `<q class="quote">${inner}</q>`;
    case "text_link":
      return link(entity.url ?? "", inner);
    case "url":
      return link(piece, inner);
    case "email":
      return link(`mailto:${piece}`, inner);
    case "phone_number":
      return link(`tel:${piece.replace(/[^\d+]/g, "")}`, inner);
    case "mention":
      return /^@\w+$/.test(piece) ? link(`https://t.me/${piece.slice(1)}`, inner) : inner;
    case "hashtag":
    case "cashtag":
    case "bot_command":
    case "text_mention":
      return `<span class="tag">${inner}</span>`;
    default:
      return inner;
  }
}

/** A link within a link is none. */
function link(url: string, inner: string): string {
  const address = inner.includes("<a ") ? null : safeAddress(url);
  return address ? `<a href="${escapeHtml(address)}" rel="noreferrer">${inner}</a>` : inner;
}
