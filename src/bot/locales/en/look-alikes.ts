import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import type { RemovalRefusal } from "../../../core/look-alikes.ts";
import { formatBytes, formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const groups = counted("group", "groups");
const pictures = counted("picture", "pictures");
const n = (count: number) => formatCount(count, "en");
const b = (bytes: number) => formatBytes(bytes, "en");

const reasons: Record<RemovalRefusal, string> = {
  missing: "it is no longer there",
  changed: "it has changed since you were shown it",
  last: "none of those that look like it is there any more, and the last one stays",
  "not-a-file": "it is not an ordinary file",
  "not-allowed": "the disk does not allow it",
  unknown: "it is no longer recorded as this picture",
};

export const lookAlikes = {
  /** The card of the job that looks. */
  find: {
    title: (number: number, machine: Text) => fmt`🖼 Job ${number} · Similar pictures · ${machine}`,
    counting: () => "0 % – looking at the pictures…",
    saving: (done: number) => `${pictures(done)} looked at`,
    percent: (percent: number, done: number, total: number, bar: string) =>
      `${percent} % – ${n(done)} of ${pictures(total)}${bar ? ` ${bar}` : ""}`,
    goesOn: (done: number, total: number) => `▶️ Goes on – ${n(done)} of ${pictures(total)}`,
    cardDone: (done: number) => `✅ 100 % – ${pictures(done)}`,
    row: (number: number | string, machine: Text, state: string) =>
      fmt`${number} 🖼 Similar pictures · ${machine} · ${state}`,
    kept: "Nothing was changed. What was looked at is remembered.",
    cancelledAt: (number: number) =>
      `✖ Job ${number} cancelled. Nothing was changed; what was looked at is remembered.`,
  },
  /** The card of the job that removes one. */
  removal: {
    title: (number: number, machine: Text) => fmt`🧹 Job ${number} · Removing one picture · ${machine}`,
    counting: () => "0 % – comparing…",
    saving: () => "Comparing",
    cardDone: () => "✅ 100 %",
    row: (number: number | string, machine: Text, state: string) =>
      fmt`${number} 🧹 Removing one picture · ${machine} · ${state}`,
    kept: "The picture is as it was.",
    cancelledAt: (number: number) => `✖ Job ${number} cancelled.`,
  },
  look: "🖼 Similar pictures",
  found: (total: number, count: number, looked: number) =>
    fmt`🖼 ${bold(`${groups(total)} · ${pictures(count)} that look alike`)}, of ${n(looked)}. Nothing deleted yet.`,
  notTheSame:
    "They look alike; they are not the same. One may be smaller, cut or compressed, and two shots of one moment may be different pictures. So look at them before you remove one.",
  none: (looked: number) => `🖼 No two pictures here look alike. I looked at ${n(looked)}.`,
  unclear: (count: number) =>
    `⚠️ ${pictures(count)} could not be told apart: too plain, too large, broken, or in another format than JPEG, PNG and WebP.`,
  more: (shown: number) => `The ${n(shown)} largest groups can be seen now; the rest comes up when you ask again.`,
  review: (total: number) => `Review 1/${n(total)}`,
  group: (index: number, total: number, count: number) =>
    fmt`🖼 ${n(index)} of ${n(total)} · ${pictures(count)} that look alike, not the same`,
  facts: (chat: string, day: string, width: number, height: number, bytes: number) =>
    `${chat} · ${day} · ${width}×${height} · ${b(bytes)}`,
  oneLeft: "With one left there is nothing to choose: the last one stays.",
  send: (index: number) => `📎 Send ${index}`,
  remove: (index: number) => `🗑 ${index}`,
  confirm: (bytes: number) => fmt`🗑 ${bold(`Remove 1 picture, ${b(bytes)}`)}?`,
  otherPlaces: (count: number) =>
    `The same file lies in ${counted("other place", "other places")(count)} too, and stays there.`,
  whatIsLost: (count: number) =>
    `${count === 1 ? "The other one looks" : `The ${n(count)} others look`} like it without being the same: what only this one shows is lost. Before it goes I check that it is still what you saw, and that ${count === 1 ? "the other one" : "one of them"} is there.`,
  removeThis: "🗑 Remove this picture",
  removed: (number: number, bytes: number) => fmt`✅ Job ${number} done · 1 picture removed, ${b(bytes)}`,
  notRemoved: (number: number, reason: string) => fmt`⚠️ Job ${number} done · nothing removed: ${reason}`,
  reasons,
  notThere: "That picture is no longer there.",
  lastOne: "It is the last one of its group, so it stays.",
};
