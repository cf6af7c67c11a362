/** What /archive asks, and how an archive is handed over. */
import { fmt } from "@grammyjs/parse-mode";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { Chat } from "../../core/media.ts";
import type { ArchiveResult } from "../../core/tasks.ts";
import { cutText } from "../../core/text.ts";
import { formatBytes } from "../../core/units.ts";
import type { ArchiveDraft } from "../archive/draft.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { name, path, plainName, type Voice } from "../voice.ts";
import { titleOf } from "./chats.ts";

export const RECENT = 6;
/** What a bot may send, in bytes. */
export const SENT_AT_MOST = 50_000_000;
const FAULTS_SHOWN = 10;

export function chooseArchiveView(voice: Voice, draftId: string, recent: readonly Chat[]): View {
  const { archive, common, download } = voice.t;
  return {
    text: fmt`${archive.askChat}`,
    placeholder: download.searchPlaceholder,
    buttons: [
      ...inRows(
        recent.map((chat) => button(plainName(titleOf(voice, chat), 24), ["ar", draftId, "chat", chat.chatId])),
        2,
      ),
      ...rows(
        [button(download.saved, ["ar", draftId, "self"]), button(archive.all, ["ar", draftId, "all"])],
        [button(common.cancel, ["ar", draftId, "cancel"])],
      ),
    ],
  };
}

export function askFormatView(voice: Voice, draftId: string, title: string, data: ArchiveDraft): View {
  const { archive, common } = voice.t;
  const filter = Object.keys(data.filter).length === 0 ? null : describeMediaFilter(data.filter, voice);
  return {
    text: archive.ask(name(title), filter),
    buttons: rows(
      (["json", "csv", "html"] as const).map((format) => button(archive[format], ["ar", draftId, "format", format])),
      [
        button(archive.addMedia(data.media), ["ar", draftId, "media"]),
        button(common.cancel, ["ar", draftId, "cancel"]),
      ],
    ),
  };
}

export function restrictedArchiveView(voice: Voice, title: string): View {
  const { archive, settings, common } = voice.t;
  return {
    text: archive.restricted(name(title)),
    buttons: rows([button(settings.buttons.restricted, ["set", "restricted"])], [button(common.close, ["close"])]),
  };
}

/** How the bot can hand it over from where it runs. */
export type HandOver = "document" | "too-big" | "folder" | "elsewhere";

export function archiveEndView(voice: Voice, jobId: string, title: string, result: ArchiveResult, how: HandOver): View {
  const { archive } = voice.t;
  const size = formatBytes(result.bytes, voice.language);
  const file = result.file === null ? plainName(lastStep(result.folder), 80) : plainName(result.name, 80);
  const head = result.messages === 0 ? archive.empty(name(title)) : archive.done(result.messages, file, size);
  const parts = Math.ceil(result.bytes / SENT_AT_MOST);
  const place = path(result.file ?? result.folder);
  return {
    text: lines(
      head,
      how === "too-big" && archive.tooBig(size, place),
      how === "folder" && archive.savedAt(place),
      how === "elsewhere" && archive.elsewhere(name(result.hostname), place),
      result.missing > 0 && archive.missing(result.missing),
      result.restricted > 0 && archive.leftOut(result.restricted),
    ),
    buttons: rows(
      [
        how === "too-big" && button(archive.split(parts), ["ar-split", jobId], "primary"),
        (how === "too-big" || how === "elsewhere") && result.file !== null && button(archive.toSaved, ["ar-up", jobId]),
        (how === "folder" || (how === "elsewhere" && result.file === null)) &&
          button(archive.pack, ["ar-zip", jobId], "primary"),
      ],
      [button(archive.verify, ["ar-check", jobId])],
    ),
  };
}

export function uploadedView(voice: Voice, file: string, bytes: number): View {
  return { text: voice.t.archive.uploaded(plainName(file, 80), formatBytes(bytes, voice.language)) };
}

export function verdictView(voice: Voice, verdict: { files: number; bytes: number; faults: string[] }): View {
  const { archive } = voice.t;
  if (verdict.faults.length === 0)
    return { text: fmt`${archive.verified(verdict.files, formatBytes(verdict.bytes, voice.language))}` };
  const shown = verdict.faults.slice(0, FAULTS_SHOWN).map((fault) => cutText(fault, 200));
  return { text: lines(archive.broken(verdict.faults.length), ...shown.map((fault) => plainName(fault, 200))) };
}

const lastStep = (folder: string): string => folder.split(/[\\/]/).at(-1) ?? folder;
