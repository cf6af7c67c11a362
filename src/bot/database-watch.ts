/**
 * Tells the owner, once, that the shared database is away, and once that it is back. A server that comes and goes within
 * a minute is one outage: it is called back only when it has stayed for a while.
 */
import { randomBytes } from "node:crypto";
import { fmt } from "@grammyjs/parse-mode";
import type { Api } from "grammy";
import type { Logger } from "pino";
import { formatDuration } from "../core/units.ts";
import type { Db } from "../db/db.ts";
import { editView, sendView } from "./sending.ts";
import { button, rows, type View } from "./view.ts";
import { type Voice, voiceOf } from "./voice.ts";

const EVERY_MS = 1_000;
const STAYED_MS = 15_000;
/** The outage that the owner has been told of and that is not over; kept through restarts. */
const HEARD = "database-heard";

interface Outage {
  since: string;
  reference: string;
  /** Why the server refuses us, where it does more than not to answer. */
  refusal: string | null;
  messageId: number;
  /** Handed over so far, and by which handing over that is up to date. */
  rows: number;
  countedAt: string | null;
}

export interface DatabaseWatchDeps {
  db: Db;
  api: Api;
  log: Logger;
  ownerId: () => number | null;
  now: () => Date;
  stayedMs?: number;
}

export function startDatabaseWatch(deps: DatabaseWatchDeps): { stop(): void } {
  const look = createDatabaseWatch(deps);
  let timer: NodeJS.Timeout;
  let stopped = false;
  const again = () => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => deps.log.warn({ err: error }, "The owner could not be told how the database is."))
        .finally(() => {
          if (!stopped) again();
        });
    }, EVERY_MS).unref();
  };
  again();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** One look; each compares what is with what the owner has heard. */
export function createDatabaseWatch(deps: DatabaseWatchDeps): () => Promise<void> {
  const { db, api, log, ownerId, now, stayedMs = STAYED_MS } = deps;
  /** Undefined until it was read. */
  let told: Outage | null | undefined;
  let backSince: Date | null = null;

  const keep = async (outage: Outage | null) => {
    told = outage;
    await db.settings.remember(HEARD, outage);
  };

  return async () => {
    const owner = ownerId();
    if (owner === null) return;
    const { awaySince, awayReason, refused, handedOver } = await db.status();
    if (told === undefined) told = (await db.settings.recall<Outage>(HEARD)) ?? null;
    if (awaySince) {
      backSince = null;
      if (told) return;
      const reference = randomBytes(2).toString("hex").toUpperCase();
      const outage = { since: awaySince.toISOString(), reference, refusal: refused ? awayReason : null };
      const messageId = await sendView(api, owner, awayView(await voice(), outage, true), { silent: true });
      log.warn({ reference, since: awaySince }, "The owner was told that the database is away.");
      await keep({ ...outage, messageId, rows: 0, countedAt: handedOver?.at.toISOString() ?? null });
      return;
    }
    if (!told) return;
    backSince ??= now();
    const handedAt = handedOver?.at.toISOString() ?? null;
    if (handedOver && handedAt !== told.countedAt) {
      await keep({ ...told, rows: told.rows + handedOver.rows, countedAt: handedAt });
    }
    if (now().getTime() - backSince.getTime() < stayedMs) return;
    const outage = told;
    const took = formatDuration(Math.max(1_000, backSince.getTime() - new Date(outage.since).getTime()));
    const speech = await voice();
    await sendView(api, owner, { text: fmt`${speech.t.machines.back(took, outage.rows)}` }, { silent: true });
    log.info({ reference: outage.reference, rows: outage.rows }, "The owner was told that the database is back.");
    await keep(null);
    // Its button has nothing to try any more.
    await editView(api, owner, outage.messageId, awayView(speech, outage, false));
  };

  async function voice(): Promise<Voice> {
    return voiceOf(await db.settings.all(), now());
  }
}

function awayView({ t }: Voice, outage: Pick<Outage, "reference" | "refusal">, open: boolean): View {
  const { machines } = t;
  return {
    text: outage.refusal ? machines.awayRefused(outage.refusal, outage.reference) : machines.away(outage.reference),
    buttons: open ? rows([button(machines.tryNow, ["db-now"])]) : [],
  };
}
