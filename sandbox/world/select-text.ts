import { isFileKind } from "./kinds.ts";
import type { Series } from "./series.ts";
import { textMatches, wordMatches, wordsOf } from "./words.ts";

/**
 * Looks for words in generated messages by looking at the lists their texts are made of. Only words that may stand in
 * what is not from a list (a number, an extension, an address) need the text itself.
 */
export function selectText(series: Series, wanted: readonly string[]): (slot: number) => boolean {
  const { openers, endings, names } = series.pools;
  const tables = wanted.map((word) => ({
    openers: openers.map((text) => wordMatches(word, wordsOf(text))),
    endings: endings.map((text) => wordMatches(word, wordsOf(text))),
    names: names.map((text) => wordMatches(word, wordsOf(text))),
  }));
  const full = wanted.some(mayBeElsewhere);
  return (slot) => {
    const kind = series.kindOf(slot);
    if (kind === null) return false;
    if (full && kind !== "text" && (isFileKind(kind) || kind === "link"))
      return textMatches(wanted, fullText(series, slot));
    if (full && kind === "text") return textMatches(wanted, series.textOf(slot));
    const parts = series.partsOf(slot);
    if (kind === "sticker") return false;
    return tables.every(
      (table) =>
        (parts.opener !== null && table.openers[parts.opener]) ||
        (parts.ending !== null && table.endings[parts.ending]) ||
        (parts.name !== null && table.names[parts.name]),
    );
  };
}

function fullText(series: Series, slot: number): string {
  const { text, media } = series.body(slot);
  return `${text} ${media?.kind === "document" ? (media.fileName ?? "") : ""}`;
}

const elsewhere = ["https", "example", "org", "article", "sticker", "webp"];
const extensions = [
  "pdf",
  "zip",
  "txt",
  "csv",
  "json",
  "docx",
  "epub",
  "jpg",
  "rar",
  "mp4",
  "mov",
  "mp3",
  "m4a",
  "flac",
];

function mayBeElsewhere(word: string): boolean {
  if (/^\p{N}/u.test(word)) return true;
  return [...elsewhere, ...extensions].some((known) => known.startsWith(word));
}
