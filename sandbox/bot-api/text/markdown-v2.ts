import { badRequest } from "../refusal.ts";
import { type BotEntity, type FormattedText, sortEntities } from "./entity.ts";
import { readLink, readMarkLink } from "./links.ts";

type Kind = "bold" | "italic" | "underline" | "strikethrough" | "spoiler" | "code" | "pre" | "link" | "mark" | "quote";
type Open = { kind: Kind; offset: number; at: number; language?: string };

const RESERVED = new Set("_*[]()~`>#+-=|{}.!\n");
/** Telegram's own names of entities, as they stand in its refusals. */
const WORDS: Record<Kind, string> = {
  bold: "Bold",
  italic: "Italic",
  underline: "Underline",
  strikethrough: "Strikethrough",
  spoiler: "Spoiler",
  code: "Code",
  pre: "Pre",
  link: "TextUrl",
  mark: "CustomEmoji",
  quote: "BlockQuote",
};
const refuse = (reason: string) => badRequest(`can't parse entities: ${reason}`);

/** Reads `parse_mode: "MarkdownV2"`: every reserved character must be escaped, every entity closed. */
export function parseMarkdownV2(source: string): FormattedText {
  return new Reader(source).read();
}

class Reader {
  private readonly source: string;
  private readonly entities: BotEntity[] = [];
  private readonly open: Open[] = [];
  private text = "";
  private at = 0;
  private lineStart = true;
  private inQuote = false;

  constructor(source: string) {
    this.source = source;
  }

  read(): FormattedText {
    while (this.at < this.source.length) this.step();
    this.closeQuoteAtEnd();
    const unclosed = this.open.at(-1);
    if (unclosed) throw this.unclosed(unclosed);
    return { text: this.text, entities: sortEntities(this.entities) };
  }

  private step(): void {
    const char = this.source[this.at]!;
    const next = this.source[this.at + 1];
    if (char === "\\" && next !== undefined && next.charCodeAt(0) > 0 && next.charCodeAt(0) <= 126) {
      this.put(next, 2);
      return;
    }
    const inCode = this.open.at(-1)?.kind === "code" || this.open.at(-1)?.kind === "pre";
    if (inCode ? char !== "`" : !RESERVED.has(char)) this.put(char, 1);
    else if (this.ends(char)) this.close(char);
    else this.begin(char);
  }

  private put(char: string, width: number): void {
    this.text += char;
    this.at += width;
    if (char !== "\r") this.lineStart = char === "\n";
  }

  private looking(at: string): boolean {
    return this.source.startsWith(at, this.at);
  }

  private ends(char: string): boolean {
    const last = this.open.at(-1);
    if (!last) return false;
    if (this.inQuote && char === "\n" && this.source[this.at + 1] !== ">") return true;
    switch (last.kind) {
      case "bold":
        return char === "*";
      case "italic":
        return char === "_" && !this.looking("__");
      case "underline":
        return this.looking("__");
      case "strikethrough":
        return char === "~";
      case "spoiler":
        return this.looking("||");
      case "code":
        return char === "`";
      case "pre":
        return this.looking("```");
      case "link":
      case "mark":
        return char === "]";
      case "quote":
        return false;
    }
  }

  private begin(char: string): void {
    const start = this.at;
    if (char === "\n") {
      this.put("\n", 1);
      return;
    }
    if (char === ">") {
      if (!this.lineStart) throw this.reserved(char);
      this.at++;
      if (this.inQuote) return;
      this.inQuote = true;
      this.push("quote", start);
      return;
    }
    if (this.looking("```")) this.beginPre(start);
    else if (this.looking("__")) this.skip(2, "underline", start);
    else if (this.looking("||")) this.skip(2, "spoiler", start);
    else if (this.looking("![")) this.skip(2, "mark", start);
    else {
      const kinds: Partial<Record<string, Kind>> = {
        _: "italic",
        "*": "bold",
        "~": "strikethrough",
        "`": "code",
        "[": "link",
      };
      const kind = kinds[char];
      if (!kind) throw this.reserved(char);
      this.skip(1, kind, start);
    }
  }

  private skip(width: number, kind: Kind, start: number): void {
    this.at += width;
    this.push(kind, start);
  }

