/** What a card should show by now, and whether that is worth an edit. Pure. */
import type { Family } from "../core/job.ts";
import { milestoneToTell } from "../core/milestones.ts";
import type { JobCard } from "../db/db.ts";
import type { CardShape } from "./views/card.ts";

/** A wait that is over sooner is not worth an edit. */
const WORTH_SAYING_MS = 3_000;
/** A job that nobody takes for so long is told to be waiting. */
const QUEUED_AFTER_MS = 10_000;
/** A job that will be over so soon goes straight to its result. */
const SHORT_JOB_MS = 5_000;

/** The state shown, as a word that is kept with the card: "running", "paused", "waiting:FLOOD_WAIT:<minute>", … */
export type ShownState = string;
export const RUNNING: ShownState = "running";
/** Running, and the card has said how many files there are. */
export const COUNTED: ShownState = "counted";
/** A job that has not come to its first quarter by then says how many files it has. */
const COUNTED_AFTER_MS = 20_000;

const isMoving = (state: ShownState): boolean => state === RUNNING || state === COUNTED;

export interface DueChange {
  card: JobCard;
  family: Family;
  state: ShownState;
  shape: CardShape;
  /** The milestone that this tells. */
  milestone: number | null;
  /** A change of state comes before milestones. */
  urgent: boolean;
}

export function dueChange(at: {
  card: JobCard;
  family: Family;
  /** What the card shows now. */
  shown: ShownState;
  now: Date;
  /** How long the whole job will take, by its pace; null while unknown. */
  expectedMs: number | null;
}): DueChange | null {
  const { card, family, shown, now } = at;
  const state = stateOf(family, shown, now);
  const { done, total } = family.progress;
  const milestone = milestoneToTell({ done, total, counting: family.counting, over: false, shown: card.milestone });
  if (state !== shown) {
    const shape = shapeOf(state, family);
    // Coming back from a wait right at a milestone, the milestone is the news.
    if (isMoving(state) && milestone !== null && milestone > 0) {
      return { card, family, state, shape: { kind: "milestone", percent: milestone }, milestone, urgent: true };
    }
    return { card, family, state, shape, milestone: null, urgent: state !== COUNTED };
  }
  if (milestone === null || !isMoving(state)) return null;
  const short = at.expectedMs !== null && at.expectedMs < SHORT_JOB_MS;
  if (short && milestone > 0) return null;
  return { card, family, state, shape: { kind: "milestone", percent: milestone }, milestone, urgent: false };
}

export function stateOf(family: Family, shown: ShownState, now: Date): ShownState {
  if (family.paused) return "paused";
  const { wait, root } = family;
  if (wait) {
    const left = wait.until.getTime() - now.getTime();
    const minute = Math.floor(wait.until.getTime() / 60_000);
    const said = `waiting:${wait.reason}:${minute}`;
    if (left >= WORTH_SAYING_MS || shown === said) return said;
  }
  if (family.state === "active") return movingState(family, shown, now);
  if (root.startedAt === null) {
    const queuedFor = now.getTime() - Math.max(root.createdAt.getTime(), root.runAt.getTime());
    return queuedFor >= QUEUED_AFTER_MS ? "queued" : shown;
  }
  // Between two parts nobody holds the job for a moment: that is no news. A resumed or waited-out job is.
  return shown === "restart" || isMoving(shown) ? shown : RUNNING;
}

function movingState({ root, counting, progress }: Family, shown: ShownState, now: Date): ShownState {
  if (counting || progress.total === 0) return shown === COUNTED ? COUNTED : RUNNING;
  // Whatever else was shown before, the card now says the number of files with it.
  if (!isMoving(shown)) return COUNTED;
  const quarter = progress.done * 4 >= progress.total;
  const since = now.getTime() - (root.startedAt ?? now).getTime();
  return shown === RUNNING && !quarter && since >= COUNTED_AFTER_MS ? COUNTED : shown;
}

export function shapeOf(state: ShownState, family: Family): CardShape {
  if (state === "paused") return { kind: "paused" };
  if (state === "queued") return { kind: "queued" };
  if (state === "restart") return { kind: "restart" };
  if (state.startsWith("waiting:") && family.wait) return { kind: "waiting", wait: family.wait };
  return { kind: "goes-on" };
}
