/**
 * Follows deletions from the owner's yes to the report: queues what a worker has to do, counts the grace down, shows how
 * far it is, tells the end. The grace lives in this process's memory alone, by a clock that nobody can set: whoever
 * starts anew finds no countdown and asks again.
 */
import type { Api } from "grammy";
import type { Logger } from "pino";
import {
  CONFIRM_WITHIN_MS,
  type Confirmation,
  type Deletion,
  isStillReady,
  nextCountdown,
} from "../../core/deletion.ts";
import { isOver } from "../../core/job.ts";
import type { Db } from "../../db/db.ts";
import { editView } from "../sending.ts";
import { fingerprint, type View } from "../view.ts";
import { copyingView, graceView, left, runningView } from "../views/deletion.ts";
import { type Voice, voiceOf } from "../voice.ts";
import { askAgain, type Reason, reasonOf } from "./question.ts";
import { tellEnd } from "./report.ts";
import { createRestores } from "./restores.ts";
import { createScheduledSteps } from "./scheduled.ts";
import { createStepJobs } from "./step-jobs.ts";

export interface DeletionWatch {
  start(): void;
  stop(): Promise<void>;
  /** A yes was given in this process, just now. */
  confirmed(id: string, kind: Confirmation["kind"]): void;
  /** A schedule has begun this run in this process, just now. */
  scheduled(id: string): void;
  nudge(): void;
  /** A question stood too long: it is put anew. */
  expired(id: string): void;
  /** The owner took it back: nobody goes on copying for it. */
  withdrawn(deletion: Deletion): Promise<void>;
}

const TICK_MS = 1_000;
/** A deletion under way is shown anew so often. */
const SHOW_EVERY_MS = 4_000;

