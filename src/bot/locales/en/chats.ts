import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const chat = counted("chat", "chats");

export const chats = {
  heading: (total: number) => `💬 ${chat(total)} · sorted by recent`,
  filtered: (total: number, filter: Text) => fmt`💬 ${chat(total)} · ${filter}`,
  matching: (text: Text) => fmt`matching “${text}”`,
  fresh: (count: number) => `${formatCount(count, "en")} new`,
  archived: "archived",
  restricted: "🔒 restricted",
  forum: "topics",
  bot: "bot",
  olderPart: "from before it was a supergroup",
  row: (number: number, title: Text, facts: string) => fmt`${number}. ${title} · ${facts}`,
  groups: "👥 Groups",
  channels: "📢 Channels",
  people: "👤 People",
  all: "💬 All chats",
  find: "🔎 Find",
  refresh: "↻ Refresh",
  none: "No chats here.",
  noneMatching: (text: Text) => fmt`No chats match “${text}”.`,
  clear: "Clear filter",
  askFind: "🔎 Part of the title or @name?",
  findPlaceholder: "part of the title",
  refreshed: (total: number) => `${chat(total)} known.`,
  reading: "Reading your chats",
  card: (title: Text, facts: Text) => fmt`${title} · ${facts}`,
  id: (id: Text) => fmt`Id ${id}`,
  lastMessage: (day: string) => `last message ${day}`,
  scanned: (day: string) => `last looked through ${day}`,
  onDisk: (count: number) => `${counted("message", "messages")(count)} saved on disk`,
  self: "Saved Messages",
  download: "📥 Download",
  archive: "🗄 Archive",
  search: "🔎 Search",
  stats: "📊 Stats",
  delete: "🗑 Delete",
  everything: "📥 Everything",
  backToList: "‹ Chats",
  gone: "I don't know this chat any more. /chats shows the ones I do.",
  several: (text: Text) => fmt`🔎 Several chats match “${text}”. Which one?`,
  unknown: (text: Text) => fmt`I can't find a chat for “${text}”. Send its @name or a link, or pick one: /chats`,
  unknownTitle: bold("Unknown chat"),
};
