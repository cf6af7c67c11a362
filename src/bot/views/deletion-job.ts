/** A deletion among the jobs: its row in /jobs, and its page. */
import type { FormattedString } from "@grammyjs/parse-mode";
import type { Deletion, ItemCounts } from "../../core/deletion.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import type { NumberedDeletion } from "../deletion/as-jobs.ts";
import { button, lines, rows, type View } from "../view.ts";
import { clock, name, path, plainName, type Voice } from "../voice.ts";
import { left, total } from "./deletion.ts";

/** "⏱ time for Undo", "deleting 200 of 250", "❓ waits for your answer" */
export function deletionState({ t }: Voice, { state }: Deletion, counts: ItemCounts): string {
  const { jobStates } = t.deletion;
  switch (state) {
    case "copying":
    case "copied":
      return jobStates.copying;
    case "grace":
    case "ready":
      return jobStates.grace;
    case "running":
      return jobStates.running(total(counts) - left(counts), total(counts));
    case "stopping":
      return jobStates.stopping;
    case "done":
      return jobStates.done(counts.deleted, total(counts));
    case "kept":
      return jobStates.kept;
    default:
      return jobStates.asking;
  }
}

export const deletionRow = (voice: Voice, { number, deletion, counts }: NumberedDeletion): FormattedString =>
  voice.t.deletion.jobRow(number ?? "–", plainName(deletion.chatTitle, 40), deletionState(voice, deletion, counts));

export function deletionDetails(voice: Voice, { number, deletion, counts }: NumberedDeletion): View {
  const { deletion: texts, jobs, common } = voice.t;
  const { id, filter, state, folder, manifestSha256, confirmedAt, endedAt, error } = deletion;
  const over = state === "done" || state === "kept";
  const early = ["copying", "copied", "grace", "ready"].includes(state);
  const tallies = [
    counts.deleted > 0 && texts.deletedCount(counts.deleted),
    counts.refused > 0 && texts.refused(counts.refused),
    counts.gone > 0 && texts.gone(counts.gone),
    (counts.kept > 0 || !over) && texts.keptCount(over ? counts.kept : left(counts) + counts.kept),
  ].filter((part) => typeof part === "string");
  return {
    text: lines(
      texts.jobTitle(number ?? 0, name(deletion.chatTitle)),
      deletionState(voice, deletion, counts),
      jobs.filter(describeMediaFilter(filter, voice)),
      tallies.join(" · "),
      confirmedAt && jobs.started(clock(voice, confirmedAt)),
      over && endedAt && jobs.ended(clock(voice, endedAt)),
      folder !== null && manifestSha256 !== null && texts.copyAt(path(folder)),
      error && jobs.reason(error),
    ),
    buttons: rows(
      [
        early && button(counts.deleted > 0 ? texts.keepRest : texts.undo, ["job", "cancel", id], "primary"),
        state === "running" && button(texts.stopHere, ["job", "cancel", id], "danger"),
        state === "asking" && button(counts.deleted > 0 ? texts.keepRest : texts.keep, ["job", "cancel", id]),
        state === "done" && button(texts.protocol, ["del", "log", id]),
      ],
      [
        button(jobs.backToJobs, ["jobs", over ? "finished" : "running", 1]),
        button(common.refresh, ["job", "details", id]),
      ],
    ),
  };
}
