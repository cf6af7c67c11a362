import type { FormattedString } from "@grammyjs/parse-mode";
import { fmt } from "@grammyjs/parse-mode";
import { formatCount } from "../../../core/units.ts";
import { counted, files } from "./common.ts";

type Text = FormattedString | string;
const n = (count: number) => formatCount(count, "en");

export const log = {
  heading: (total: number, filter: Text | null, zone: string) =>
    filter
      ? fmt`📜 ${counted("operation", "operations")(total)} · ${filter} (${zone})`
      : fmt`📜 ${counted("operation", "operations")(total)} (${zone})`,
  none: "📜 Nothing was done yet. /download begins.",
  noneMatching: (filter: Text) => fmt`📜 Nothing was done that fits: ${filter}.`,
  row: (number: number, at: string, kind: string, chat: Text | null, state: string) =>
    chat ? fmt`${number}. ${at} · ${kind} · ${chat} · ${state}` : fmt`${number}. ${at} · ${kind} · ${state}`,
  facts: (facts: Text) => fmt`   ${facts}`,
  kinds: { scan: "Scan", download: "Download", archive: "Archive", delete: "Delete", analyze: "Statistics" },
  states: {
    started: "⏳ running",
    completed: "✅ done",
    failed: "❌ stopped",
    cancelled: "✖ cancelled",
  },
  took: (state: string, duration: string) => `${state} in ${duration}`,
  saved: (count: number, bytes: string | null) => (bytes ? `${files(count)}, ${bytes}` : files(count)),
  had: (count: number) => `${n(count)} already had`,
  failed: (count: number) => `${n(count)} failed`,
  deleted: (count: number) => `${n(count)} deleted`,
  messages: counted("message", "messages"),
  machine: (host: Text) => fmt`🖥 ${host}`,
  unknownChat: (id: number) => `chat ${id}`,
  chips: {
    download: "📥 Downloads",
    archive: "🗄 Archives",
    delete: "🗑 Deletions",
    scan: "🔎 Scans",
    analyze: "📊 Statistics",
  },
  all: "All kinds",
  today: "Today",
  week: "7 days",
  anyDay: "Any day",
  anyChat: "Any chat",
  from: (day: string) => `from ${day}`,
  until: (day: string) => `until ${day}`,
  notUnderstood:
    "Of the log I can show a chat, a kind (scan, download, archive, delete, statistics) and days. Write for example /log @news download 7d.",
};
