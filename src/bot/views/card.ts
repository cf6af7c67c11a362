/** The job card: one message per job, edited at milestones and when the state changes. */
import { type FormattedString, fmt } from "@grammyjs/parse-mode";
import { type Family, isOver, type JobWait } from "../../core/job.ts";
import { formatBytes, formatBytesOf, formatRemaining, formatSpeed, percent } from "../../core/units.ts";
import { button, lines, rows, type View } from "../view.ts";
import { clock, name, type Voice } from "../voice.ts";
import { jobWords } from "./job-words.ts";
import { scanTallies } from "./scan.ts";

/** What a card shows: `milestone` names a round number, the other states say counts, so that none comes twice. */
export type CardShape =
  | { kind: "milestone"; percent: number }
  | { kind: "goes-on" }
  | { kind: "waiting"; wait: JobWait }
  | { kind: "queued" }
  | { kind: "paused" }
  | { kind: "restart" }
  | { kind: "over" };

export interface Pace {
  bytesPerSecond: number | null;
  /** Milliseconds, null while it cannot be said. */
  remaining: number | null;
}
export const NO_PACE: Pace = { bytesPerSecond: null, remaining: null };

export function cardView(voice: Voice, family: Family, number: number, shape: CardShape, pace: Pace = NO_PACE): View {
  const jobs = jobWords(voice, family.root);
  const moving = shape.kind === "milestone" || shape.kind === "goes-on";
  const text = lines(
    jobs.title(number, name(family.root.title)),
    headline(voice, family, shape),
    shape.kind === "over" ? null : sizes(voice, family, moving ? pace : NO_PACE),
    shape.kind === "over" ? null : tallies(voice, family),
    shape.kind === "over" ? null : jobs.updated(clock(voice, voice.now)),
  );
  return { text, buttons: shape.kind === "over" ? [] : cardButtons(voice, family, shape) };
}

function headline(voice: Voice, family: Family, shape: CardShape): FormattedString | string {
  const jobs = jobWords(voice, family.root);
  const { done, total } = family.progress;
  switch (shape.kind) {
    case "milestone":
      if (family.counting || total === 0) return shape.percent === 0 ? jobs.counting(total) : jobs.saving(done, total);
      return jobs.percent(shape.percent, done, total, voice.simple ? "" : bar(shape.percent));
    case "goes-on":
      return family.counting || total === 0 ? jobs.saving(done, total) : jobs.goesOn(done, total);
    case "waiting":
      return waitLine(voice, family, shape.wait);
    case "queued":
      return jobs.queued;
    case "paused":
      return jobs.paused(done, total);
    case "restart":
      return jobs.pausedByRestart;
    case "over":
      if (family.state === "completed") return jobs.cardDone(done, total);
      return family.state === "cancelled" ? jobs.cardCancelled(done, total) : jobs.cardStopped(done, total);
  }
}

export function waitLine(voice: Voice, family: Family, wait: JobWait): FormattedString {
  const jobs = jobWords(voice, family.root);
  const { done, total } = family.progress;
  const share = family.counting || total === 0 ? null : percent(done, total);
  const at = clock(voice, wait.until);
  if (/FLOOD|SLOWMODE/.test(wait.reason)) return jobs.waiting(share, at);
  if (wait.reason === "NETWORK") return jobs.waitingNetwork(share, at);
  if (wait.reason === "FOLDER") return jobs.waitingFolder(share, at);
  return wait.reason === "DISK" ? jobs.waitingDisk(share, at) : jobs.waitingOther(share, at);
}

/** "20.6 of 41.2 GB · 6.1 MB/s · about 55 min left" */
function sizes({ language }: Voice, { progress, counting }: Family, pace: Pace): string | null {
  const { bytes, totalBytes } = progress;
  const parts = [
    totalBytes > 0 && !counting
      ? formatBytesOf(Math.min(bytes, totalBytes), totalBytes, language)
      : bytes > 0 && formatBytes(bytes, language),
    pace.bytesPerSecond !== null && pace.bytesPerSecond > 0 && formatSpeed(pace.bytesPerSecond, language),
    pace.remaining !== null && formatRemaining(pace.remaining),
  ].filter((part) => typeof part === "string");
  return parts.join(" · ") || null;
}

/** "✅ 150 saved · ⏭ 4 already had · ⚠️ 2 failed" */
function tallies(voice: Voice, family: Family): string | null {
  if (family.root.task === "index") return scanTallies(voice, family);
  const { t, simple } = voice;
  const { progress } = family;
  const { saved, had, failed } = progress;
  const parts = [saved > 0 && t.jobs.saved(saved), had > 0 && t.jobs.had(had), failed > 0 && t.jobs.failed(failed)];
  const words = parts.filter((part) => typeof part === "string");
  return words.map((part) => (simple ? part.replace(/^[^\p{L}\p{N}]+/u, "") : part)).join(" · ") || null;
}

function cardButtons({ t }: Voice, { root, state, paused }: Family, shape: CardShape) {
  if (isOver(state)) return [];
  const pause = paused
    ? button(t.jobs.resume, ["job", "resume", root.id], "primary")
    : button(t.jobs.pause, ["job", "pause", root.id]);
  const early = shape.kind === "milestone" && shape.percent === 0;
  return rows([
    !early && pause,
    button(t.jobs.cancel, ["job", "cancel", root.id]),
    !early && button(t.jobs.details, ["job", "details", root.id]),
  ]);
}

/** Ten glyphs at most; the number always stands before it. */
function bar(share: number): string {
  const full = Math.max(0, Math.min(10, Math.round(share / 10)));
  return "▓".repeat(full) + "░".repeat(10 - full);
}

/** One milestone as a message of its own. */
export function milestoneMessage(voice: Voice, family: Family, number: number, share: number): View {
  const { done, total } = family.progress;
  return { text: fmt`${jobWords(voice, family.root).milestone(number, name(family.root.title), share, done, total)}` };
}
