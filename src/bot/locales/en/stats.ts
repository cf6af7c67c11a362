import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { bold, counted } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");
const messages = counted("message", "messages");
const files = counted("file", "files");

export const stats = {
  heading: (chat: Text, range: string) => fmt`📊 ${chat} · ${range}`,
  allTime: "all time",
  allChats: bold("All chats"),
  allChatsPlain: "All chats",
  total: (count: number, media: number, size: string) => `${messages(count)} · ${n(media)} media · ${size}`,
  top: (kinds: string) => `Top: ${kinds}`,
  topKind: (kind: string, count: number) => `${kind} ${n(count)}`,
  busiest: (who: Text | null, share: number, when: string | null) =>
    who === null
      ? when === null
        ? ""
        : fmt`Busiest: ${when}`
      : fmt`Busiest: ${who} ${share} %${when === null ? "" : ` · ${when}`}`,
  at: (weekday: string, hour: number) => `${weekday}s ${String(hour).padStart(2, "0")}:00`,
  disk: (saved: number, missing: number, failed: number) =>
    `💾 ${n(saved)} saved · ${n(missing)} missing · ${n(failed)} failed`,
  gone: (count: number) => `🗑 ${n(count)} gone from Telegram, not counted above`,
  kinds: {
    photo: "Photos",
    video: "Video",
    round: "Round video",
    audio: "Audio",
    voice: "Voice",
    gif: "GIFs",
    sticker: "Stickers",
    document: "Documents",
    text: "Text",
    service: "Service messages",
    other: "Other",
  },
  /** One of a kind, for files without a name. */
  oneOfKind: {
    photo: "Photo",
    video: "Video",
    round: "Round video",
    audio: "Audio file",
    voice: "Voice message",
    gif: "GIF",
    sticker: "Sticker",
    document: "Document",
    text: "Text",
    service: "Service message",
    other: "Other",
  },
  noExtension: "no extension",
  nobody: "not said",
  weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  weekdayNames: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  line: (number: number, label: Text, count: number, share: string, size: string | null) =>
    fmt`${number}. ${label} – ${n(count)} (${share})${size === null ? "" : ` · ${size}`}`,
  monthLine: (month: string, count: number, media: number, size: string) =>
    `${month}: ${n(count)} · ${n(media)} media · ${size}`,
  growthLine: (month: string, count: number, size: string) => `${month}: ${n(count)} in all · ${size}`,
  perDay: (average: string) => `${average} messages a day`,
  more: (count: number) => `… and ${n(count)} more (📄 CSV has them)`,
  weekdayLine: (weekday: string, count: number, share: string, best: string) =>
    `${weekday}: ${n(count)} (${share}), most at ${best}`,
  sizesKnown: (count: number, average: string) => `${files(count)} of known size · average ${average}`,
  quantiles: (median: string, ninety: string, ninetyNine: string) =>
    `Half are up to ${median}, 9 of 10 up to ${ninety}, 99 of 100 up to ${ninetyNine}`,
  range: (least: string, quarter: string, threeQuarters: string, largest: string) =>
    `Least ${least} · quarter ${quarter} · three quarters ${threeQuarters} · largest ${largest}`,
  largest: "Largest:",
  file: (number: number, file: Text, size: string) => fmt`${number}. ${file} – ${size}`,
  noFiles: "No files whose size is known.",
  noFont: (letters: readonly string[]) =>
    `⚠️ The machine that drew this has no font for ${letters.join(" ")}, so boxes stand for some letters. npm run doctor says which fonts help.`,
  chartNames: {
    all: "kinds",
    people: "by person",
    kinds: "kinds",
    ext: "extensions",
    months: "messages over time",
    growth: "growth",
    hours: "weekdays and hours",
    sizes: "largest files",
    chats: "by chat",
  },
  viewNames: {
    all: "",
    people: "By person",
    kinds: "Kinds",
    ext: "Extensions",
    months: "Months",
    growth: "Growth",
    hours: "Weekdays and hours",
    sizes: "Sizes",
    chats: "By chat",
  },
  buttons: {
    all: "Overview",
    people: "By person",
    kinds: "Kinds",
    ext: "Extensions",
    months: "Months",
    growth: "Growth",
    hours: "Hours",
    sizes: "Sizes",
    chats: "By chat",
  },
  days30: "30 days",
  thisYear: "This year",
  allTimeButton: "All time",
  csv: "📄 CSV",
  dark: "🌙 Dark",
  light: "☀️ Light",
  notIndexed: (chat: Text) => fmt`I have not indexed ${chat} yet.`,
  nothingIndexed: "I have not indexed any chat yet.",
  countNow: (minutes: number | null) => (minutes === null ? "Count now" : `Count now (~${minutes} min)`),
  countingTitle: "how many messages",
  nothing: (filter: string) => `Nothing matched: ${filter}.`,
  away: (reference: string) =>
    `🛠 My database isn't answering, so I can't count now. I retry every 10 s. (id ${reference})`,
  tryNow: "↻ Try now",
  gap: "Some of it is not indexed yet: /scan brings it up to date.",
};
