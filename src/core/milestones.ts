/** The points at which a job's progress is told. */
export const MILESTONES = [0, 25, 50, 75, 100] as const;
export type Milestone = (typeof MILESTONES)[number];

export interface MilestoneState {
  done: number;
  total: number;
  /** The total may still grow, so that only the start can be told. */
  counting: boolean;
  over: boolean;
  /** The highest one told so far, -1 for none. */
  shown: number;
}

/**
 * The milestone to tell now, or null. Each is told at most once and never one below it afterwards; a jump from 10 % to
 * 80 % tells 75 alone; 100 is told only when everything is over.
 */
export function milestoneToTell(state: MilestoneState): Milestone | null {
  const reached = reachedMilestone(state);
  return reached > state.shown ? reached : null;
}

function reachedMilestone({ done, total, counting, over }: MilestoneState): Milestone {
  if (over) return 100;
  if (counting || total <= 0) return 0;
  const percent = (done / total) * 100;
  return MILESTONES.findLast((milestone) => milestone < 100 && milestone <= percent) ?? 0;
}
