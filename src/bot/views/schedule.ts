/** What schedules look like: the list, one of them, a new one, and the notice before each run. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { formatDay } from "../../core/clock.ts";
import type { Deletion, DeletionSummary, ItemCounts } from "../../core/deletion.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { Chat } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import type { DeleteWish, Schedule, Timing } from "../../core/schedule.ts";
import { nextRuns } from "../../core/schedule.ts";
import { localTime } from "../../core/zone.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { clock, day, name, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";
import { effectLine, notPossible } from "./deletion.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** "Mon 23 Nov 10:00" by the schedule's own zone. */
export function moment(voice: Voice, at: Date, timeZone: string): string {
  const { hour, minute } = localTime(at, timeZone);
  const weekday = new Intl.DateTimeFormat(voice.language, { timeZone, weekday: "short" }).format(at);
  return `${weekday} ${formatDay(at, timeZone, voice.language, true)} ${two(hour)}:${two(minute)}`;
}

export function cadence({ t }: Voice, timing: Timing, zone: string): string {
  const time = `${two(timing.hour)}:${two(timing.minute)}`;
  if (timing.every === "week") return t.schedule.weekly(timing.weekday ?? 1, time, zone);
  return timing.every === "month" ? t.schedule.monthly(timing.day ?? 1, time, zone) : t.schedule.daily(time, zone);
}

const isEmpty = (filter: MediaFilter): boolean => Object.keys(filter).length === 0;

export function whatLine(voice: Voice, chatTitle: string, wish: DeleteWish): FormattedString {
  const { schedule: texts } = voice.t;
  const filter = isEmpty(wish.filter) ? null : describeMediaFilter(wish.filter, voice);
  return texts.what(name(chatTitle, 40), filter, texts.keep(wish.keep.count, wish.keep.unit));
}

const stateOf = (voice: Voice, { state, missedAt, nextRunAt, timeZone }: Schedule): string => {
  const { schedule: texts } = voice.t;
  if (state === "paused") return texts.paused;
  const next = texts.next(moment(voice, nextRunAt, timeZone));
  return missedAt ? `${texts.missed(moment(voice, missedAt, timeZone))} · ${next}` : next;
};

const rowOf = (voice: Voice, one: Schedule): FormattedString =>
  voice.t.schedule.row(
    one.number,
    whatLine(voice, one.chatTitle, one.wish),
    cadence(voice, one.timing, one.timeZone),
    stateOf(voice, one),
  );

export function schedulesView(voice: Voice, schedules: readonly Schedule[]): View {
  const { schedule: texts, common } = voice.t;
  const close = rows([button(common.close, ["close"])]);
  if (schedules.length === 0) return { text: lines(texts.none), buttons: close };
  return {
    text: lines(texts.title(schedules.length), ...schedules.map((one) => rowOf(voice, one))),
    buttons: [
      ...inRows(
        schedules.map(({ id, number }) => button(String(number), ["sch", "see", id])),
        4,
      ),
      ...close,
    ],
  };
}

/** How the last run of a schedule ended, for its page. */
export type LastRun = { deletion: Deletion; counts: ItemCounts } | null;

export function scheduleView(voice: Voice, one: Schedule, last: LastRun): View {
  const { schedule: texts } = voice.t;
  const { id, state } = one;
  return {
    text: lines(
      rowOf(voice, one),
      texts.cap(one.wish.cap),
      one.lastRunAt && texts.last(moment(voice, one.lastRunAt, one.timeZone), resultOf(voice, last)),
    ),
    buttons: rows(
      [
        state === "on" ? button(texts.pause, ["sch", "off", id]) : button(texts.resume, ["sch", "on", id], "primary"),
        button(texts.runNow, ["sch", "run", id]),
      ],
      [button(texts.remove, ["sch", "rm", id], "danger"), button(texts.back, ["sch", "list"])],
    ),
  };
}

