/** The end of a job: a message of its own, since an edit makes no sound. */
import type { InlineKeyboardButton } from "grammy/types";
import type { Family } from "../../core/job.ts";
import { cutText } from "../../core/text.ts";
import { formatBytes, formatDuration, percent } from "../../core/units.ts";
import type { SavedPlace } from "../saved-places.ts";
import { button, copyButton, lines, rows, type View } from "../view.ts";
import { name, path, type Voice } from "../voice.ts";
import { freedView, reportView } from "./duplicates.ts";
import { jobWords } from "./job-words.ts";
import { alikeReportView, removedView } from "./look-alikes.ts";
import { scanDoneView } from "./scan.ts";

export interface Ending {
  number: number;
  /** How long it took, in milliseconds. */
  took: number;
  /** Where the files are. */
  directory: string | null;
  /** The same by machine, where there are several. */
  places?: readonly SavedPlace[];
  /** Why it failed, in words. */
  reason: string | null;
  /** The command that does the same again. */
  command: string | null;
}

export function endView(voice: Voice, family: Family, ending: Ending): View {
  switch (family.state) {
    case "cancelled":
      return cancelledView(voice, family, ending);
    case "failed":
      return stoppedView(voice, family, ending);
    default:
      if (family.root.task === "index") return scanDoneView(voice, family, ending);
      if (family.root.task === "duplicates" && family.root.result)
        return reportView(voice, family.root.id, family.root.result);
      if (family.root.task === "free-duplicates")
        return freedView(voice, family, ending.number) ?? doneView(voice, family, ending);
      if (family.root.task === "look-alikes" && family.root.result)
        return alikeReportView(voice, family.root.id, family.root.result);
      if (family.root.task === "remove-look-alike")
        return removedView(voice, family, ending.number) ?? doneView(voice, family, ending);
      return doneView(voice, family, ending);
  }
}

function doneView(voice: Voice, family: Family, { number, took, directory, places = [], command }: Ending): View {
  const { jobs } = voice.t;
  const { saved, had, failed, bytes, total } = family.progress;
  const chat = name(family.root.title);
  if (total === 0) return { text: jobs.nothing(number, chat), buttons: rows([copy(voice, command)]) };
  const isNothingNew = saved === 0 && had > 0;
  const facts = [
    !isNothingNew && jobs.result(saved, formatBytes(bytes, voice.language), formatDuration(Math.max(took, 1_000))),
    isNothingNew ? jobs.nothingNew(had) : had > 0 && jobs.alreadyHad(had),
    failed > 0 && jobs.notSaved(failed),
  ].filter((fact) => typeof fact === "string");
  const heading = failed > 0 && saved + had === 0 ? jobs.doneWithout(number, chat) : jobs.done(number, chat);
  return {
    text: lines(
      heading,
      facts.join(" · "),
      ...(saved > 0 && places.length > 0
        ? placeLines(voice, places)
        : [directory && saved > 0 && jobs.folder(path(directory))]),
    ),
    buttons: [...failedButtons(voice, family), ...rows([copy(voice, command)])],
  };
}

function placeLines({ t: { jobs } }: Voice, places: readonly SavedPlace[]) {
  return places
    .slice(0, PLACES)
    .map(({ hostname, files, directory }) =>
      jobs.folderOn(directory && path(directory, 120), name(hostname, 40), places.length > 1 ? files : null),
    );
}

function stoppedView(voice: Voice, family: Family, { number, reason, command }: Ending): View {
  const jobs = jobWords(voice, family.root);
  return {
    text: lines(
      jobs.stopped(number, name(family.root.title), shareOf(family)),
      reason && jobs.reason(cutText(reason, REASON)),
      jobs.kept,
    ),
    buttons: [
      ...rows([button(jobs.goOn, ["job", "repeat", family.root.id], "primary")]),
      ...failedButtons(voice, family),
      ...rows([copy(voice, command)]),
    ],
  };
}

function cancelledView(voice: Voice, family: Family, { number, command }: Ending): View {
  const { saved } = family.progress;
  return {
    text: lines(jobWords(voice, family.root).cancelledAt(number, shareOf(family), saved)),
    buttons: rows([button(voice.t.jobs.retryAll, ["job", "repeat", family.root.id]), copy(voice, command)]),
  };
}

function failedButtons({ t }: Voice, { root, progress }: Family): InlineKeyboardButton[][] {
  if (progress.failed === 0) return [];
  return rows([
    button(t.jobs.showFailed(progress.failed), ["job", "failed", root.id]),
    button(t.jobs.retryFailed, ["job", "retry", root.id]),
  ]);
}

const PLACES = 8;

/** What Telegram or the disk said can be long; the log has it whole. */
const REASON = 300;

const copy = ({ t }: Voice, command: string | null) => (command ? copyButton(t.jobs.copy, command) : null);

const shareOf = ({ counting, progress }: Family): number | null =>
  counting || progress.total === 0 ? null : percent(progress.done, progress.total);
