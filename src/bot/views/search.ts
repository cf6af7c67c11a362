import { FormattedString, fmt } from "@grammyjs/parse-mode";
import type { InlineKeyboardButton } from "grammy/types";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import { hitsIn, type SearchTerms } from "../../core/search-query.ts";
import { jumpLink } from "../../core/telegram-link.ts";
import { cutText, oneLine, wellFormed } from "../../core/text.ts";
import { formatBytes } from "../../core/units.ts";
import { PER_PAGE, type Search, termsOf, withoutWords } from "../search/draft.ts";
import { looser, partsOf } from "../search/loosen.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { day, name, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";
import { pager } from "./pager.ts";

export interface ResultPage {
  messages: StoredMessage[];
  total: number;
  more: boolean;
  page: number;
  pages: number;
  /** Of the messages. */
  chats: ReadonlyMap<number, Chat>;
  /** The one chat that was searched, if it was one. */
  within: Chat | null;
  /** Everything recorded is in the index. */
  indexed: boolean;
}

const SNIPPET = 70;
const WORDS_SHOWN = 4;

export function resultsView(voice: Voice, search: Search, found: ResultPage): View {
  const { t } = voice;
  const { messages, total, more, page, chats, within } = found;
  const terms = termsOf(search);
  const first = (page - 1) * PER_PAGE;
  const facts = [within && t.search.inChat(plainName(titleOf(voice, within), 40)), factsOf(voice, search)].filter(
    (one) => one !== null,
  );
  return {
    text: lines(
      t.search.heading(
        total,
        more,
        wordsOf(voice, search),
        facts.length > 0 ? FormattedString.join(facts, " · ") : null,
      ),
      ...messages.map((message, index) =>
        t.search.row(
          first + index + 1,
          rowOf(voice, message, chats.get(message.chatId) ?? null, terms, within !== null),
        ),
      ),
      more && t.search.newestFirst,
      !found.indexed && t.search.indexing,
    ),
    buttons: [
      ...inRows(
        messages.map((_, index) => button(String(first + index + 1), ["sr-one", search.id, first + index])),
        4,
      ),
      ...pager(voice, found, (to) => ["sr", search.id, to]),
      ...rows([
        button(t.search.all(total), ["sr-all", search.id], "primary"),
        button(t.common.change, ["sr-change", search.id]),
      ]),
    ],
  };
}

/** "“invoice” without “draft”"; null where no words were asked for. */
function wordsOf({ t }: Voice, { filter }: Search): FormattedString | null {
  const show = (texts: readonly string[]) =>
    t.search.words(texts.slice(0, WORDS_SHOWN).map((text) => plainName(text, 40)));
  const wanted = filter.text?.length ? show(filter.text) : null;
  const not = filter.notText?.length ? t.search.without(show(filter.notText)) : null;
  if (wanted && not) return fmt`${wanted} ${not}`;
  return wanted ?? not;
}

function factsOf(voice: Voice, { filter }: Search): string | null {
  const words = describeMediaFilter(withoutWords(filter), voice);
  return words === "Everything" ? null : words;
}

/** "Family · Anna · 3 May 2024 · Invoice_05.pdf (210 KB) – please pay" with the date as the way there. */
function rowOf(
  voice: Voice,
  message: StoredMessage,
  chat: Chat | null,
  terms: SearchTerms,
  isOneChat: boolean,
): FormattedString {
  const title = chat ? titleOf(voice, chat) : (message.senderName ?? "?");
  const sender = message.senderName && message.senderName !== title ? message.senderName : null;
  const link = chat && jumpLink(chat, message.messageId, { topicId: message.topicId });
  const date = day(voice, message.date);
  const parts = [
    !isOneChat && fmt`${plainName(title, 30)}`,
    sender && chat?.type !== "channel" && marked(oneLine(sender, 30), terms),
    link ? FormattedString.link(date, link) : fmt`${date}`,
    contentOf(voice, message, terms),
  ].filter((part) => part instanceof FormattedString);
  return FormattedString.join(parts, " · ");
}

