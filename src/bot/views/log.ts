/** What was done: the operations of `action_log`, newest first. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { InlineKeyboardButton } from "grammy/types";
import { formatClock } from "../../core/clock.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { ChatId } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import { cutText, oneLine } from "../../core/text.ts";
import { formatBytes, formatDuration } from "../../core/units.ts";
import type { ActionLogEntry } from "../../db/db.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { day, plainName, type Voice } from "../voice.ts";
import { pager } from "./pager.ts";

export const OPERATIONS_PER_PAGE = 6;
const REASON = 120;

export type Kind = ActionLogEntry["type"];
/** One letter each, since they travel in buttons. */
export const KIND_LETTERS: Record<Kind, string> = { scan: "s", download: "d", archive: "a", delete: "x", analyze: "z" };

/** Which operations are shown. */
export interface LogFilter {
  kind: Kind | null;
  chat: { chatId: ChatId; title: string } | null;
  since: Date | null;
  before: Date | null;
}

export interface LogPage {
  entries: readonly ActionLogEntry[];
  /** Of the chats that the entries name. */
  titles: ReadonlyMap<ChatId, string>;
  total: number;
  page: number;
  pages: number;
  filter: LogFilter;
  /** When today began in the owner's zone, and six days before. */
  today: Date;
  week: Date;
}

/** The arguments of a button: page, kind, chat, since and before (minutes, base 36). */
export function logData({ kind, chat, since, before }: LogFilter, page = 1): (string | number)[] {
  const minutes = (at: Date | null) => (at ? Math.floor(at.getTime() / 60_000).toString(36) : "");
  return ["log", page, kind ? KIND_LETTERS[kind] : "", chat?.chatId ?? "", minutes(since), minutes(before)];
}

export function logView(voice: Voice, list: LogPage): View {
  const { t } = voice;
  const { filter, total } = list;
  const words = describe(voice, filter);
  const first = (list.page - 1) * OPERATIONS_PER_PAGE;
  const nothing = words ? t.log.noneMatching(words) : t.log.none;
  return {
    text:
      total === 0
        ? lines(nothing)
        : lines(
            t.log.heading(total, words, voice.timeZone),
            ...list.entries.map((entry, index) => rowOf(voice, entry, first + index + 1, list.titles)),
          ),
    buttons: [
      ...pager(voice, list, (page) => logData(filter, page)),
      ...inRows(kindChips(voice, filter), 3),
      ...rows(dayChips(voice, list)),
      ...rows([
        filter.chat && button(t.log.anyChat, logData({ ...filter, chat: null })),
        button(t.common.refresh, logData(filter, list.page)),
      ]),
    ],
  };
}

function kindChips({ t }: Voice, filter: LogFilter): InlineKeyboardButton[] {
  return (Object.keys(KIND_LETTERS) as Kind[]).map((kind) =>
    filter.kind === kind
      ? button(t.log.all, logData({ ...filter, kind: null }))
      : button(t.log.chips[kind], logData({ ...filter, kind })),
  );
}

function dayChips({ t }: Voice, { filter, today, week }: LogPage): InlineKeyboardButton[] {
  const from = (label: string, since: Date | null) => button(label, logData({ ...filter, since, before: null }));
  return filter.since || filter.before
    ? [from(t.log.anyDay, null)]
    : [from(t.log.today, today), from(t.log.week, week)];
}

function describe(voice: Voice, { kind, chat, since, before }: LogFilter): string | null {
  const { log } = voice.t;
  const parts = [
    chat && plainName(chat.title, 40),
    kind && log.kinds[kind],
    // The end is not part of the span: the day before it is its last.
    days(voice, since, before && new Date(before.getTime() - 1)),
  ].filter((part) => typeof part === "string");
  return parts.length > 0 ? parts.join(" · ") : null;
}

function days(voice: Voice, first: Date | null, last: Date | null): string | null {
  const { log } = voice.t;
  if (first && last)
    return day(voice, first) === day(voice, last) ? day(voice, first) : `${day(voice, first)} – ${day(voice, last)}`;
  if (first) return log.from(day(voice, first));
  return last ? log.until(day(voice, last)) : null;
}

function rowOf(voice: Voice, entry: ActionLogEntry, number: number, titles: ReadonlyMap<ChatId, string>) {
  const { log } = voice.t;
  const { type, status, chatId, startedAt, endedAt } = entry;
  const title = chatId === null ? null : (titles.get(chatId) ?? log.unknownChat(chatId));
  const state = log.states[status];
  const took = endedAt && status === "completed" ? Math.max(1_000, endedAt.getTime() - startedAt.getTime()) : null;
  const at = formatClock(startedAt, voice.timeZone, voice.now, voice.language);
  const facts = factsOf(voice, entry);
  return lines(
    log.row(
      number,
      at,
      log.kinds[type],
      title === null ? null : plainName(title, 40),
      took === null ? state : log.took(state, formatDuration(took)),
    ),
    facts.length > 0 && log.facts(FormattedString.join(facts, " · ")),
  );
}

function factsOf(voice: Voice, { type, status, parameters, result, error, hostname }: ActionLogEntry) {
  const { log } = voice.t;
  const count = (name: string): number => {
    const value = isRecord(result) ? result[name] : null;
    return typeof value === "number" && value > 0 ? value : 0;
  };
  const bytes = count("bytes");
  const deleted = count("deleted");
  return [
    (type === "download" || type === "scan") && isRecord(parameters) && Object.keys(parameters).length > 0
      ? cutText(describeMediaFilter(parameters as MediaFilter, voice), REASON)
      : null,
    count("saved") > 0 && log.saved(count("saved"), bytes > 0 ? formatBytes(bytes, voice.language) : null),
    count("messages") > 0 && log.messages(count("messages")),
    type === "scan" && status === "completed" && log.messages(count("seen")),
    deleted > 0 && log.deleted(deleted),
    count("had") > 0 && log.had(count("had")),
    count("failed") > 0 && log.failed(count("failed")),
    error && oneLine(error, REASON),
    hostname && log.machine(plainName(hostname, 40)),
  ].filter((fact): fact is string | FormattedString => Boolean(fact));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
