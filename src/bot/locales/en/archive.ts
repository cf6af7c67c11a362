import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const messages = counted("message", "messages");
const files = counted("file", "files");

export const archive = {
  /** What the card of this kind of job says in its own way. */
  card: {
    title: (number: number, chat: Text) => fmt`🗄 Job ${number} · Archive · ${chat}`,
    counting: () => "0 % – reading the chat…",
    saving: () => "Reading the chat and its files",
    percent: (percent: number, done: number, total: number, bar: string) =>
      `${percent} % – ${n(done)} of ${messages(total)}${bar ? ` ${bar}` : ""}`,
    goesOn: (done: number, total: number) => `▶️ Going on – ${n(done)} of ${messages(total)}`,
    paused: (done: number, total: number) => (total > 0 ? `⏸ Paused – ${n(done)} of ${messages(total)}` : "⏸ Paused"),
    milestone: (number: number, chat: Text, percent: number, done: number, total: number) =>
      total > 0
        ? fmt`🗄 Job ${number} · ${chat} · ${percent} % – ${n(done)} of ${messages(total)}`
        : fmt`🗄 Job ${number} · ${chat} · ${percent} %`,
    cardDone: (done: number) => `✅ 100 % – ${messages(done)}`,
    cardStopped: (done: number, total: number) => `❌ Stopped – ${n(done)} of ${messages(total)}`,
    cardCancelled: (done: number, total: number) => `✖ Cancelled – ${n(done)} of ${messages(total)}`,
    row: (number: number | string, chat: Text, state: string) => fmt`${number} 🗄 Archive · ${chat} · ${state}`,
    kept: "What was fetched is kept, and an earlier archive stays as it was.",
    cancelledAt: (number: number, percent: number | null) =>
      `✖ Job ${number} cancelled${percent === null ? "" : ` at ${percent} %`}. An earlier archive stays as it was.`,
  },
  /** The card of an upload to Saved Messages. */
  upload: {
    title: (number: number, file: Text) => fmt`☁️ Job ${number} · Upload · ${file}`,
    counting: () => "0 % – uploading…",
    saving: () => "Uploading",
    percent: (percent: number) => `${percent} %`,
    goesOn: () => "▶️ Going on",
    paused: () => "⏸ Paused",
    milestone: (number: number, file: Text, percent: number) => fmt`☁️ Job ${number} · ${file} · ${percent} %`,
    cardDone: () => "✅ 100 %",
    cardStopped: () => "❌ Stopped",
    cardCancelled: () => "✖ Cancelled",
    row: (number: number | string, file: Text, state: string) => fmt`${number} ☁️ Upload · ${file} · ${state}`,
    kept: "The archive is still on the disk.",
    cancelledAt: (number: number) => `✖ Job ${number} cancelled. The archive is still on the disk.`,
  },

  /** The question before. */
  ask: (chat: Text, filter: string | null) => fmt`🗄 ${chat} · ${filter ?? "all messages"} · JSON, CSV or HTML?`,
  askChat: "🗄 Which chat shall I archive?",
  allChats: "All chats",
  all: "🗂 All chats",
  json: "JSON",
  csv: "CSV",
  html: "HTML",
  addMedia: (on: boolean) => (on ? "☑ Add media" : "☐ Add media"),
  zip: (on: boolean) => (on ? "☑ Zip" : "☐ Zip"),
  twin: (number: number) => `Job ${number} is already archiving just that.`,
  restricted: (chat: Text) =>
    fmt`🔒 ${chat} is restricted: its owners don't allow saving or forwarding, so I leave it alone. You can change this in settings.`,

  /** The end. */
  done: (count: number, file: Text, size: string) => fmt`✅ ${messages(count)}. ${file} (${size})`,
  empty: (chat: Text) => fmt`✅ ${chat}: nothing matched, so the archive is empty.`,
  chats: (count: number) => `${counted("chat", "chats")(count)}`,
  tooBig: (size: string, path: Text) => fmt`Too big to send here (${size}; bots may send 50 MB). Saved at ${path}.`,
  elsewhere: (host: Text, path: Text) => fmt`Saved on ${host} at ${path}.`,
  savedAt: (path: Text) => fmt`📁 ${path}`,
  missing: (count: number) => `⚠️ ${files(count)} could not be had; the archive says which.`,
  leftOut: (count: number) => `🔒 ${counted("restricted chat", "restricted chats")(count)} left out.`,
  split: (parts: number) => `Split into ${n(parts)} parts`,
  toSaved: "☁️ To Saved Messages",
  pack: "🗜 Zip it",
  verify: "🔏 Verify",
  uploaded: (file: Text, size: string) => fmt`✅ ${file} (${size}) is in your Saved Messages.`,

  /** Parts. */
  part: (number: number, parts: number, file: Text) => fmt`Part ${number} of ${parts} · ${file}`,
  howToJoin: (file: string, parts: number) =>
    `Put them together: cat ${file}.* > ${file} (Windows: copy /b, all ${parts} in order).`,
  sending: "Sending the parts…",
  partsFailed: (reason: string) => `❌ The parts could not be sent: ${reason}`,

  /** Verifying. */
  verified: (count: number, size: string) => `✅ All ${files(count)} (${size}) are as they were written.`,
  broken: (count: number) => `❌ ${counted("thing is", "things are")(count)} not as written:`,
  gone: "That archive is not there any more.",
  verifying: "Reading every file again…",

  /** Its page in /settings. */
  csvButton: "🧮 CSV archives",
  csvPage: (bom: boolean, formulas: boolean) =>
    fmt`🧮 ${bold("CSV archives")}\nMark for Excel (UTF-8 with BOM): ${bom ? "on" : "off"}\nFormulas made harmless (an apostrophe before = + - @): ${formulas ? "on" : "off"}\nTurn both off for programs that read the table as data.`,
  csvBom: "Mark for Excel",
  csvFormulas: "Harmless formulas",
  allOrOne: "Say either all or one chat: /archive all json, or /archive @news json.",
};
