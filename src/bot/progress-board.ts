/**
 * The board follows the open cards: it reads how far their jobs are, once a second, and edits what must be seen. It only
 * watches; whatever it shows can be read again from the database after a restart.
 */
import type { Api } from "grammy";
import type { Logger } from "pino";
import { isOver } from "../core/job.ts";
import type { Settings } from "../core/settings.ts";
import type { Db } from "../db/db.ts";
import { createCardMemory } from "./card-memory.ts";
import { type DueChange, dueChange } from "./card-state.ts";
import { createEditBudget } from "./edit-budget.ts";
import { createEndings } from "./endings.ts";
import { createPaces } from "./pace.ts";
import { editView, isPassing, sendView, waitAsked } from "./sending.ts";
import { cardView, milestoneMessage } from "./views/card.ts";
import { voiceOf } from "./voice.ts";

const TICK_MS = 1_000;
/** At the end of the program: the cards are told within this time or not at all. */
const FAREWELL_MS = 5_000;
/** A look that is under way then may end first, so that its edit does not come after the last one. */
const LAST_LOOK_MS = 1_000;

export interface ProgressBoard {
  start(): void;
  /** Looks at once; for a press whose effect shall be seen now. */
  nudge(): void;
  /** Says on each card that its job is paused by the restart, then watches no more. */
  stop(): Promise<void>;
  /** One look, as each second brings it. */
  tick(): Promise<void>;
}

export function createProgressBoard(deps: {
  db: Db;
  /** Without retry: what could not be shown now is shown as it is then. */
  api: Api;
  log: Logger;
  now: () => Date;
}): ProgressBoard {
  const { db, api, log, now } = deps;
  const budget = createEditBudget(now);
  const paces = createPaces(now);
  const memory = createCardMemory(db.settings);
  const endings = createEndings(deps);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    const cards = await db.jobCards.openCards();
    if (cards.length === 0) return;
    const families = new Map(
      (await db.jobs.families(cards.map(({ jobId }) => jobId))).map((one) => [one.root.id, one]),
    );
    const settings = await db.settings.all();
    await memory.load();
    const due: DueChange[] = [];
    for (const card of cards) {
      const family = families.get(card.jobId);
      if (!family) {
        await db.jobCards.update(card.jobId, { closedAt: now() });
        continue;
      }
      if (family.state === "draft") continue;
      if (isOver(family.state)) {
        if (card.endMessageId === null) await endings.send(card, family, settings);
        else due.push({ card, family, state: "over", shape: { kind: "over" }, milestone: null, urgent: false });
        continue;
      }
      const pace = paces.note(card.jobId, family);
      const change = dueChange({
        card,
        family,
        shown: memory.shown(card.jobId),
        now: now(),
        expectedMs: pace.expectedMs,
      });
      if (!change) continue;
      if (change.milestone !== null && change.shape.kind === "milestone" && settings.milestones === "messages") {
        await tellMilestone(change, settings);
      } else due.push(change);
    }
    const next = due.find(({ urgent }) => urgent) ?? due[0];
    if (next && !stopped && budget.take()) await edit(next, settings);
  }

  async function edit(change: DueChange, settings: Settings): Promise<void> {
    const { card, family, state, shape, milestone } = change;
    // Kept before it is shown: killed in between, a milestone is left out rather than told twice.
    if (milestone !== null) await db.jobCards.update(card.jobId, { milestone });
    const view = cardView(voiceOf(settings, now()), family, card.number, shape, paces.of(card.jobId, family));
    try {
      if (card.messageId !== null) await editView(api, card.chatId, card.messageId, view);
    } catch (error) {
      noteFailure(error);
      return;
    }
    if (state === "over") {
      await db.jobCards.update(card.jobId, {
        closedAt: now(),
        ...(family.state === "completed" ? { milestone: 100 } : {}),
      });
      await memory.forget(card.jobId);
      paces.forget(card.jobId);
    } else await memory.set(card.jobId, state);
  }

  async function tellMilestone({ card, family, state, milestone }: DueChange, settings: Settings): Promise<void> {
    if (milestone === null) return;
    await db.jobCards.update(card.jobId, { milestone });
    await memory.set(card.jobId, state);
    const view = milestoneMessage(voiceOf(settings, now()), family, card.number, milestone);
    try {
      await sendView(api, card.chatId, view, { replyTo: card.messageId, silent: true });
    } catch (error) {
      noteFailure(error);
    }
  }

  function noteFailure(error: unknown): void {
    const seconds = waitAsked(error);
    if (seconds !== null) budget.pause(seconds);
    if (isPassing(error)) log.debug({ err: error, seconds }, "A card could not be edited now.");
    else log.warn({ err: error }, "A card could not be edited.");
  }

  async function farewell(): Promise<void> {
    const settings = await db.settings.all();
    const cards = (await db.jobCards.openCards()).filter(({ messageId }) => messageId !== null);
    const families = await db.jobs.families(cards.map(({ jobId }) => jobId));
    await memory.load();
    await Promise.all(
      families.map(async (family) => {
        const card = cards.find(({ jobId }) => jobId === family.root.id);
        const begun = family.root.startedAt !== null && !isOver(family.state) && family.state !== "draft";
        if (!card?.messageId || !begun || family.paused) return;
        const view = cardView(voiceOf(settings, now()), family, card.number, { kind: "restart" });
        await editView(api, card.chatId, card.messageId, view);
        await memory.set(card.jobId, "restart");
        log.info({ jobId: card.jobId, number: card.number }, "The owner was told that a job pauses.");
      }),
    );
  }

  function tick(): Promise<void> {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, "The board could not look at the jobs."))
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  function again(milliseconds: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void tick().finally(() => again(TICK_MS)), milliseconds);
  }

  return {
    start: () => again(0),
    nudge: () => {
      if (timer) again(50);
    },
    tick,
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      await Promise.race([
        (async () => {
          await Promise.race([looking, pause(LAST_LOOK_MS)]);
          await farewell();
          await endings.idle();
        })().catch((error: unknown) => log.warn({ err: error }, "The cards could not be told of the stop.")),
        pause(FAREWELL_MS),
      ]);
    },
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
