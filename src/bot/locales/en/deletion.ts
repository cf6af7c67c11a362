import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const messages = counted("message", "messages");
const span = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);

export const deletion = {
  off: "🗑 Deleting is turned off.",
  settings: "⚙️ Settings",
  away: "🛠 My database isn't answering, so I won't delete anything now.",
  which: fmt`🗑 ${bold("Which messages?")}\nName a chat, and what in it: /delete @group from:me before:2024\nI show you what would go before anything happens.`,
  looking: (chat: Text) => fmt`🔎 Looking through ${chat} – nothing is deleted by that.`,
  comments: "Name the discussion group itself: comments stand there, not in the channel.",
  heading: (chat: Text, what: string) => fmt`🗑 ${chat} · ${what}`,
  count: (count: number, own: number, others: number) =>
    others === 0
      ? `${messages(count)} (all yours)`
      : own === 0
        ? `${messages(count)} (none of them yours)`
        : `${messages(count)} (${n(own)} yours, ${n(others)} of others)`,
  countOnly: (count: number) => messages(count),
  dates: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  type: (label: string, count: number) => `${label} ${n(count)}`,
  notPossible: (parts: string) => `Not possible: ${parts}`,
  reasons: {
    service: (count: number) => `${counted("service message", "service messages")(count)} (not counted)`,
    "no-right": (count: number) => `${messages(count)} of others (you are not an admin who may delete)`,
    "not-member": (count: number) => `${messages(count)} (you are no longer in this chat)`,
    "young-dice": (count: number) => `${counted("throw of a dice", "throws of dice")(count)} younger than 24 h`,
    telegram: (count: number) => `${n(count)} refused by Telegram`,
    changed: (count: number) => `${n(count)} changed since the preview`,
    "copy-failed": (count: number) => `${n(count)} without a copy`,
    stopped: (count: number) => `${n(count)} kept by your stop`,
    undone: (count: number) => `${n(count)} kept by Undo`,
  } as Record<string, (count: number) => string>,
  otherReason: (count: number, reason: string) => `${n(count)}: ${reason}`,
  onlyOwn: (own: number, all: number) =>
    `You can only delete your own messages here (not an admin). ${n(own)} of ${n(all)} are yours.`,
  effects: {
    channel: "⚠️ In this channel they vanish for everyone. Telegram has no undo afterwards.",
    group: "⚠️ In this group they vanish for everyone. Telegram has no undo afterwards.",
    user: "⚠️ They vanish for both of you. Telegram has no undo afterwards.",
    self: "⚠️ They vanish from your Saved Messages. Telegram has no undo afterwards.",
    me: "⚠️ They vanish for you only; the others keep them. Telegram has no undo afterwards.",
    mixed: (everyone: number, me: number) =>
      `⚠️ ${n(everyone)} vanish for everyone, ${n(me)} for you only. Telegram has no undo afterwards.`,
  },
  restricted: "No backup: this chat is restricted.",
  overCap: (count: number, cap: number, left: number) =>
    `🗑 ${messages(count)} match, but the limit is ${n(cap)} a day and ${n(left)} are left today. Nothing is deleted. Narrow it down, or raise the limit.`,
  nothing: "Nothing matches – nothing deleted.",
  nothingPossible: (parts: string) => `Nothing of it can be deleted: ${parts}. Nothing deleted.`,
  samples: (count: number) => `👁 Show ${count} ${count === 1 ? "sample" : "samples"}`,
  samplesTitle: (count: number, all: number) => `👁 ${n(count)} of ${n(all)}`,
  sample: (date: string, who: Text, what: Text) => fmt`${date} · ${who}: ${what}`,
  noText: "(no text)",
  backup: (on: boolean) => (on ? "🗄 Backup first ✅" : "🗄 Backup first ☐"),
  noBackup: "⚠️ Without a backup they cannot be posted again.",
  everyone: (on: boolean) => (on ? "👥 For everyone ✅" : "👥 For everyone ☐"),
  keep: "✖ Keep them",
  delete: (count: number) => `🗑 Delete ${n(count)}`,
  deleteMine: (count: number) => `🗑 Delete my ${n(count)}`,
  type_number: (count: number) => `Type the number ${count} to confirm, or /cancel`,
  wrongNumber: (typed: Text, count: number) =>
    fmt`“${typed}” is not ${String(count)}. Type the number ${String(count)} to confirm, or /cancel`,
  kept: "Kept. Nothing was deleted.",
  expired: "⌛ That confirmation has expired. Nothing was deleted. Send /delete again.",
  notYours: "That confirmation belongs to another message.",
  capNow: (left: number) => `The day's limit leaves ${n(left)} now. Nothing was deleted.`,
  copying: (percent: number, count: number) =>
    `🗄 Copying ${messages(count)} first – ${percent} %. Nothing is deleted yet.`,
  copyFailed: (reason: string) => `❌ The copy could not be made: ${reason} Nothing was deleted.`,
  uncopied: (failed: number, all: number, reasons: string) =>
    `⚠️ ${n(failed)} of ${n(all)} could not be copied (${reasons}). Nothing is deleted yet.`,
  deleteCopied: (count: number, failed: number) => `🗑 Delete ${n(count)}, keep ${n(failed)}`,
  deleteUncopied: (count: number, failed: number) => `🗑 All ${n(count)}, ${n(failed)} uncopied`,
  grace: (count: number, seconds: number) => `⏱ Deleting ${messages(count)} in ${seconds} s. Nothing is deleted yet.`,
  graceMore: (count: number, seconds: number, deleted: number) =>
    `⏱ Deleting ${n(count)} more in ${seconds} s. ${n(deleted)} are deleted already.`,
  undo: "↩️ Undo",
  undone: "↩️ Stopped in time. 0 deleted.",
  undoneMore: (deleted: number, kept: number) =>
    `↩️ Stopped in time. ${n(deleted)} were deleted before, ${n(kept)} kept.`,
  starting: "⏱ The time for Undo is over.",
  running: (done: number, total: number) => `🗑 Deleting – ${n(done)} of ${n(total)}`,
  waiting: (at: Text) => fmt`⏳ Telegram asked me to slow down. Continuing at ${at} by itself.`,
  tooLate: (deleted: number, left: number) => `Too late – ${n(deleted)} already deleted, ${n(left)} still there.`,
  stopHere: "■ Stop here",
  stopping: "■ Stopping after this batch…",
  over: "This deletion is over.",
  restKept: "■ The rest is kept; the report follows.",
  asksSoon: "It was interrupted and deletes nothing more without your yes: I ask in a moment.",
  stopped: (deleted: number, kept: number) => `■ Stopped. ${n(deleted)} deleted, ${n(kept)} kept.`,
  done: (deleted: number, all: number) =>
    deleted === all ? `✅ Deleted ${n(deleted)} of ${n(all)}` : `✅ Deleted ${n(deleted)} of ${n(all)}`,
  refused: (count: number) => `${n(count)} refused by Telegram`,
  gone: (count: number) => `${n(count)} already gone`,
  keptCount: (count: number) => `${n(count)} kept`,
  copyAt: (folder: Text) => fmt`Backup: ${folder}`,
  noCopy: "No backup.",
  restoreHint: (number: number) => `/restore ${number} posts them again.`,
  protocol: "📄 Protocol",
  protocolOf: (number: number, chat: Text, deleted: number, all: number) =>
    fmt`📄 Deletion ${String(number)} · ${chat}: what became of each message. ${n(deleted)} of ${n(all)} deleted.`,
  askAgain: (left: number) =>
    `⏸ I was restarted before the time for Undo was over. Nothing was deleted. Delete ${messages(left)} now?`,
  askLate: (left: number) => `🗄 The copy is complete. Nothing is deleted yet. Delete ${messages(left)} now?`,
  askRest: (deleted: number, left: number) =>
    `⏸ I was interrupted: ${n(deleted)} deleted, ${n(left)} still there. Go on?`,
  askBecause: (reason: string) => `⏸ ${reason} Nothing more is deleted without your yes.`,
  deleteRest: (count: number) => `🗑 Delete the other ${n(count)}`,
  keepRest: "■ Keep the rest",
  jobTitle: (number: number, chat: Text) => fmt`🗑 Job ${number} · Delete · ${chat}`,
  jobRow: (number: number | string, chat: Text, state: string) => fmt`${number} 🗑 Delete · ${chat} · ${state}`,
  jobStates: {
    copying: "🗄 copying, nothing deleted",
    grace: "⏱ time for Undo",
    running: (done: number, all: number) => `deleting ${n(done)} of ${n(all)}`,
    stopping: "■ stopping",
    asking: "❓ waits for your answer",
    done: (deleted: number, all: number) => `✅ ${n(deleted)} of ${n(all)} deleted`,
    kept: "↩️ nothing deleted",
  },
  deletedCount: (count: number) => `${n(count)} deleted`,
  settingsPage: (on: boolean, cap: number, grace: number, notice: number) =>
    fmt`${bold(`🗑 Deleting: ${on ? "on" : "off"}`)}\nAt most ${n(cap)} messages a day; ${String(grace)} s to undo before anything is sent, ${span(notice)} after the notice of a /schedule. I always show what would go and ask first.\nTap, or send another number of seconds (5 to 600).`,
  settingsLine: (on: boolean) => `Deleting: ${on ? "on" : "off"}`,
  settingsButton: "🗑 Deleting",
  capChoice: (cap: number) => `${n(cap)} a day`,
  graceChoice: (seconds: number) => `${seconds} s`,
  noticeChoice: (minutes: number) => `🗓 ${span(minutes)}`,
  secondsPlaceholder: "60",
  secondsWrong: "Send a number of seconds from 5 to 600.",
};