function contentOf({ t, language }: Voice, message: StoredMessage, terms: SearchTerms): FormattedString {
  const { media, text } = message;
  const size = media.size === null ? "" : ` (${formatBytes(media.size, language)})`;
  const kind = t.common.typeCounts[media.type]?.(1).replace(/^1 /, "");
  const file = media.fileName
    ? fmt`${marked(oneLine(media.fileName, 60), terms)}${size}`
    : kind
      ? fmt`${kind}${size}`
      : null;
  const says = text.trim() !== "" && (!media.fileName || hitsIn(text, terms).length > 0);
  const snippet = says ? marked(snippetOf(text, terms), terms) : null;
  if (file && snippet) return fmt`${file} – ${snippet}`;
  return file ?? snippet ?? fmt`${message.service ?? "…"}`;
}

/** The line around the first hit. */
function snippetOf(text: string, terms: SearchTerms): string {
  const [hit] = hitsIn(text, terms);
  const line = (part: string) =>
    wellFormed(part)
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim();
  if (!hit || hit.end < SNIPPET) return oneLine(text, SNIPPET);
  const from = Math.max(0, hit.start - 20);
  const space = text.slice(from, hit.start).search(/\s/);
  const begin = space >= 0 ? from + space + 1 : from;
  return `…${cutText(line(text.slice(begin, begin + SNIPPET * 2)), SNIPPET)}`;
}

/** The words that were looked for stand out. */
function marked(text: string, terms: SearchTerms): FormattedString {
  const pieces: FormattedString[] = [];
  let at = 0;
  for (const { start, end } of hitsIn(text, terms)) {
    pieces.push(fmt`${text.slice(at, start)}`, FormattedString.bold(text.slice(start, end)));
    at = end;
  }
  pieces.push(fmt`${text.slice(at)}`);
  return fmt`\u2068${FormattedString.join(pieces, "")}\u2069`;
}

export interface Searched {
  chats: number;
  unscanned: number;
  within: Chat | null;
}

export function emptyView(voice: Voice, search: Search, { chats, unscanned, within }: Searched): View {
  const { t } = voice;
  if (chats === 0) return { text: t.search.nothingKnown, buttons: rows([button(t.common.close, ["close"])]) };
  const { after, before } = search.filter;
  const when =
    after || before
      ? describeMediaFilter({ ...(after && { after }), ...(before && { before }) }, voice)
      : t.search.allTime;
  const drops = partsOf(search)
    .slice(0, 3)
    .map((part) => button(t.search.drop(t.search.parts[part]), ["sr-drop", search.id, part]));
  return {
    text: lines(
      t.search.empty(chats, within && name(titleOf(voice, within)), when),
      !within && unscanned > 0 && t.search.notScanned(unscanned),
    ),
    buttons: rows(drops, [
      looser(search) ? button(t.search.looser, ["sr-loose", search.id]) : null,
      button(t.common.change, ["sr-change", search.id]),
    ]),
  };
}

const TEXT_SHOWN = 1_500;

/** One result, whole. */
export function resultView(
  voice: Voice,
  search: Search,
  message: StoredMessage,
  chat: Chat | null,
  index: number,
): View {
  const { t, language } = voice;
  const terms = termsOf(search);
  const { media } = message;
  const title = chat ? titleOf(voice, chat) : (message.senderName ?? "?");
  const link = chat && jumpLink(chat, message.messageId, { topicId: message.topicId });
  const size = media.size === null ? "" : ` (${formatBytes(media.size, language)})`;
  const kind = t.common.typeCounts[media.type]?.(1).replace(/^1 /, "");
  const hasFile = media.fileKey !== null;
  const buttons: (InlineKeyboardButton | null)[][] = [
    [link ? { text: t.search.open, url: link } : null, button(t.search.sendThis, ["sr-send", search.id, index])],
    [
      hasFile ? button(t.search.download, ["sr-get", search.id, index]) : null,
      button(t.search.backToResults, ["sr", search.id, Math.floor(index / PER_PAGE) + 1]),
    ],
  ];
  return {
    text: lines(
      fmt`${name(title)} · ${day(voice, message.date)}${message.senderName && message.senderName !== title ? fmt` · ${marked(oneLine(message.senderName, 60), terms)}` : ""}`,
      media.fileName ? fmt`${marked(oneLine(media.fileName, 120), terms)}${size}` : kind ? fmt`${kind}${size}` : null,
      message.text.trim() !== "" && marked(cutText(wellFormed(message.text), TEXT_SHOWN), terms),
      message.localFilePath && message.downloadHostname && t.search.saved(plainName(message.downloadHostname, 40)),
      message.status === "deleted" && t.search.deleted,
      !link && t.search.noLink,
    ),
    buttons: rows(...buttons),
  };
}
