import { FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted, files } from "./common.ts";

type Text = FormattedString | string;
const results = counted("result", "results");
const chat = counted("chat", "chats");

export const search = {
  ask: fmt`🔎 What shall I look for?\nFor example: ${FormattedString.code("invoice ext:pdf 2024")} or ${FormattedString.code('"red car" -blue')}`,
  askIn: (title: Text) => fmt`🔎 What shall I look for in ${title}?`,
  offer: (words: Text) => fmt`Search your chats for “${words}”?`,
  go: "🔎 Search",
  heading: (total: number, more: boolean, words: Text | null, facts: Text | null) =>
    fmt`🔎 ${more ? `${formatCount(total, "en")}+ results` : results(total)}${words === null ? "" : fmt` for ${words}`}${facts === null ? "" : fmt` · ${facts}`}`,
  words: (words: readonly Text[]) =>
    FormattedString.join(
      words.map((word) => fmt`“${word}”`),
      " ",
    ),
  without: (words: Text) => fmt`without ${words}`,
  row: (number: number, facts: Text) => fmt`${number}. ${facts}`,
  inChat: (title: Text) => fmt`in ${title}`,
  newestFirst: "Newest first; add words or filters to narrow it down.",
  indexing: "Older messages are still being taken into the index; there may be more soon.",
  all: (count: number) => `📥 All ${formatCount(count, "en")}`,
  empty: (chats: number, where: Text | null, when: Text) => fmt`No results. Searched ${where ?? chat(chats)}, ${when}.`,
  allTime: "all time",
  notScanned: (count: number) =>
    fmt`${chat(count)} more I have not looked through yet: ${FormattedString.code("/scan all")}`,
  nothingKnown: fmt`I have not looked through any chat yet, so there is nothing to search. ${FormattedString.code("/scan all")} does it.`,
  drop: (what: string) => `Without ${what}`,
  parts: {
    ext: "ext",
    type: "type",
    when: "dates",
    size: "size",
    from: "sender",
    chat: "the chat",
    not: "-words",
    name: "name",
  },
  looser: "Other spelling?",
  noWords: "I look for words and numbers; there are none in that.",
  gone: "These results are too old. Search again, please.",
  goneMessage: "I don't know this message any more. Search again, please.",
  open: "↗ Open in Telegram",
  noLink: "Telegram has no links into this chat; “Send me this” brings the message here.",
  sendThis: "📨 Send me this",
  download: "📥 Download",
  backToResults: "‹ Results",
  from: (sender: Text) => fmt`from ${sender}`,
  saved: (host: Text) => fmt`✅ Saved on ${host}`,
  deleted: "🗑 Deleted in Telegram",
  sending: "📨 Sending…",
  sendingTitle: "Sending it",
  caption: (title: Text, day: string) => fmt`${title} · ${day}`,
  restricted:
    "The owners of this chat do not allow forwarding or saving. /settings has a switch for chats where you may.",
  away: "My database isn't answering, so I can't search now.",
  nothingToSave: "None of these results carries a file.",
  tooManyChats: (found: number, allowed: number) =>
    `The files are in ${chat(found)}; I start at most ${allowed} downloads at once. Narrow the search, please.`,
  started: (count: number) => `${files(count)} on the way.`,
  bold,
};