function resultOf({ t }: Voice, last: LastRun): string {
  const { results } = t.schedule;
  if (!last) return results.nothing;
  const { deletion, counts } = last;
  if (deletion.state === "kept") return (deletion.summary?.count ?? 0) === 0 ? results.nothing : results.kept;
  if (deletion.state !== "done") return results.open;
  return results.deleted(counts.deleted, deletion.summary?.count ?? 0);
}

export interface NewSchedule {
  chat: Chat;
  wish: DeleteWish;
  timing: Timing;
  timeZone: string;
  summary: DeletionSummary;
  minutes: number;
}

/** With a draft's id it can be saved by a tap; without, its cap has to be typed. */
export function newScheduleView(voice: Voice, made: NewSchedule, draftId: string, typed: boolean): View {
  const { schedule: texts, common } = voice.t;
  const { chat, wish, timing, timeZone, summary } = made;
  const impossible = notPossible(voice, summary);
  const text = lines(
    texts.draft(whatLine(voice, titleOf(voice, chat), wish)),
    cadence(voice, timing, timeZone),
    texts.cap(wish.cap),
    texts.grace(made.minutes),
    texts.now(summary.count, summary.own, summary.others, datesOf(voice, summary)),
    (summary.beyondCap ?? 0) > 0 && texts.beyond(summary.beyondCap ?? 0),
    impossible && voice.t.deletion.notPossible(impossible),
    summary.count > 0 && effectLine(voice, summary, chat),
    texts.runs(
      nextRuns(timing, timeZone, voice.now, 3)
        .map((at) => moment(voice, at, timeZone))
        .join(" · "),
    ),
    typed && texts.type(wish.cap),
  );
  if (typed) return { text, placeholder: String(wish.cap) };
  return {
    text,
    buttons: rows([button(common.cancel, ["close"]), button(texts.save, ["sch", "save", draftId], "danger")]),
  };
}

const datesOf = (voice: Voice, { first, last }: DeletionSummary): string => {
  if (!first || !last) return "";
  const [from, to] = [day(voice, new Date(first)), day(voice, new Date(last))];
  return ` · ${voice.t.deletion.dates(from, to)}`;
};

export const runHeading = (voice: Voice, one: Schedule): FormattedString =>
  voice.t.schedule.heading(one.number, whatLine(voice, one.chatTitle, one.wish));

/** Before each run, with everything that a preview tells. */
export function noticeView(
  voice: Voice,
  run: {
    schedule: Schedule;
    deletion: Deletion;
    chat: Chat;
    counts: ItemCounts;
    willGo: number;
    at: Date;
    seconds: number;
  },
): View {
  const { schedule: texts, deletion: words } = voice.t;
  const { schedule, deletion, chat, counts, willGo, at, seconds } = run;
  const { id, summary } = deletion;
  if (!summary) throw new Error("A run without a summary has no notice.");
  const impossible = notPossible(voice, summary);
  return {
    text: lines(
      runHeading(voice, schedule),
      seconds > 60
        ? texts.notice(willGo, datesOf(voice, summary), clock(voice, at))
        : texts.noticeSoon(willGo, seconds),
      (summary.beyondCap ?? 0) > 0 && texts.beyond(summary.beyondCap ?? 0),
      counts.copy_failed > 0 && texts.uncopied(counts.copy_failed),
      impossible && words.notPossible(impossible),
      effectLine(voice, summary, chat),
    ),
    buttons: rows(
      [button(words.samples(summary.samples.length), ["del", "see", id])],
      [button(words.undo, ["del", "undo", id], "primary"), button(texts.turnOff, ["sch", "halt", id])],
    ),
  };
}

export function missedView(voice: Voice, one: Schedule, missedAt: Date): View {
  const { schedule: texts } = voice.t;
  return {
    text: lines(runHeading(voice, one), texts.missedOffer(moment(voice, missedAt, one.timeZone))),
    buttons: rows([button(texts.runNow, ["sch", "late", one.id]), button(texts.skip, ["sch", "skip", one.id])]),
  };
}