  private push(kind: Kind, start: number, language?: string): void {
    const open: Open = { kind, offset: this.text.length, at: start };
    this.open.push(language ? { ...open, language } : open);
  }

  private beginPre(start: number): void {
    this.at += 3;
    const language = /^([^\s`]+)(?=\s)/.exec(this.source.slice(this.at))?.[1];
    if (language) this.at += language.length;
    const newline = /^(?:\r\n|\n\r|\n|\r)/.exec(this.source.slice(this.at))?.[0] ?? "";
    this.at += newline.length;
    this.push("pre", start, language);
  }

  private close(char: string): void {
    let last = this.open.at(-1)!;
    if (char === "\n" && last.kind !== "quote") {
      // "||" right before the end of a quote marks the quote as a folded one.
      if (last.kind !== "spoiler" || last.at !== this.at - 2) throw this.unclosed(last);
      this.open.pop();
      last = this.open.at(-1)!;
      if (last.kind !== "quote") throw this.unclosed(last);
      this.endQuote("expandable_blockquote");
      return;
    }
    if (last.kind === "quote") {
      this.endQuote("blockquote");
      return;
    }
    const length = this.text.length - last.offset;
    this.open.pop();
    const base = { offset: last.offset, length };
    const width = last.kind === "pre" ? 3 : last.kind === "underline" || last.kind === "spoiler" ? 2 : 1;
    this.at += width;
    if (last.kind === "link") this.endLink(base);
    else if (last.kind === "mark") this.endMark(base);
    else if (length > 0) {
      this.entities.push(
        last.language ? { type: "pre", ...base, language: last.language } : { type: last.kind, ...base },
      );
    }
  }

  private endQuote(type: string): void {
    const quote = this.open.pop()!;
    this.inQuote = false;
    this.put("\n", 1);
    const length = this.text.length - quote.offset;
    if (length > 0) this.entities.push({ type, offset: quote.offset, length });
  }

  private closeQuoteAtEnd(): void {
    if (!this.inQuote) return;
    let type = "blockquote";
    const last = this.open.at(-1)!;
    if (last.kind === "spoiler" && last.at === this.source.length - 2) {
      this.open.pop();
      type = "expandable_blockquote";
    }
    const quote = this.open.at(-1);
    if (quote?.kind !== "quote") return;
    this.open.pop();
    const length = this.text.length - quote.offset;
    if (length > 0) this.entities.push({ type, offset: quote.offset, length });
  }

  private endLink(base: { offset: number; length: number }): void {
    const target = this.source[this.at] === "(" ? this.readTarget() : this.text.slice(base.offset);
    const link = readLink(target);
    if (base.length === 0) return;
    if (link.kind === "user") this.entities.push({ type: "text_mention", ...base, user: { id: link.id } });
    else if (link.kind === "url") this.entities.push({ type: "text_link", ...base, url: link.url });
  }

  private endMark(base: { offset: number; length: number }): void {
    if (this.source[this.at] !== "(") throw refuse("The entity must contain a tg://emoji or tg://time URL");
    const link = readMarkLink(this.readTarget());
    if (link.kind === "emoji") this.entities.push({ type: "custom_emoji", ...base, custom_emoji_id: link.id });
    else if (link.kind === "time") {
      this.entities.push({ type: "date_time", ...base, unix_time: link.unix, date_time_format: link.format });
    } else throw refuse("Invalid tg://emoji or tg://time URL specified");
  }

  private readTarget(): string {
    const begin = ++this.at;
    let target = "";
    while (this.at < this.source.length && this.source[this.at] !== ")") {
      if (this.source[this.at] === "\\" && this.at + 1 < this.source.length) this.at++;
      target += this.source[this.at++];
    }
    if (this.at >= this.source.length) throw refuse(`Can't find end of a URL at byte offset ${this.byteOffset(begin)}`);
    this.at++;
    return target;
  }

  private reserved(char: string): Error {
    return refuse(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
  }

  private unclosed(open: Open): Error {
    const word = open.kind === "pre" && open.language ? "PreCode" : WORDS[open.kind];
    return refuse(`Can't find end of ${word} entity at byte offset ${this.byteOffset(open.at)}`);
  }

  private byteOffset(at: number): number {
    return Buffer.byteLength(this.source.slice(0, at));
  }
}
