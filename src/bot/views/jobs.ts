/** Lists of jobs, one job's details, and the files it could not save. */
import { FormattedString } from "@grammyjs/parse-mode";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import { type Family, isOver } from "../../core/job.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import { jumpLink } from "../../core/telegram-link.ts";
import { cutText } from "../../core/text.ts";
import { formatBytes, percent } from "../../core/units.ts";
import type { Listed } from "../job-lists.ts";
import { button, inRows, lines, rows, type View } from "../view.ts";
import { clock, name, path, plainName, type Voice } from "../voice.ts";
import { waitLine } from "./card.ts";
import { deletionRow } from "./deletion-job.ts";
import { jobWords } from "./job-words.ts";
import { pager } from "./pager.ts";

export interface NumberedFamily {
  number: number | null;
  family: Family;
}

export const JOBS_PER_PAGE = 8;

/** "50 %", "⏳ waiting", "⏸ paused" */
export function stateWord({ t }: Voice, family: Family): string {
  const { states } = t.jobs;
  const { done, total } = family.progress;
  if (isOver(family.state)) return states[family.state as "completed" | "failed" | "cancelled"];
  if (family.paused) return states.paused;
  if (family.wait) return states.waiting;
  if (family.state === "draft") return states.draft;
  if (family.state === "waiting" && family.root.startedAt === null) return states.waiting;
  return family.counting || total === 0 ? states.counting : `${percent(done, total)} %`;
}

export function jobsView(
  voice: Voice,
  list: {
    running: number;
    waiting: number;
    finishedToday: number;
    jobs: Listed[];
    page: number;
    pages: number;
    /** The shared database is away: the list is what this machine knows. */
    local?: boolean;
  },
): View {
  const { jobs, machines } = voice.t;
  const heard = (heading: string) => (list.local ? machines.localJobs(heading) : heading);
  if (list.jobs.length === 0) {
    return {
      text: lines(list.local ? heard(jobs.noneHeading) : jobs.none),
      buttons: rows([
        button(jobs.download, ["run", "download"], "primary"),
        button(jobs.finished, ["jobs", "finished", 1]),
      ]),
    };
  }
  return {
    text: lines(heard(jobs.heading(list.running, list.waiting, list.finishedToday)), ...jobRows(voice, list.jobs)),
    buttons: [
      ...jobButtons(voice, list.jobs),
      ...pager(voice, list, (page) => ["jobs", "running", page]),
      ...rows([
        button(jobs.finished, ["jobs", "finished", 1]),
        button(voice.t.common.refresh, ["jobs", "running", list.page]),
      ]),
    ],
  };
}

export function finishedJobsView(
  voice: Voice,
  list: { total: number; jobs: Listed[]; page: number; pages: number },
): View {
  const { jobs } = voice.t;
  return {
    text: lines(list.total === 0 ? jobs.noneFinished : jobs.finishedHeading(list.total), ...jobRows(voice, list.jobs)),
    buttons: [
      ...jobButtons(voice, list.jobs),
      ...pager(voice, list, (page) => ["jobs", "finished", page]),
      ...rows([button(jobs.running, ["jobs", "running", 1])]),
    ],
  };
}

/** "12 📥 Download · News · 50 %" */
export function jobRow(voice: Voice, one: Listed): FormattedString {
  if ("deletion" in one) return deletionRow(voice, one);
  const { number, family } = one;
  return jobWords(voice, family.root).row(number ?? "–", plainName(family.root.title, 40), stateWord(voice, family));
}

export const idOf = (one: Listed): string => ("deletion" in one ? one.deletion.id : one.family.root.id);

const jobRows = (voice: Voice, list: readonly Listed[]): FormattedString[] => list.map((one) => jobRow(voice, one));

const jobButtons = ({ t }: Voice, list: readonly Listed[]) =>
  inRows(
    list.map((one) => button(one.number === null ? t.jobs.details : String(one.number), ["job", "details", idOf(one)])),
    4,
  );

export function detailsView(voice: Voice, { number, family }: NumberedFamily, reason: string | null): View {
  const { jobs, common } = voice.t;
  const { root, progress } = family;
  const { id, startedAt, endedAt } = root;
  const filter =
    root.task === "scan" || root.task === "archive" ? describeMediaFilter(root.payload.filter, voice) : null;
  const over = isOver(family.state);
  const words = jobWords(voice, root);
  // What is posted again is neither set aside nor begun anew: each message stands there for good.
  const isRestore = root.task === "restore";
  const tallies = [
    progress.saved > 0 && words.saved(progress.saved),
    progress.had > 0 && jobs.had(progress.had),
    progress.failed > 0 && words.failed(progress.failed),
    progress.bytes > 0 && formatBytes(progress.bytes, voice.language),
  ].filter((part) => typeof part === "string");
  return {
    text: lines(
      words.title(number ?? 0, name(root.title)),
      stateWord(voice, family),
      !over && family.wait && waitLine(voice, family, family.wait),
      filter && jobs.filter(filter),
      tallies.join(" · "),
      progress.seen > 0 && jobs.looked(progress.seen),
      startedAt && jobs.started(clock(voice, startedAt)),
      over && endedAt && startedAt && jobs.ended(clock(voice, endedAt)),
      family.hostnames.length > 0 && jobs.machines(plainName(family.hostnames.join(", "), 120)),
      reason && jobs.reason(cutText(reason, 300)),
    ),
    buttons: rows(
      [
        !over &&
          !isRestore &&
          (family.paused
            ? button(jobs.resume, ["job", "resume", id], "primary")
            : button(jobs.pause, ["job", "pause", id])),
        !over && button(jobs.cancel, ["job", "cancel", id]),
        over && !isRestore && button(jobs.retryAll, ["job", "repeat", id]),
      ],
      [
        progress.failed > 0 && !isRestore && button(jobs.showFailed(progress.failed), ["job", "failed", id]),
        over && !isRestore && progress.failed > 0 && button(jobs.retryFailed, ["job", "retry", id]),
      ],
      [
        button(jobs.backToJobs, ["jobs", over ? "finished" : "running", 1]),
        button(common.refresh, ["job", "details", id]),
      ],
    ),
  };
}

export const FAILED_PER_PAGE = 10;

export function failedView(
  voice: Voice,
  number: number,
  rootId: string,
  chat: Chat | null,
  list: { messages: (StoredMessage & { error: string | null })[]; total: number; page: number; pages: number },
): View {
  const { jobs } = voice.t;
  if (list.total === 0) return { text: lines(jobs.noneFailed) };
  const items = list.messages.map((message) => {
    const label = plainName(message.media.fileName ?? `#${message.messageId}`, 50);
    const link = chat && jumpLink(chat, message.messageId);
    return jobs.failedRow(
      link ? FormattedString.link(label, link) : path(label),
      cutText(message.error ?? jobs.noReason, 120),
    );
  });
  return {
    text: lines(jobs.failedHeading(number, list.total), ...items),
    buttons: [
      ...pager(voice, list, (page) => ["job", "failed", rootId, page]),
      ...rows([button(jobs.retryFailed, ["job", "retry", rootId], "primary"), button(voice.t.common.close, ["close"])]),
    ],
  };
}
