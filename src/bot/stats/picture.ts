/** Which chart a view is drawn as. */
import type { Chart } from "../../charts/chart.ts";
import type { Statistics } from "../../core/statistics.ts";
import { formatBytes, formatCount } from "../../core/units.ts";
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

const MOST_BARS = 10;
const MOST_COLUMNS = 72;

export function chartOf(
  voice: Voice,
  view: StatsView,
  statistics: Partial<Statistics>,
  heading: { title: string; subtitle: string },
): Chart {
  const { language } = voice;
  const { stats } = voice.t;
  const title = `${heading.title} · ${stats.chartNames[view]}`;
  const frame = { title, subtitle: heading.subtitle };
  const bars = (lines: readonly Line[]): Chart => ({
    kind: "bars",
    ...frame,
    bars: lines.slice(0, MOST_BARS).map(({ label, messages }) => ({
      label,
      value: messages,
      text: formatCount(messages, language),
    })),
  });
  const columns = (lines: readonly Line[]): Chart => ({
    kind: "columns",
    ...frame,
    bars: lines.map(({ label, messages }) => ({ label, value: messages, text: formatCount(messages, language) })),
  });
  switch (view) {
    case "people":
      return bars(senderLines(voice, statistics));
    case "chats":
      return bars(chatLines(voice, statistics));
    case "ext":
      return bars(extensionLines(voice, statistics));
    case "months":
      return columns(timeLines(statistics, { most: MOST_COLUMNS }));
    case "growth":
      return columns(growthLines(statistics, { most: MOST_COLUMNS }));
    case "hours":
      return { kind: "week", ...frame, weekdays: stats.weekdays, values: weekOf(statistics) };
    case "sizes":
      return {
        kind: "bars",
        ...frame,
        bars: (statistics.sizes?.largest ?? []).map(({ name, kind, bytes }) => ({
          label: name?.trim() || stats.oneOfKind[kind],
          value: bytes,
          text: formatBytes(bytes, language),
        })),
      };
    default:
      return bars(kindLines(voice, statistics));
  }
}
