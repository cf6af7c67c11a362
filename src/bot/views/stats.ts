/** /stats in words: the numbers come first, a picture follows. */
import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import { grouped, type Statistics, sum, totalOf } from "../../core/statistics.ts";
import { formatBytes, formatCount } from "../../core/units.ts";
import type { OpenStats, StatsView } from "../stats/draft.ts";
import {
  chatLines,
  extensionLines,
  growthLines,
  kindLines,
  type Line,
  senderLines,
  timeLines,
  weekOf,
} from "../stats/tables.ts";
import { button, lines, rows, type View } from "../view.ts";
import { name, plainName, type Voice } from "../voice.ts";

const LISTED = 10;

export function statsView(voice: Voice, draft: OpenStats, statistics: Partial<Statistics>, dark: boolean): View {
  const { stats } = voice.t;
  const { view, filter } = draft.data;
  const total = totalOf(statistics.kinds ?? []);
  if (total.messages === 0 && Object.keys(filter).length > 0) {
    return {
      text: fmt`${stats.nothing(describeMediaFilter(filter, voice))}`,
      buttons: rows([
        button(stats.allTimeButton, ["st", draft.id, "range", "all"]),
        button(voice.t.common.close, ["close"]),
      ]),
    };
  }
  return {
    text: lines(
      stats.heading(scopeName(voice, draft), rangeOf(voice, draft)),
      stats.total(total.messages, total.files, formatBytes(total.bytes, voice.language)),
      ...(view === "all" ? [] : [stats.viewNames[view]]),
      ...BODIES[view](voice, statistics),
    ),
    buttons: statsButtons(voice, draft, dark),
  };
}

/** In a heading; the plain form is for pictures. */
export const scopeName = (voice: Voice, { data }: OpenStats): FormattedString | string =>
  data.chatId === null ? voice.t.stats.allChats : name(data.title ?? "");

export const rangeOf = (voice: Voice, { data: { filter } }: OpenStats): string =>
  Object.keys(filter).length === 0 ? voice.t.stats.allTime : describeMediaFilter(filter, voice);

type Body = (voice: Voice, statistics: Partial<Statistics>) => (FormattedString | string | null | false)[];

const BODIES: Record<StatsView, Body> = {
  all(voice, statistics) {
    const { stats } = voice.t;
    const there = (statistics.kinds ?? []).filter(({ disk, files }) => disk !== "gone" && files > 0);
    const top = grouped(there, ({ kind }) => kind).slice(0, 3);
    const on = (state: string) => sum(there.filter(({ disk }) => disk === state)).files;
    const gone = sum((statistics.kinds ?? []).filter(({ disk }) => disk === "gone")).messages;
    return [
      top.length > 0 &&
        stats.top(
          top.map((one) => stats.topKind(stats.kinds[one.name as keyof typeof stats.kinds], one.messages)).join(" · "),
        ),
      busiest(voice, statistics),
      there.length > 0 && stats.disk(on("saved"), on("missing"), on("failed")),
      gone > 0 && stats.gone(gone),
    ];
  },
  people: (voice, statistics) => listed(voice, senderLines(voice, statistics), statistics, statistics.senders?.count),
  kinds: (voice, statistics) => listed(voice, kindLines(voice, statistics), statistics),
  ext: (voice, statistics) => listed(voice, extensionLines(voice, statistics), statistics),
  chats: (voice, statistics) => listed(voice, chatLines(voice, statistics), statistics),
  months(voice, statistics) {
    const { stats } = voice.t;
    const all = timeLines(statistics);
    return [
      ...perDay(voice, statistics),
      ...all
        .slice(-LISTED)
        .reverse()
        .map(({ label, messages, files, bytes }) =>
          stats.monthLine(label, messages, files, formatBytes(bytes, voice.language)),
        ),
      all.length > LISTED && stats.more(all.length - LISTED),
    ];
  },
  growth(voice, statistics) {
    const { stats } = voice.t;
    const all = growthLines(statistics);
    return [
      ...perDay(voice, statistics),
      ...all
        .slice(-LISTED)
        .reverse()
        .map(({ label, messages, bytes }) => stats.growthLine(label, messages, formatBytes(bytes, voice.language))),
      all.length > LISTED && stats.more(all.length - LISTED),
    ];
  },
  hours(voice, statistics) {
    const { stats } = voice.t;
    const week = weekOf(statistics);
    const all = week.flat().reduce((total, one) => total + one, 0);
    return [
      busiest(voice, { hours: statistics.hours ?? [] }),
      ...week.map((row, day) => {
        const count = row.reduce((total, one) => total + one, 0);
        const best = row.indexOf(Math.max(...row));
        return stats.weekdayLine(
          stats.weekdayNames[day] ?? "",
          count,
          share(count, all),
          `${String(best).padStart(2, "0")}:00`,
        );
      }),
    ];
  },
  sizes(voice, { sizes }) {
    const { stats } = voice.t;
    if (!sizes || sizes.files === 0) return [stats.noFiles];
    const size = (bytes: number) => formatBytes(bytes, voice.language);
    const at = (wanted: number) => size(sizes.quantiles.find(({ share: one }) => one === wanted)?.bytes ?? 0);
    return [
      stats.sizesKnown(sizes.files, size(sizes.average)),
      stats.quantiles(at(0.5), at(0.9), at(0.99)),
      stats.range(at(0), at(0.25), at(0.75), at(1)),
      stats.largest,
      ...sizes.largest
        .slice(0, 8)
        .map((file, index) =>
          stats.file(index + 1, plainName(file.name?.trim() || stats.oneOfKind[file.kind], 40), size(file.bytes)),
        ),
    ];
  },
};

