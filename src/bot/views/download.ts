/** The steps of the guided download; one message, edited from step to step. What they lead to is plan.ts. */
import { fmt } from "@grammyjs/parse-mode";
import type { ReplyKeyboardMarkup } from "grammy/types";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { Chat } from "../../core/media.ts";
import type { FilterType, MediaFilter } from "../../core/media-filter.ts";
import type { DownloadDraft } from "../download/draft.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { name, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";

const CHIPS: FilterType[] = ["photo", "video", "document", "audio", "voice", "round", "gif", "sticker"];
export const RECENT_CHATS = 6;

/** Data of a flow's button: which flow, which action, with what. */
export const to = (id: string, action: string, argument?: string | number) =>
  argument === undefined ? ["dl", id, action] : ["dl", id, action, argument];

export function chatStepView(voice: Voice, id: string, recent: readonly Chat[], last: Chat | null): View {
  const { download, common } = voice.t;
  const label = (chat: Chat) => plainName(titleOf(voice, chat), 20);
  return {
    text: recent.length > 0 ? download.chatStep : download.noChatsYet,
    buttons: [
      ...inRows(
        recent.map((chat) => button(label(chat), to(id, "chat", chat.chatId))),
        2,
      ),
      ...rows(
        [last && button(download.again, to(id, "again"))],
        [button(download.search, to(id, "search")), button(download.saved, to(id, "saved"))],
        [button(download.pick, to(id, "pick")), button(common.cancel, to(id, "cancel"))],
      ),
    ],
  };
}

export const searchStepView = ({ t }: Voice, id: string): View => ({
  text: t.download.askSearch,
  buttons: rows([button(t.common.back, to(id, "step", "chat")), button(t.common.cancel, to(id, "cancel"))]),
});

/** The phone's own picker: one button can ask for one kind of chat only. */
export function pickerKeyboard({ t }: Voice): ReplyKeyboardMarkup {
  const { download } = t;
  return {
    keyboard: [
      [
        { text: download.pickChannel, request_chat: { request_id: 1, chat_is_channel: true } },
        { text: download.pickGroup, request_chat: { request_id: 2, chat_is_channel: false } },
      ],
      [{ text: download.pickPerson, request_users: { request_id: 3, max_quantity: 1 } }, { text: t.common.cancel }],
    ],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

export function whatStepView(voice: Voice, id: string, chat: Chat, { filter }: DownloadDraft): View {
  const { t } = voice;
  const chosen = new Set(filter.types);
  const chips = CHIPS.map((type) => {
    const label = t.common.typeNames[type];
    return button(chosen.has(type) ? t.settings.ticked(label) : label, to(id, "type", type));
  });
  return {
    text: lines(t.download.whatStep(name(titleOf(voice, chat))), soFar(voice, filter)),
    buttons: [...inRows(chips, 2), ...steps(voice, id, "chat", true)],
  };
}

export function whenStepView(voice: Voice, id: string, chat: Chat, data: DownloadDraft): View {
  const { download } = voice.t;
  const choice = (label: string, words: string) => button(label, to(id, "when", words));
  return {
    text: lines(download.whenStep(name(titleOf(voice, chat))), soFar(voice, data.filter)),
    buttons: [
      ...rows(
        [choice(download.today, "today"), choice(download.days(7), "7d"), choice(download.days(30), "30d")],
        [
          choice(download.thisYear, "this year"),
          choice(download.allTime, "all"),
          button(download.custom, to(id, "step", "when-typed")),
        ],
      ),
      ...steps(voice, id, "what", false),
    ],
  };
}

export function sizeStepView(voice: Voice, id: string, chat: Chat, data: DownloadDraft): View {
  const { download } = voice.t;
  const choice = (label: string, words: string) => button(label, to(id, "size", words));
  return {
    text: lines(download.sizeStep(name(titleOf(voice, chat))), soFar(voice, data.filter)),
    buttons: [
      ...rows(
        [choice(download.anySize, "any"), choice("> 1 MB", ">1MB"), choice("> 10 MB", ">10MB")],
        [
          choice("< 10 MB", "<10MB"),
          choice("< 100 MB", "<100MB"),
          button(download.custom, to(id, "step", "size-typed")),
        ],
      ),
      ...steps(voice, id, "when", false),
    ],
  };
}

export function typedStepView({ t }: Voice, id: string, what: "when" | "size", problem: string | null): View {
  const { download, common } = t;
  return {
    text: lines(problem && common.problem(problem), what === "when" ? download.askWhen : download.askSize),
    buttons: rows([button(common.back, to(id, "step", what)), button(common.cancel, to(id, "cancel"))]),
  };
}

function steps({ t }: Voice, id: string, back: string, next: boolean) {
  return rows([
    button(t.common.back, to(id, "step", back)),
    button(t.common.cancel, to(id, "cancel")),
    next && button(t.download.next, to(id, "step", "when"), "primary"),
  ]);
}

const soFar = (voice: Voice, filter: MediaFilter) =>
  Object.keys(filter).length > 0 ? voice.t.download.chosen(describeMediaFilter(filter, voice)) : null;

export const expiredView = ({ t }: Voice, id: string): View => ({
  text: fmt`${t.common.expired}`,
  buttons: rows([button(t.common.startAgain, to(id, "renew"), "primary"), button(t.common.close, ["close"])]),
});
