/** Brings what is due onto the phone: an edit of the card, or a milestone as a message of its own. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Settings } from "../core/settings.ts";
import type { Db } from "../db/db.ts";
import type { CardMemory } from "./card-memory.ts";
import type { DueChange } from "./card-state.ts";
import type { EditBudget } from "./edit-budget.ts";
import type { Paces } from "./pace.ts";
import { editView, isPassing, sendView, troubleOf, waitAsked } from "./sending.ts";
import { cardView, milestoneMessage } from "./views/card.ts";
import { voiceOf } from "./voice.ts";

export interface CardEdits {
  edit(change: DueChange, settings: Settings): Promise<void>;
  tellMilestone(change: DueChange, settings: Settings): Promise<void>;
}

export function createCardEdits(deps: {
  db: Db;
  api: Api;
  log: Logger;
  now: () => Date;
  budget: EditBudget;
  paces: Paces;
  memory: CardMemory;
}): CardEdits {
  const { db, api, log, now, budget, paces, memory } = deps;

  /** Tries to show it; true unless it is worth another try. What Telegram will never take is not tried again. */
  async function shown(show: () => Promise<unknown>): Promise<boolean> {
    try {
      await show();
      return true;
    } catch (error) {
      const seconds = waitAsked(error);
      if (seconds !== null) budget.pause(seconds);
      if (!isPassing(error)) log.warn(troubleOf(error), "A card could not be edited.");
      else log.debug({ ...troubleOf(error), seconds }, "A card could not be edited now.");
      return !isPassing(error);
    }
  }

  return {
    async edit({ card, family, state, shape, milestone }, settings) {
      // Kept before it is shown: killed in between, a milestone is left out rather than told twice.
      if (milestone !== null) await db.jobCards.update(card.jobId, { milestone });
      const { messageId } = card;
      const view = cardView(voiceOf(settings, now()), family, card.number, shape, paces.of(card.jobId, family));
      const done = messageId === null || (await shown(() => editView(api, card.chatId, messageId, view)));
      if (!done) return;
      if (state !== "over") return memory.set(card.jobId, state);
      const last = family.state === "completed" ? { milestone: 100 } : {};
      await db.jobCards.update(card.jobId, { closedAt: now(), ...last });
      await memory.forget(card.jobId);
      paces.forget(card.jobId);
    },
    async tellMilestone({ card, family, state, milestone }, settings) {
      if (milestone === null) return;
      await db.jobCards.update(card.jobId, { milestone });
      await memory.set(card.jobId, state);
      const view = milestoneMessage(voiceOf(settings, now()), family, card.number, milestone);
      await shown(() => sendView(api, card.chatId, view, { replyTo: card.messageId, silent: true }));
    },
  };
}