function listed(voice: Voice, all: readonly Line[], statistics: Partial<Statistics>, count = all.length) {
  const { stats } = voice.t;
  const total = totalOf(statistics.kinds ?? []).messages;
  return [
    ...all
      .slice(0, LISTED)
      .map(({ label, messages, bytes }, index) =>
        stats.line(
          index + 1,
          plainName(label, 40),
          messages,
          share(messages, total),
          bytes > 0 ? formatBytes(bytes, voice.language) : null,
        ),
      ),
    count > LISTED && stats.more(count - LISTED),
  ];
}

/** "Busiest: Anna 38 % · Sundays 20:00" */
function busiest(voice: Voice, { senders, hours, kinds }: Partial<Statistics>): FormattedString | string | null {
  const { stats } = voice.t;
  const [first] = senders ? senderLines(voice, { senders }) : [];
  const best = [...(hours ?? [])].sort(
    (a, b) => b.messages - a.messages || a.weekday * 24 + a.hour - (b.weekday * 24 + b.hour),
  )[0];
  const when = best ? stats.at(stats.weekdayNames[best.weekday] ?? "", best.hour) : null;
  const total = totalOf(kinds ?? []).messages;
  const who = first && total > 0 ? plainName(first.label, 40) : null;
  return stats.busiest(who, first && total > 0 ? Math.round((first.messages / total) * 100) : 0, when) || null;
}

function perDay(voice: Voice, { days = [] }: Partial<Statistics>): string[] {
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  if (first === undefined || last === undefined) return [];
  const average = sum(days).messages / (last - first + 1);
  return [voice.t.stats.perDay(average >= 10 ? formatCount(Math.round(average), voice.language) : average.toFixed(1))];
}

const share = (part: number, whole: number): string =>
  whole === 0 ? "0 %" : `${((part / whole) * 100).toFixed(part / whole < 0.1 ? 1 : 0)} %`;

function statsButtons({ t }: Voice, draft: OpenStats, dark: boolean) {
  const { stats } = t;
  const { view, chatId, filter } = draft.data;
  const to = (action: string, word: string) => ["st", draft.id, action, word];
  const turn = (one: StatsView) => one !== view && button(stats.buttons[one], to("view", one));
  const dated = filter.after !== undefined || filter.before !== undefined;
  return rows(
    [
      button(stats.days30, to("range", "30d")),
      button(stats.thisYear, to("range", "year")),
      turn("people"),
      view === "people" && turn("all"),
    ],
    [button(stats.csv, to("csv", view)), dated && button(stats.allTimeButton, to("range", "all"))],
    [turn("kinds"), turn("ext"), turn("sizes")],
    [turn("months"), turn("hours"), turn("growth")],
    [
      chatId === null && turn("chats"),
      view !== "people" && turn("all"),
      button(dark ? stats.light : stats.dark, to("theme", dark ? "light" : "dark")),
    ],
  );
}

export interface NotIndexed {
  /** Null for all chats. */
  chatId: number | null;
  title: string | null;
  /** How long reading it takes; null where that is not known. */
  minutes: number | null;
}

export function notIndexedView(voice: Voice, { chatId, title, minutes }: NotIndexed): View {
  const { stats, common } = voice.t;
  return {
    text: chatId === null ? fmt`${stats.nothingIndexed}` : fmt`${stats.notIndexed(name(title ?? ""))}`,
    buttons: rows([
      button(stats.countNow(minutes), ["scan-chat", chatId ?? "all"], "primary"),
      button(common.close, ["close"]),
    ]),
  };
}