export function createDeletionWatch(deps: {
  db: Db;
  api: Api;
  log: Logger;
  now: () => Date;
  /** Wakes a worker. */
  jobAdded: () => void;
}): DeletionWatch {
  const { db, api, log, now, jobAdded } = deps;
  const yeses = new Map<string, { at: number; kind: Confirmation["kind"] | "scheduled" }>();
  const deadlines = new Map<string, { at: number; shown: number }>();
  const shown = new Map<string, { text: string; at: number }>();
  /** Whose question this process has put, with buttons that work. */
  const asked = new Set<string>();
  const steps = createStepJobs(deps);
  const restores = createRestores(deps);
  const scheduled = createScheduledSteps(deps, steps.jobOf);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function display({ id, ownerChatId, messageId }: Deletion, view: View, everyMs = 0): Promise<void> {
    const before = shown.get(id);
    const text = fingerprint(view);
    if (messageId === null || before?.text === text) return;
    if (before && performance.now() - before.at < everyMs) return;
    // Noted when it is there: what could not be shown is shown with the next look.
    await editView(api, ownerChatId, messageId, view);
    shown.set(id, { text, at: performance.now() });
  }

  async function step(deletion: Deletion, voice: Voice): Promise<void> {
    switch (deletion.state) {
      case "planning":
        return scheduled.planning(deletion, voice);
      case "preview":
        return scheduled.preview(deletion, voice);
      case "copying":
        return copying(deletion, voice);
      case "copied":
        return copied(deletion, voice);
      case "grace":
        return grace(deletion, voice);
      case "ready":
        return ready(deletion, voice);
      case "running":
      case "stopping":
        return running(deletion, voice);
      case "interrupted":
        return ask(deletion, voice, "interrupted");
      case "asking":
        return asked.has(deletion.id) ? undefined : ask(deletion, voice, await reasonOf(db, deletion));
      case "done":
      case "kept":
        return tellEnd(deps, voice, deletion);
    }
  }

  async function ask(deletion: Deletion, voice: Voice, reason: Reason): Promise<void> {
    if (await askAgain(deps, voice, deletion, reason)) asked.add(deletion.id);
  }

  async function copying(deletion: Deletion, voice: Voice): Promise<void> {
    const { id } = deletion;
    const job = await steps.copyOf(deletion);
    if (!job) return;
    if (isOver(job.state) && job.state !== "completed") {
      const error = job.error ?? "The copy was cancelled.";
      if (await db.deletions.move(id, ["copying"], "kept", { error, endedAt: now() }))
        await db.deletions.keepRest(id, "copy-failed", now());
      return;
    }
    const { done, total } = job.progress;
    await display(deletion, copyingView(voice, deletion, done, total || (deletion.summary?.count ?? 0)), SHOW_EVERY_MS);
  }

  /** Only a yes of this process, and a fresh one, begins a countdown. */
  async function copied(deletion: Deletion, voice: Voice): Promise<void> {
    const { id } = deletion;
    const yes = yeses.get(id);
    const counts = await db.deletions.counts(id);
    const willGo = left(counts) - (deletion.includeUncopied ? 0 : counts.copy_failed);
    if (yes?.kind === "first" && counts.copy_failed > 0) return ask(deletion, voice, "uncopied");
    if (willGo === 0 && deletion.scheduleId) return scheduled.nothingCopied(deletion, voice);
    if (willGo === 0) {
      await db.deletions.keepRest(id, "copy-failed", now());
      await db.deletions.move(id, ["copied"], counts.deleted > 0 ? "done" : "kept", { endedAt: now() });
      return;
    }
    if (!yes) return ask(deletion, voice, "restarted");
    yeses.delete(id);
    const isScheduled = yes.kind === "scheduled";
    if (!isScheduled && performance.now() - yes.at > CONFIRM_WITHIN_MS) return ask(deletion, voice, "late");
    const { deleteGraceSeconds, deleteNoticeMinutes } = await db.settings.all();
    const seconds = isScheduled ? Math.ceil(deleteNoticeMinutes * 60) : deleteGraceSeconds;
    // The notice is there before the time for Undo begins.
    if (isScheduled && !(await scheduled.notice(deletion, voice, counts, willGo, seconds))) return;
    if (!(await db.deletions.move(id, ["copied"], "grace"))) return;
    deadlines.set(id, { at: performance.now() + seconds * 1_000, shown: seconds });
    if (!isScheduled) await display(deletion, graceView(voice, deletion, counts, willGo, seconds));
  }

  async function grace(deletion: Deletion, voice: Voice): Promise<void> {
    const { id } = deletion;
    const deadline = deadlines.get(id);
    if (!deadline) return ask(deletion, voice, "restarted");
    const seconds = Math.ceil((deadline.at - performance.now()) / 1_000);
    if (seconds <= 0) {
      deadlines.delete(id);
      if (await db.deletions.move(id, ["grace"], "ready", { readyAt: now() })) jobAdded();
      const again = await db.deletions.get(id);
      if (again?.state === "ready") await ready(again, voice);
      return;
    }
    const due = nextCountdown(deadline.shown, seconds);
    if (due === null) return;
    const counts = await db.deletions.counts(id);
    const willGo = left(counts) - (deletion.includeUncopied ? 0 : counts.copy_failed);
    const view = deletion.scheduleId ? await scheduled.countdown(deletion, voice, counts, willGo, due) : null;
    await display(deletion, view ?? graceView(voice, deletion, counts, willGo, due));
    deadline.shown = due;
  }

  async function ready(deletion: Deletion, voice: Voice): Promise<void> {
    const { id, readyAt } = deletion;
    const job = await steps.workOf(deletion, `${readyAt?.getTime() ?? 0}`);
    const waits = job?.state === "waiting" || job?.state === "active";
    if (waits && isStillReady(readyAt, now())) return;
    if (job && waits) await db.jobs.cancel(job.id);
    const error = job?.error ?? "Nobody was there to begin.";
    if (await db.deletions.move(id, ["ready"], "interrupted", { error })) shown.delete(id);
    else await step((await db.deletions.get(id)) ?? deletion, voice);
  }

  async function running(deletion: Deletion, voice: Voice): Promise<void> {
    const { id, readyAt } = deletion;
    let job = await steps.workOf(deletion, `${readyAt?.getTime() ?? 0}`);
    // Its job is over and it is not: somebody has to find out how far it came.
    for (let round = 1; job && isOver(job.state); round++) {
      const state = (await db.deletions.get(id))?.state;
      if (state !== "running" && state !== "stopping") return;
      job = await steps.workOf(deletion, `${readyAt?.getTime() ?? 0}:${round}`);
    }
    const counts = await db.deletions.counts(id);
    await display(deletion, runningView(voice, deletion, counts, job?.wait ?? null), SHOW_EVERY_MS);
  }

  async function look(): Promise<void> {
    if ((await db.status()).awaySince) return;
    await restores();
    const open = await db.deletions.open();
    if (open.length === 0) return;
    const voice = voiceOf(await db.settings.all(), now());
    for (const deletion of open) {
      if (stopped) return;
      try {
        await step(deletion, voice);
      } catch (error) {
        log.warn({ err: error, deletion: deletion.id }, "A deletion could not be followed now; it is tried again.");
      }
    }
  }

  function again(ms: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => log.warn({ err: error }, "The deletions could not be looked at."))
        .finally(() => again(TICK_MS));
    }, ms);
  }

  return {
    start: () => again(0),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
    scheduled(id) {
      yeses.set(id, { at: performance.now(), kind: "scheduled" });
    },
    confirmed(id, kind) {
      yeses.set(id, { at: performance.now(), kind });
      shown.delete(id);
      asked.delete(id);
    },
    expired(id) {
      asked.delete(id);
    },
    withdrawn: steps.withdraw,
    nudge: () => void looking.then(() => again(20)),
  };
}
