import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const messages = counted("message", "messages");
const UNITS = { d: ["day", "days"], w: ["week", "weeks"], m: ["month", "months"], y: ["year", "years"] } as const;
const DAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

export const schedule = {
  away: "🛠 My database isn't answering, so schedules wait.",
  none: fmt`🗓 ${bold("No schedules.")}\nOne keeps a chat short by itself: what is older goes, a copy is made first, and each time you get a notice with Undo before anything is sent.\nWrite: /schedule delete @group keep 30d from:me daily at 10:00`,
  title: (count: number) => `🗓 ${counted("schedule", "schedules")(count)}`,
  row: (number: number, what: Text, when: string, state: Text) => fmt`${number}. ${what}\n${when} · ${state}`,
  what: (chat: Text, filter: string | null, keep: string) =>
    fmt`🗑 ${chat}${filter ? ` · ${filter}` : ""} · older than ${keep}`,
  keep: (count: number, unit: keyof typeof UNITS) => `${n(count)} ${UNITS[unit][count === 1 ? 0 : 1]}`,
  daily: (time: string, zone: string) => `Daily ${time} (${zone})`,
  weekly: (weekday: number, time: string, zone: string) => `${DAYS[weekday - 1]} ${time} (${zone})`,
  monthly: (day: number, time: string, zone: string) => `Day ${day} of each month ${time} (${zone})`,
  next: (at: string) => `next ${at}`,
  paused: "⏸ paused",
  missed: (at: string) => `⚠️ missed ${at}`,
  cap: (cap: number) => `At most ${n(cap)} a run, the oldest first; a copy before, a notice with Undo each time.`,
  last: (at: string, result: string) => `Last: ${at} · ${result}`,
  results: {
    nothing: "nothing to delete",
    deleted: (deleted: number, all: number) => `✅ ${n(deleted)} of ${n(all)} deleted`,
    kept: "0 deleted",
    open: "under way",
  },

  /** A new one. */
  needsKeep: "Say how much stays: write /schedule delete @group keep 30d",
  needsChat: "Name the chat: write /schedule delete @group keep 30d",
  onlyDeletions: (word: string) =>
    word === ""
      ? "I can schedule deletions: write /schedule delete @group keep 30d"
      : `I cannot schedule “${word}” yet, only deletions: write /schedule delete @group keep 30d`,
  noDates: "“keep” says which dates stay, so leave other dates out.",
  noLimit: "The cap says how many go at once, so leave limit and sort out: write cap 500.",
  overCap: (cap: number, daily: number) =>
    `A cap of ${n(cap)} is above the day's limit of ${n(daily)}: write a smaller one, or raise the limit in /settings.`,
  tooMany: (most: number) => `You have ${most} schedules. Remove one first.`,
  draft: (what: Text) => fmt`${bold("🗓 A new schedule")}\n${what}`,
  now: (count: number, own: number, others: number, dates: string) =>
    count === 0
      ? "Nothing is that old now."
      : `Now this would be ${messages(count)} (${n(own)} yours, ${n(others)} of others)${dates}.`,
  beyond: (count: number) => `${n(count)} more ${count === 1 ? "waits" : "wait"} for the next runs.`,
  runs: (runs: string) => `Next three runs: ${runs}`,
  grace: (minutes: number) => `You then have ${minutes >= 60 ? hours(minutes) : `${n(minutes)} min`} for Undo.`,
  restricted: "This chat is restricted, so no copy is possible and a schedule deletes nothing there.",
  save: "🗑 Save the schedule",
  type: (cap: number) =>
    `Others' messages or a whole chat would go. Type the cap ${cap} to save the schedule, or /cancel`,
  wrong: (typed: Text, cap: number) =>
    fmt`“${typed}” is not ${String(cap)}. Type the cap ${String(cap)} to save the schedule, or /cancel`,
  saved: (number: number, at: string) => `✅ Schedule ${number} is saved. First run: ${at}.`,

  /** One in detail. */
  pause: "⏸ Pause",
  resume: "▶️ Resume",
  remove: "🗑 Remove",
  runNow: "▶️ Run now",
  skip: "Skip",
  back: "‹ Schedules",
  nowPaused: (number: number) => `⏸ Schedule ${number} is off.`,
  nowOn: (number: number, at: string) => `▶️ Schedule ${number} is on. Next run: ${at}.`,
  removed: (number: number) => `🗑 Schedule ${number} is removed.`,
  gone: "This schedule is removed.",
  skipped: (number: number) => `Schedule ${number}: skipped. Nothing was deleted.`,
  begins: (number: number) => `Schedule ${number} begins. You get a notice before anything is deleted.`,
  busy: (number: number) => `Schedule ${number} is still busy with its last run.`,

  /** A run. */
  heading: (number: number, what: Text) => fmt`🗓 Schedule ${number} · ${what}`,
  notice: (count: number, dates: string, at: Text) =>
    fmt`⏱ ${messages(count)}${dates} will be deleted at ${at}. Nothing is deleted yet; the copy is complete.`,
  noticeSoon: (count: number, seconds: number) =>
    `⏱ Deleting ${messages(count)} in ${seconds} s. Nothing is deleted yet.`,
  uncopied: (count: number) => `${messages(count)} could not be copied and ${count === 1 ? "stays" : "stay"}.`,
  turnOff: "⏹ Turn off",
  didNothing: {
    off: "Deleting is turned off, so I did nothing.",
    overCap: (count: number, left: number) =>
      `${messages(count)} ${count === 1 ? "is" : "are"} due, but the day's limit leaves ${n(left)}. I did nothing.`,
    restricted: "The chat is restricted: no copy is possible, so I did nothing.",
    nothingCopied: "Nothing could be copied, so nothing was deleted.",
    failed: (reason: string) => `I could not look: ${reason} Nothing was deleted.`,
    noChat: "I no longer know the chat, so I did nothing.",
  },
  missedOffer: (at: string) => `I could not run at ${at}: the server or its database was off. Shall I run it now?`,
};

const hours = (minutes: number): string => {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
};
