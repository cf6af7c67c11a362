/** The program stops: each card of a job that has begun says that it goes on later. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import { type Family, isOver } from "../core/job.ts";
import type { Db } from "../db/db.ts";
import type { CardMemory } from "./card-memory.ts";
import { editView } from "./sending.ts";
import { cardView } from "./views/card.ts";
import { voiceOf } from "./voice.ts";

export async function sayFarewell(deps: {
  db: Db;
  api: Api;
  log: Logger;
  now: () => Date;
  memory: CardMemory;
}): Promise<void> {
  const { db, api, log, now, memory } = deps;
  const voice = voiceOf(await db.settings.all(), now());
  const cards = await db.jobCards.openCards();
  const families = await db.jobs.families(cards.map(({ jobId }) => jobId));
  await memory.load();
  await Promise.all(
    families.filter(isInterrupted).map(async (family) => {
      const card = cards.find(({ jobId }) => jobId === family.root.id);
      if (!card?.messageId) return;
      await editView(api, card.chatId, card.messageId, cardView(voice, family, card.number, { kind: "restart" }));
      await memory.set(card.jobId, "restart");
      log.info({ jobId: card.jobId, number: card.number }, "The owner was told that a job pauses.");
    }),
  );
}

const isInterrupted = ({ root, state, paused }: Family): boolean =>
  root.startedAt !== null && !paused && !isOver(state) && state !== "draft";
