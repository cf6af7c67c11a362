import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const messages = counted("message", "messages");
const chats = counted("chat", "chats");
/** One chat is counted in messages, several in chats. */
const unit = (alone: boolean) => (alone ? messages : chats);

export const scan = {
  /** What the card of this kind of job says in its own way. */
  card: (alone: boolean) => ({
    title: (number: number, chat: Text) => fmt`🗂 Job ${number} · Scan · ${chat}`,
    counting: () => "0 % – reading messages…",
    saving: () => "Reading messages",
    percent: (percent: number, done: number, total: number, bar: string) =>
      `${percent} % – ${n(done)} of ${unit(alone)(total)}${bar ? ` ${bar}` : ""}`,
    goesOn: (done: number, total: number) => `▶️ Going on – ${n(done)} of ${unit(alone)(total)}`,
    paused: (done: number, total: number) =>
      total > 0 ? `⏸ Paused – ${n(done)} of ${unit(alone)(total)}` : "⏸ Paused",
    milestone: (number: number, chat: Text, percent: number, done: number, total: number) =>
      total > 0
        ? fmt`🗂 Job ${number} · ${chat} · ${percent} % – ${n(done)} of ${unit(alone)(total)}`
        : fmt`🗂 Job ${number} · ${chat} · ${percent} %`,
    cardDone: (done: number) => (done > 0 ? `✅ 100 % – ${unit(alone)(done)}` : "✅ 100 % – nothing new"),
    cardStopped: (done: number, total: number) => `❌ Stopped – ${n(done)} of ${unit(alone)(total)}`,
    cardCancelled: (done: number, total: number) => `✖ Cancelled – ${n(done)} of ${unit(alone)(total)}`,
    row: (number: number | string, chat: Text, state: string) => fmt`${number} 🗂 Scan · ${chat} · ${state}`,
    kept: "What was read is kept; the next scan goes on from there.",
    cancelledAt: (number: number, percent: number | null) =>
      `✖ Job ${number} cancelled${percent === null ? "" : ` at ${percent} %`}. What was read is kept.`,
  }),
  seen: (count: number) => `👁 ${messages(count)} looked at`,
  fresh: (count: number) => `🆕 ${n(count)} new`,
  edited: (count: number) => `✏️ ${n(count)} edited`,
  gone: (count: number) => `🗑 ${n(count)} gone from Telegram`,
  looked: (count: number, took: string) => `${messages(count)} looked at in ${took}`,
  upToDate: "Nothing new: the index is up to date.",
  unread: (count: number) => `🔒 ${chats(count)} could not be read.`,

  /** The question before. */
  ask: (chosen: number) =>
    fmt`🗂 ${bold("Scan")} · which chats?\nI read their messages into the index, and download nothing.${
      chosen > 0 ? `\n${chats(chosen)} chosen.` : ""
    }`,
  noChatsYet: "I have not read your chat list yet. Choose all chats, or send /scan with an @name or a link.",
  all: "🗂 All chats",
  allTitle: "All chats",
  severalTitle: chats,
  full: (on: boolean) => (on ? "☑ Edits and deletions" : "☐ Edits and deletions"),
  start: (chosen: number) => (chosen > 0 ? `▶️ Scan ${n(chosen)}` : "▶️ Scan"),
  chooseFirst: "Tap a chat first.",
  twin: (number: number) => `Job ${number} is already scanning just that.`,
  stats: "📊 Stats",
};
