import { fmt } from "@grammyjs/parse-mode";
import type { Chat, ChatType } from "../../core/media.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { day, name, path, plainName, type Voice } from "../voice.ts";
import { pager } from "./pager.ts";

export const CHATS_PER_PAGE = 8;

/** Which chats are listed: "g" groups, "c" channels, "p" people, "a" all; short, since it travels in buttons. */
export type ChatKind = "a" | "g" | "c" | "p";
export const TYPES_OF_KIND: Record<ChatKind, ChatType[] | undefined> = {
  a: undefined,
  g: ["group", "supergroup"],
  c: ["channel"],
  p: ["user"],
};
export const isKind = (text: string | undefined): text is ChatKind =>
  text !== undefined && Object.hasOwn(TYPES_OF_KIND, text);

export interface ChatList {
  chats: Chat[];
  total: number;
  page: number;
  pages: number;
  kind: ChatKind;
  /** Part of the title that was asked for, and the draft that keeps it. */
  search: { text: string; draftId: string } | null;
}

export const titleOf = ({ t }: Voice, chat: Pick<Chat, "title" | "isSelf">): string =>
  chat.isSelf ? t.chats.self : chat.title.trim() || t.chats.unknownTitle.text;

export function chatsView(voice: Voice, list: ChatList): View {
  const { chats } = voice.t;
  const { kind, search } = list;
  const key = search?.draftId ?? "";
  const to = (change: { kind?: ChatKind; page?: number }) => ["chats", change.kind ?? kind, change.page ?? 1, key];
  if (list.total === 0) {
    return {
      text: search ? chats.noneMatching(plainName(search.text, 40)) : lines(chats.none),
      buttons: rows([
        (search || kind !== "a") && button(chats.clear, ["chats", "a", 1, ""]),
        button(chats.find, ["chats-find"]),
        button(chats.refresh, ["chats-read"]),
      ]),
    };
  }
  const first = (list.page - 1) * CHATS_PER_PAGE;
  const heading = search
    ? chats.filtered(list.total, chats.matching(plainName(search.text, 40)))
    : chats.heading(list.total);
  const kinds: [ChatKind, string][] = [
    ["g", chats.groups],
    ["c", chats.channels],
    ["p", chats.people],
  ];
  const chips = kinds.map(([one, label]) =>
    one === kind ? button(chats.all, to({ kind: "a" })) : button(label, to({ kind: one })),
  );
  return {
    text: lines(
      heading,
      ...list.chats.map((chat, index) =>
        chats.row(first + index + 1, plainName(titleOf(voice, chat), 40), chatFacts(voice, chat)),
      ),
    ),
    buttons: [
      ...inRows(
        list.chats.map((chat, index) => button(String(first + index + 1), ["chat", chat.chatId])),
        4,
      ),
      ...pager(voice, list, (page) => to({ page })),
      ...rows(chips, [
        button(chats.find, ["chats-find"]),
        search ? button(chats.clear, ["chats", kind, 1, ""]) : button(chats.refresh, ["chats-read"]),
      ]),
    ],
  };
}

/** "group · 12 new · archived" */
function chatFacts({ t }: Voice, chat: Chat): string {
  const { chats, common } = t;
  return [
    chat.isSelf ? chats.own : chat.isBot ? chats.bot : common.chatTypes[chat.type],
    chat.unread > 0 && chats.fresh(chat.unread),
    chat.isForum && chats.forum,
    chat.restricted && chats.restricted,
    chat.archived && chats.archived,
  ]
    .filter((fact) => typeof fact === "string")
    .join(" · ");
}

export function chatCardView(voice: Voice, chat: Chat, saved: number): View {
  const { chats } = voice.t;
  const facts = lines(
    chats.card(name(titleOf(voice, chat)), chatFacts(voice, chat)),
    fmt`${chat.username ? `@${chat.username} · ` : ""}${chats.id(path(String(chat.chatId)))}`,
    chat.lastMessageAt && chats.lastMessage(day(voice, chat.lastMessageAt)),
    chat.lastScanAt && chats.scanned(day(voice, chat.lastScanAt)),
    saved > 0 && chats.onDisk(saved),
  );
  return {
    text: facts,
    buttons: rows(
      [button(chats.download, ["dl-chat", chat.chatId], "primary"), button(chats.stats, ["stats", chat.chatId])],
      [button(chats.archive, ["ar-chat", chat.chatId]), button(chats.search, ["sr-in", chat.chatId])],
      [button(chats.delete, ["del-of", chat.chatId])],
      [button(chats.backToList, ["chats", "a", 1, ""])],
    ),
  };
}

/** What tells a chat from others of its title: a group that became a supergroup leaves its older messages behind. */
function factsAmong(voice: Voice, chat: Chat, others: readonly Chat[]): string {
  const { chats } = voice.t;
  const twins = others.filter((one) => one !== chat && one.title === chat.title);
  const isOlderPart = chat.type === "group" && twins.some(({ type }) => type === "supergroup");
  return [
    chatFacts(voice, chat),
    isOlderPart && chats.olderPart,
    twins.length > 0 && chat.lastMessageAt && chats.lastMessage(day(voice, chat.lastMessageAt)),
  ]
    .filter((fact) => typeof fact === "string")
    .join(" · ");
}

/** Several chats fit what was typed. */
export function chooseChatView(
  voice: Voice,
  typed: string,
  found: readonly Chat[],
  data: (chat: Chat) => (string | number)[],
): View {
  const { chats, common } = voice.t;
  return {
    text: lines(
      chats.several(plainName(typed, 40)),
      ...found.map((chat, index) =>
        chats.row(index + 1, plainName(titleOf(voice, chat), 40), factsAmong(voice, chat, found)),
      ),
    ),
    buttons: [
      ...inRows(
        found.map((chat, index) => button(String(index + 1), data(chat))),
        4,
      ),
      ...rows([button(common.close, ["close"])]),
    ],
  };
}
