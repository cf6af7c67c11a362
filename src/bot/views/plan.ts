/** What a download would fetch: the summary before the yes, and why there may be none. */
import { fmt } from "@grammyjs/parse-mode";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { Chat } from "../../core/media.ts";
import type { MediaFilter } from "../../core/media-filter.ts";
import type { DownloadPlan } from "../../core/tasks.ts";
import { formatBytes } from "../../core/units.ts";
import type { DownloadDraft } from "../download/draft.ts";
import { button, lines, rows, type View } from "../view.ts";
import { day, name, path, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";
import { to } from "./download.ts";

export function countingView(voice: Voice, chat: Chat, filter: MediaFilter): View {
  const heading = voice.t.download.summary(name(titleOf(voice, chat)), describeMediaFilter(filter, voice));
  return { text: lines(heading, voice.t.download.counting) };
}

export function summaryView(voice: Voice, id: string, chat: Chat, data: DownloadDraft, isLarge: boolean): View {
  const { download, common } = voice.t;
  const { plan, filter } = data;
  return {
    text: lines(
      download.summary(name(titleOf(voice, chat)), describeMediaFilter(filter, voice)),
      ...(plan ? planLines(voice, plan) : [download.noPlan]),
      isLarge && download.large,
    ),
    buttons: rows(
      [button(download.start, to(id, "start"), "success")],
      [button(common.change, to(id, "step", "what")), button(common.cancel, to(id, "cancel"))],
    ),
  };
}

function planLines(voice: Voice, plan: DownloadPlan) {
  const { download } = voice.t;
  const { language } = voice;
  const bytes = formatBytes(plan.bytes, language);
  const free = formatBytes(plan.freeBytes, language);
  const kinds = plan.byType.filter(({ files }) => files > 0);
  const mix = kinds.map(({ type, files, bytes }) => `${countOf(voice, type, files)} (${formatBytes(bytes, language)})`);
  return [
    download.about(plan.files, bytes, plan.approximate),
    kinds.length > 1 && download.byType(mix.join(" · ")),
    plan.owned > 0 && download.owned(plan.owned),
    plan.bytes > plan.freeBytes ? download.tight(free) : download.disk(free),
    download.savesTo(path(plan.directory)),
  ];
}

/** "3 videos" */
export function countOf({ t }: Voice, type: string, count: number): string {
  return (t.common.typeCounts[type] ?? t.common.files)(count);
}

/** "1 video, 84 MB from News." for a pasted or forwarded message. */
export function singleView(voice: Voice, id: string, chat: Chat, data: DownloadDraft): View {
  const { download, common } = voice.t;
  const { plan } = data;
  const title = name(titleOf(voice, chat));
  const kinds = plan?.byType.filter(({ files }) => files > 0) ?? [];
  const what = kinds.map(({ type, files }) => countOf(voice, type, files)).join(", ");
  const text =
    plan && what
      ? plan.bytes > 0
        ? download.from(what, formatBytes(plan.bytes, voice.language), title)
        : download.fromUnknown(what, title)
      : plan && plan.files > 0
        ? download.from(common.files(plan.files), formatBytes(plan.bytes, voice.language), title)
        : download.wholeChat(title);
  return {
    text,
    buttons: rows([button(download.downloadIt, to(id, "start"), "success"), button(common.close, to(id, "cancel"))]),
  };
}

export function restrictedView(voice: Voice, id: string, chat: Chat): View {
  const { download, common } = voice.t;
  return {
    text: download.restricted(name(titleOf(voice, chat))),
    buttons: rows(
      [button(download.restrictedButton, ["set", "restricted"])],
      [button(download.otherChat, to(id, "step", "chat")), button(common.close, to(id, "cancel"))],
    ),
  };
}

export function nothingView(voice: Voice, id: string, chat: Chat, { filter, plan }: DownloadDraft): View {
  const { download, common } = voice.t;
  const title = name(titleOf(voice, chat));
  const empty = Object.keys(filter).length === 0;
  const newest = plan?.newestOfType ? download.newest(day(voice, new Date(plan.newestOfType))) : "";
  const words = empty
    ? download.empty(title)
    : filter.messageIds
      ? download.noFileThere(title)
      : fmt`${download.nothing(title, describeMediaFilter(filter, voice))}${newest}`;
  const dated = filter.after !== undefined || filter.before !== undefined;
  const sized = filter.minSize !== undefined || filter.maxSize !== undefined;
  const monthAgo = voice.now.getTime() - 30 * 24 * 60 * 60_000;
  const shorter = filter.after !== undefined && new Date(filter.after).getTime() > monthAgo;
  return {
    text: words,
    buttons: rows(
      [
        dated && shorter && button(download.last30, to(id, "when", "30d")),
        dated && !shorter && button(download.allTime, to(id, "when", "all")),
        sized && button(download.anySize, to(id, "size", "any")),
        filter.types !== undefined && button(download.anyType, to(id, "any-type")),
      ],
      [
        empty ? button(download.otherChat, to(id, "step", "chat")) : button(common.change, to(id, "step", "what")),
        button(common.close, to(id, "cancel")),
      ],
    ),
  };
}
