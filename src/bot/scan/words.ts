/** The words of /scan: several chats or all, filters, and whether to look at everything again. */
import { plainView } from "../../core/phrases.ts";
import { parseQuery, type Query } from "../../core/query.ts";
import type { QueryContext } from "../../core/query-types.ts";

export interface ScanWords {
  /** Each with the filter of all. */
  chats: Query[];
  all: boolean;
  full: boolean;
  filter: Query["filter"];
}

/** One chat that cannot be anything else, and what stands between it and the next word. */
const CHAT = /^(?:chat:)?(@\w+|#\d{1,4}|me|saved|-\d{5,16}|https?:\/\/\S+|t\.me\/\S+|"[^"]+")(?:[\s,;]+|$)/i;
const WORD = /^(all|full)(?:[\s,;]+|$)/i;

export function readScan(text: string, context: QueryContext): ScanWords {
  let rest = text.trim();
  const named: string[] = [];
  let [all, full] = [false, false];
  for (;;) {
    const view = plainView(rest);
    const word = WORD.exec(view);
    const chat = CHAT.exec(view);
    if (word) {
      if (word[1]?.toLowerCase() === "all") all = true;
      else full = true;
    } else if (chat) named.push(rest.slice(0, chat[0].length).replace(/[\s,;]+$/, ""));
    else break;
    rest = rest.slice((word ?? chat)?.[0].length);
  }
  const trailing = /(?:^|\s)full$/i.exec(rest);
  if (trailing) {
    full = true;
    rest = rest.slice(0, trailing.index).trim();
  }
  if (all || named.length > 0) {
    const { filter } = parseQuery(rest, { ...context, leading: "text" });
    return { chats: named.map((name) => ({ ...parseQuery(name, context), filter })), all, full, filter };
  }
  return { ...byTitles(rest, context), all, full };
}

/** "Family, Work video": titles between commas; what follows the last one is the filter of all. */
function byTitles(text: string, context: QueryContext): Pick<ScanWords, "chats" | "filter"> {
  const pieces = /["\u201C-\u201F:]/.test(text) ? [text] : text.split(",").filter((piece) => piece.trim() !== "");
  const queries = pieces.map((piece) => parseQuery(piece, context));
  const filter = queries.at(-1)?.filter ?? {};
  return { chats: queries.filter(({ chat }) => chat !== null).map((query) => ({ ...query, filter })), filter };
}
