/** /schedule — what recurs: lists it, and makes a new one. So far deletions: keep the last so many days of a chat. */
import { defineCommand } from "../command.ts";
import { safely } from "../deletion/plan.ts";
import { readSchedule, TYPED, typedCap } from "../schedule/create.ts";
import { listSchedules, pressSchedule } from "../schedule/presses.ts";

export default defineCommand({
  name: "schedule",
  description: "Keep a chat short by itself",
  usage: "[delete <chat> keep 30d [filters] [daily|weekly|monthly|monday] [at 10:00] [cap 500]]",
  examples: [
    "/schedule",
    "/schedule delete @group keep 30d from:me",
    '/schedule delete "Shopping" keep 8w mondays at 09:30 cap 200',
  ],
  group: "remove",
  explanation:
    "Deletes what is older than you say, again and again, by your clock (a time that the clocks skip runs right after the gap). Each run takes the oldest, never more than its cap and the day's limit; makes a copy first and keeps what could not be copied; and sends a notice with Undo, long before anything is deleted. A run that was missed is offered. Needs deleting to be on in /settings.",

  async run(ctx, words) {
    await safely(ctx, () => (words === "" ? listSchedules(ctx, true) : readSchedule(ctx, words)));
  },
  presses: { sch: pressSchedule },
  answers: {
    [TYPED]: async (ctx, draftId, text) => (await safely(ctx, () => typedCap(ctx, draftId, text))) ?? true,
  },
});