export const restoring = {
  none: "There is no deletion with a copy, so there is nothing to post again.",
  list: "♻️ Deletions with a copy. Which one shall I post again?",
  listRow: (number: number, chat: Text, date: string, count: number) =>
    fmt`${String(number)}. ${chat} · ${date} · ${messages(count)}`,
  unknown: (typed: string) => `There is no deletion “${typed}”. /restore lists them.`,
  noCopy: (number: number) => `Deletion ${number} has no copy, so nothing can be posted again.`,
  ask: (number: number, chat: Text, count: number) =>
    fmt`♻️ Deletion ${String(number)} · ${chat} · ${messages(count)}\nI can post them again from the copy. They will be new messages of yours, sent today; each says who wrote it and when. Where shall they go? For another chat write ${`/restore ${number} @chat`}.`,
  confirm: (count: number, chat: Text) =>
    fmt`♻️ Post ${messages(count)} again into ${chat}? They are re-posts: new messages of yours, each naming its author and date.`,
  same: "↩️ The same chat",
  saved: "⭐ Saved Messages",
  start: (count: number) => `▶️ Post ${n(count)}`,
  running: (done: number, total: number) => `♻️ Posting again – ${n(done)} of ${n(total)}`,
  done: (posted: number, missing: number, chat: Text) =>
    missing === 0
      ? fmt`✅ ${messages(posted)} posted again in ${chat}. They are re-posts.`
      : fmt`✅ ${messages(posted)} posted again in ${chat}, ${n(missing)} could not be. They are re-posts.`,
  failed: (reason: string, done: number) => `❌ Posting again stopped: ${reason} ${n(done)} are posted.`,
  cancel: "✖ Stop",
  stopping: "■ Stopping after this message…",
  stoppedAt: (posted: number, left: number) => `■ Stopped. ${n(posted)} posted again, ${n(left)} not.`,
  several: (typed: string) => `Several chats fit “${typed}”. Name it by @name or in full.`,
  /** Among the jobs. */
  card: {
    title: (number: number, chat: Text) => fmt`♻️ Job ${number} · Post again · ${chat}`,
    row: (number: number | string, chat: Text, state: string) => fmt`${number} ♻️ Post again · ${chat} · ${state}`,
    saved: (count: number) => `${n(count)} posted`,
    failed: (count: number) => `${n(count)} could not be`,
  },
};
