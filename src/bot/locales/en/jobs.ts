import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { counted, files } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");

export const jobs = {
  /** The card. */
  title: (number: number, chat: Text) => fmt`📥 Job ${number} · Download · ${chat}`,
  counting: (found: number) => (found > 0 ? `0 % – counting files… ${n(found)} so far` : "0 % – counting files…"),
  saving: (done: number, found: number) => `Counting files: ${n(found)} so far, ${n(done)} settled`,
  percent: (percent: number, done: number, total: number, bar: string) =>
    `${percent} % – ${n(done)} of ${files(total)}${bar ? ` ${bar}` : ""}`,
  goesOn: (done: number, total: number) => `▶️ Going on – ${n(done)} of ${files(total)}`,
  saved: (count: number) => `✅ ${n(count)} saved`,
  had: (count: number) => `⏭ ${n(count)} already had`,
  failed: (count: number) => `⚠️ ${n(count)} failed`,
  updated: (at: Text) => fmt`Updated ${at}`,
  waiting: (percent: number | null, at: Text) =>
    percent === null
      ? fmt`⏳ Telegram asked me to slow down. Continuing at ${at} by itself.`
      : fmt`⏳ ${percent} % – Telegram asked me to slow down. Continuing at ${at} by itself.`,
  waitingNetwork: (percent: number | null, at: Text) =>
    percent === null
      ? fmt`⏳ No connection to Telegram. Trying again at ${at} by itself.`
      : fmt`⏳ ${percent} % – no connection to Telegram. Trying again at ${at} by itself.`,
  waitingDisk: (percent: number | null, at: Text) =>
    percent === null
      ? fmt`⏳ The disk is full. Looking again at ${at} by itself.`
      : fmt`⏳ ${percent} % – the disk is full. Looking again at ${at} by itself.`,
  waitingFolder: (percent: number | null, at: Text) =>
    percent === null
      ? fmt`⏳ The download folder cannot be written. Looking again at ${at} by itself.`
      : fmt`⏳ ${percent} % – the download folder cannot be written. Looking again at ${at} by itself.`,
  waitingOther: (percent: number | null, at: Text) =>
    percent === null
      ? fmt`⏳ Waiting. Continuing at ${at} by itself.`
      : fmt`⏳ ${percent} % – waiting. Continuing at ${at} by itself.`,
  paused: (done: number, total: number) => `⏸ Paused – ${n(done)} of ${files(total)}`,
  pausedByRestart: "⏸ Paused by restart – continuing",
  queued: "⏳ Waiting for a free machine",
  pause: "⏸ Pause",
  resume: "▶️ Resume",
  cancel: "✖ Cancel",
  details: "ⓘ Details",

  /** A milestone as its own silent message. */
  milestone: (number: number, chat: Text, percent: number, done: number, total: number) =>
    total > 0
      ? fmt`📥 Job ${number} · ${chat} · ${percent} % – ${n(done)} of ${files(total)}`
      : fmt`📥 Job ${number} · ${chat} · ${percent} %`,

  /** The end. */
  done: (number: number, chat: Text) => fmt`✅ Job ${number} done · ${chat}`,
  doneWithout: (number: number, chat: Text) => fmt`⚠️ Job ${number} done, but nothing could be saved · ${chat}`,
  nothing: (number: number, chat: Text) =>
    fmt`✅ Job ${number} done · ${chat}\nNothing matched, so there was nothing to save.`,
  result: (saved: number, bytes: string, took: string) => `${files(saved)}, ${bytes} in ${took}`,
  nothingNew: (had: number) => `Nothing new: ${files(had)} already on disk`,
  alreadyHad: (count: number) => `${n(count)} already had`,
  notSaved: (count: number) => `${n(count)} failed`,
  folder: (path: Text) => fmt`📁 ${path}`,
  folderOn: (path: Text | null, host: Text, count: number | null) =>
    fmt`📁 ${path ? fmt`${path} on ` : ""}${host}${count === null ? "" : ` (${files(count)})`}`,
  stopped: (number: number, chat: Text, percent: number | null) =>
    percent === null
      ? fmt`❌ Job ${number} stopped · ${chat}`
      : fmt`❌ Job ${number} stopped at ${percent} % · ${chat}`,
  kept: "Everything saved so far is kept.",
  cancelledAt: (number: number, percent: number | null, saved: number) =>
    percent === null
      ? `✖ Job ${number} cancelled. ${files(saved)} kept.`
      : `✖ Job ${number} cancelled at ${percent} %. ${files(saved)} kept.`,
  showFailed: (count: number) => `⚠️ Show ${n(count)} failed`,
  retryFailed: "↻ Retry failed",
  retryAll: "↻ Start again",
  goOn: "▶️ Continue",
  copy: "📋 Copy command",
  cardDone: (done: number, total: number) =>
    total > 0 ? `✅ 100 % – ${n(done)} of ${files(total)}` : "✅ 100 % – nothing to save",
  cardStopped: (done: number, total: number) => `❌ Stopped – ${n(done)} of ${files(total)}`,
  cardCancelled: (done: number, total: number) => `✖ Cancelled – ${n(done)} of ${files(total)}`,

  /** /jobs */
  none: "No jobs.",
  /** Where something is added to it. */
  noneHeading: "🧾 No jobs",
  heading: (running: number, waiting: number, finished: number) =>
    `🧾 ${n(running)} running, ${n(waiting)} waiting, ${n(finished)} finished today`,
  row: (number: number | string, chat: Text, state: string) => fmt`${number} 📥 Download · ${chat} · ${state}`,
  finishedHeading: (total: number) => `🧾 ${counted("finished job", "finished jobs")(total)}`,
  noneFinished: "No finished jobs yet.",
  finished: "Finished",
  running: "‹ Running",
  states: {
    counting: "counting",
    waiting: "⏳ waiting",
    paused: "⏸ paused",
    completed: "✅ done",
    failed: "❌ stopped",
    cancelled: "✖ cancelled",
    draft: "not started",
  },
  download: "📥 Download",
  unknown: (number: string) => `I know no job ${number}. /jobs lists the ones I do.`,
  over: "This job is over.",
  already: "Already started.",
  twin: (number: number) => `Job ${number} is already doing just that.`,

  /** Details. */
  filter: (filter: string) => `Filter: ${filter}`,
  started: (at: Text) => fmt`Started ${at}`,
  ended: (at: Text) => fmt`Ended ${at}`,
  machines: (hosts: Text) => fmt`At work on it: ${hosts}`,
  looked: (count: number) => `${counted("message", "messages")(count)} looked through`,
  reason: (error: string) => `Reason: ${error}`,
  backToJobs: "‹ Jobs",

  /** Failed files. */
  failedHeading: (number: number, total: number) => `⚠️ Job ${number} · ${counted("file", "files")(total)} not saved`,
  failedRow: (file: Text, reason: string) => fmt`${file} – ${reason}`,
  noReason: "no reason recorded",
  noneFailed: "Nothing failed here.",
  retrying: "Trying again.",

  /** /cancel */
  nothingRuns: "Nothing is running.",
  askOne: (number: number, state: string) => `Cancel job ${number} (${state})? Saved files stay.`,
  askMany: "Which job shall I cancel? Saved files stay.",
  cancelJob: "✖ Cancel job",
  keep: "Keep running",
  all: (count: number) => `✖ All ${n(count)}`,
  cancelledMany: (count: number) => `✖ ${counted("job", "jobs")(count)} cancelled. Saved files are kept.`,
  keepsRunning: "It keeps running.",
  nowPaused: "Paused.",
  nowResumed: "Going on.",
  nowCancelled: "Cancelled.",
};
