import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatBytes, formatCount } from "../../../core/units.ts";
import { bold, counted, files } from "./common.ts";

type Text = FormattedString | string;
const groups = counted("group", "groups");
const n = (count: number) => formatCount(count, "en");
const b = (bytes: number) => formatBytes(bytes, "en");

const shared = {
  counting: () => "0 % – looking through the files…",
  saving: () => "Looking through the files",
};

export const duplicates = {
  away: "My database isn't answering, so I can't count now.",
  /** The card of the job that looks. */
  find: {
    ...shared,
    title: (number: number, machine: Text) => fmt`👯 Job ${number} · Duplicates · ${machine}`,
    cardDone: () => "✅ 100 %",
    row: (number: number | string, machine: Text, state: string) =>
      fmt`${number} 👯 Duplicates · ${machine} · ${state}`,
    kept: "Nothing was changed.",
    cancelledAt: (number: number) => `✖ Job ${number} cancelled. Nothing was changed.`,
  },
  /** The card of the job that frees. */
  free: {
    title: (number: number, machine: Text) => fmt`🧹 Job ${number} · Freeing duplicates · ${machine}`,
    counting: () => "0 % – comparing…",
    saving: (done: number) => `${files(done)} looked at`,
    percent: (percent: number, done: number, total: number, bar: string) =>
      `${percent} % – ${n(done)} of ${files(total)}${bar ? ` ${bar}` : ""}`,
    cardDone: (done: number) => `✅ 100 % – ${files(done)}`,
    row: (number: number | string, machine: Text, state: string) =>
      fmt`${number} 🧹 Freeing duplicates · ${machine} · ${state}`,
    kept: "What was not compared yet is as it was.",
    cancelledAt: (number: number, percent: number | null, saved: number) =>
      `✖ Job ${number} cancelled${percent === null ? "" : ` at ${percent} %`}. ${files(saved)} freed, the rest is as it was.`,
  },
  found: (total: number, copies: number, bytes: number) =>
    fmt`👯 ${groups(total)} · ${files(copies)} · ${b(bytes)} could be freed. Nothing deleted yet.`,
  none: "👯 Nothing is kept twice here.",
  linkedAlready: "Files that share one place on the disk already count once.",
  missing: (count: number) => `⚠️ ${files(count)} not found as recorded, so left out.`,
  elsewhere: (count: number) =>
    `🖥 Of ${groups(count)} other machines have copies too; those are never touched from here.`,
  more: (shown: number) => `The ${n(shown)} largest can be freed now; the rest comes up when you ask again.`,
  review: (total: number) => `Review 1/${n(total)}`,
  rule: "Keep newest…",
  group: (index: number, total: number, copies: number, bytes: number) =>
    fmt`👯 ${n(index)} of ${n(total)} · ${counted("copy", "copies")(copies)} of ${b(bytes)}`,
  copy: (index: number, facts: string, path: Text) => fmt`${index}. ${facts}\n${path}`,
  names: (count: number) => `${counted("name", "names")(count)} on the disk`,
  keep: (index: number) => `Keep ${index}`,
  skip: "Skip ›",
  done: "That was the last group.",
  askRule: (total: number, copies: number, bytes: number) =>
    fmt`Which copy shall stay in each of ${groups(total)}? ${files(copies)} would go, ${b(bytes)}.`,
  newest: "Newest",
  oldest: "Oldest",
  inChat: (title: string) => `In ${title}`,
  confirm: (count: number, bytes: number, inGroups: number) =>
    fmt`🧹 ${bold(`Free ${files(count)}, ${b(bytes)}`)} in ${groups(inGroups)}?`,
  staying: (path: Text) => fmt`Stays: ${path}`,
  how: "Link: both names stay and share one file, so a change to one is a change to both. Remove: the copy goes, and its message points to the one that stays. Each is first compared byte by byte; what differs by then is left alone.",
  notOneDisk: "They lie on different disks, where no link is possible.",
  link: (count: number) => `🔗 Link ${n(count)}`,
  remove: (count: number) => `🗑 Remove ${n(count)}`,
  keepAll: "✖ Keep all",
  back: "‹ Back",
  gone: "These results are too old. Send /duplicates again, please.",
  nothingByRule: "That rule leaves every group as it is.",
  already: "Already started.",
  freed: (number: number, count: number, bytes: number) =>
    fmt`✅ Job ${number} done · ${files(count)} freed, ${b(bytes)}`,
  nothingFreed: (number: number) => fmt`⚠️ Job ${number} done · nothing was freed`,
  left: (count: number) => `⏭ ${files(count)} left as they are:`,
  leftOne: (path: Text, reason: string) => fmt`${path} – ${reason}`,
  reasons: {
    missing: "no longer there",
    "not-a-file": "not an ordinary file",
    "same-file": "one file already",
    changed: "changed since it was saved",
    different: "not the same content",
    "other-disk": "on another disk",
    "in-the-way": "something else has its name now",
    "not-allowed": "the disk does not allow it",
    unknown: "no longer recorded as this content",
  } as Record<string, string>,
  noMachine: "No machine with files is at work right now.",
  title: (machine: string) => machine,
};
