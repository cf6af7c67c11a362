/** A progress board without the rest of the bot. */
import pino from "pino";
import { impatientApi } from "../../../src/bot/api.ts";
import { createProgressBoard } from "../../../src/bot/progress-board.ts";
import { newId } from "../../../src/core/id.ts";
import type { JobProgress } from "../../../src/core/job.ts";
import { OWNER, type Shown } from "./bot-api.ts";
import { type Stage, stage } from "./stage.ts";

export const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");
export const GB = 1024 ** 3;

/** A board with a clock of its own, and one running job with its card; nothing else is at work. */
export async function board() {
  const set = await stage({ start: false });
  const { api, db, clock } = set;
  const now = () => new Date(Date.now() + clock.offset);
  const make = () =>
    createProgressBoard({
      db,
      api: impatientApi("1:TEST", api.url),
      log: pino({ level: "silent" }),
      now,
    });
  let current = make();
  const card = await cardFor(set);
  const job = await set.worker.claim();
  return {
    ...set,
    card,
    job,
    now,
    /** One look, `seconds` after the last. */
    async look(seconds = 3.1) {
      clock.offset += seconds * 1_000;
      await current.tick();
    },
    farewell: () => current.stop(),
    /** The program is killed and started again. */
    restart() {
      current = make();
    },
  };
}

/** What a command leaves behind: a job that waits, its card and the message that shows it. */
export async function cardFor({ api, db }: Stage, title = "News") {
  const jobId = newId();
  const payload = { chatId: -1001, filter: { types: ["video" as const] }, next: "download" as const };
  await db.jobs.add([{ id: jobId, task: "scan", payload, title }]);
  const { number } = await db.jobCards.open({ jobId, chatId: OWNER.id, replyToId: 1 });
  const sent = await impatientApi("1:TEST", api.url).sendMessage(OWNER.id, `Job ${number}\n0 % – counting files…`);
  await db.jobCards.update(jobId, { messageId: sent.message_id, milestone: 0 });
  const shown = api.shown.get(sent.message_id);
  if (!shown) throw new Error("no card");
  return shown;
}

export const settled = (done: number, failed = 0): Partial<JobProgress> => ({
  done,
  saved: done - failed,
  failed,
  bytes: (done / 312) * 41 * GB,
});

/** The milestones that a card has shown, in order. */
export const percents = (shown: Shown) =>
  shown.versions.flatMap((text) => /(?:^|\n)(?:✅ )?(\d+) % –/.exec(text)?.[1] ?? []).map(Number);
