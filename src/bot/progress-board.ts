/**
 * The board follows the open cards: it reads how far their jobs are, once a second, and edits what must be seen. It only
 * watches; whatever it shows can be read again from the database after a restart.
 */
import type { Api } from "grammy";
import type { Logger } from "pino";
import { type Family, isOver } from "../core/job.ts";
import type { Settings } from "../core/settings.ts";
import type { Db, JobCard } from "../db/db.ts";
import { createCardEdits } from "./card-edits.ts";
import { createCardMemory } from "./card-memory.ts";
import { type DueChange, dueChange } from "./card-state.ts";
import { createEditBudget } from "./edit-budget.ts";
import { createEndings, type WasSeen } from "./endings.ts";
import { sayFarewell } from "./farewell.ts";
import { createPaces } from "./pace.ts";

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
  /** Looks with the account's eyes; without it what may have been told is told again. */
  wasSeen?: WasSeen;
}): ProgressBoard {
  const { db, log, now } = deps;
  const budget = createEditBudget(now);
  const paces = createPaces(now);
  const memory = createCardMemory(db.settings);
  const endings = createEndings(deps);
  const edits = createCardEdits({ ...deps, budget, paces, memory });
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    const cards = await db.jobCards.openCards();
    if (cards.length === 0) return;
    const families = await db.jobs.families(cards.map(({ jobId }) => jobId));
    const familyOf = new Map(families.map((family) => [family.root.id, family]));
    const settings = await db.settings.all();
    await memory.load();
    const due: DueChange[] = [];
    for (const card of cards) {
      const family = familyOf.get(card.jobId);
      if (!family || family.state === "draft") continue;
      try {
        const change = await dueOf(card, family, settings);
        if (change) due.push(change);
      } catch (error) {
        // One card that cannot be shown must not hide the others.
        log.error({ err: error, jobId: card.jobId }, "A job could not be followed.");
      }
    }
    const next = due.find(({ urgent }) => urgent) ?? due[0];
    if (next && !stopped && budget.take()) await edits.edit(next, settings);
  }

  /** What waits for the next edit; messages of their own are sent right here. */
  async function dueOf(card: JobCard, family: Family, settings: Settings): Promise<DueChange | null> {
    if (isOver(family.state)) {
      if (card.endMessageId === null) await endings.send(card, family, settings);
      else return { card, family, state: "over", shape: { kind: "over" }, milestone: null, urgent: false };
      return null;
    }
    const { expectedMs } = paces.note(card.jobId, family);
    const change = dueChange({ card, family, shown: memory.shown(card.jobId), now: now(), expectedMs });
    const asMessage = change?.shape.kind === "milestone" && settings.milestones === "messages";
    if (!change || !asMessage) return change;
    await edits.tellMilestone(change, settings);
    return null;
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

  async function end(): Promise<void> {
    await Promise.race([looking, pause(LAST_LOOK_MS)]);
    await sayFarewell({ ...deps, memory });
    await endings.idle();
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
      const told = end().catch((error: unknown) =>
        log.warn({ err: error }, "The cards could not be told of the stop."),
      );
      await Promise.race([told, pause(FAREWELL_MS)]);
    },
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
