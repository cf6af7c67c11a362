/** A view of the statistics as a table for other programs. */
import { type CsvOptions, csvOf } from "../../core/csv.ts";
import type { Statistics } from "../../core/statistics.ts";
import type { Voice } from "../voice.ts";
import type { StatsView } from "./draft.ts";
import {
  chatLines,
  extensionLines,
  growthLines,
  kindLines,
  type Line,
  senderLines,
  timeLines,
  weekOf,
} from "./tables.ts";

type Table = (string | number | null)[][];

export function statsCsv(voice: Voice, view: StatsView, statistics: Partial<Statistics>, options: CsvOptions): string {
  return csvOf(tableOf(voice, view, statistics), options);
}

function tableOf(voice: Voice, view: StatsView, statistics: Partial<Statistics>): Table {
  switch (view) {
    case "all":
      return [
        ["kind", "extension", "on disk", "messages", "files", "bytes"],
        ...(statistics.kinds ?? []).map((one) => [
          one.kind,
          one.extension,
          one.disk,
          one.messages,
          one.files,
          one.bytes,
        ]),
      ];
    case "kinds":
      return lines("kind", kindLines(voice, statistics));
    case "ext":
      return lines("extension", extensionLines(voice, statistics));
    case "people":
      return lines("sender", senderLines(voice, statistics));
    case "chats":
      return lines("chat", chatLines(voice, statistics));
    case "months":
      return lines("month", timeLines(statistics));
    case "growth":
      return lines("month", growthLines(statistics));
    case "hours":
      return [
        ["weekday", ...Array.from({ length: 24 }, (_, hour) => hour)],
        ...weekOf(statistics).map((row, day) => [voice.t.stats.weekdays[day] ?? "", ...row]),
      ];
    case "sizes":
      return [
        ["what", "chat", "message", "name", "bytes"],
        ...(statistics.sizes?.quantiles ?? []).map(({ share, bytes }) => [
          `quantile ${share}`,
          null,
          null,
          null,
          bytes,
        ]),
        ["average", null, null, null, Math.round(statistics.sizes?.average ?? 0)],
        ...(statistics.sizes?.largest ?? []).map((file) => [
          "largest",
          file.chatId,
          file.messageId,
          file.name,
          file.bytes,
        ]),
      ];
  }
}

const lines = (what: string, list: readonly Line[]): Table => [
  [what, "messages", "files", "bytes"],
  ...list.map(({ label, messages, files, bytes }) => [label, messages, files, bytes]),
];
