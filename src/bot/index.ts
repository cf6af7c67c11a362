/** The front door: the order of the middleware reads from top to bottom, and `startBot` opens it. */
import { Bot, type BotConfig, GrammyError } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { Logger } from "pino";
import { FatalError } from "../core/errors.ts";
import { OWN_CHAT } from "../core/own-chat.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import type { Db } from "../db/db.ts";
import { startAccountWatch } from "./account-watch.ts";
import { clientOptions, impatientApi, patientReplies, watchedLine, withoutPreviews } from "./api.ts";
import { createAsk } from "./ask.ts";
import { createClaim, OWNER } from "./claim.ts";
import { loadCommands } from "./command.ts";
import type { BotContext, Services } from "./context.ts";
import { startDatabaseWatch } from "./database-watch.ts";
import { createDeletionWatch } from "./deletion/watch.ts";
import { pressedButtons, typedCommands } from "./dispatch.ts";
import { answerErrors } from "./errors.ts";
import { tellGivenUp } from "./given-up.ts";
import { createMenu } from "./menu.ts";
import { notACommand } from "./not-a-command.ts";
import { ownerOnly } from "./owner-only.ts";
import { createPatience } from "./patience.ts";
import { createProgressBoard } from "./progress-board.ts";
import { startRounds } from "./rounds.ts";
import { createScheduleWatch } from "./schedule/watch.ts";
import { seenByAccount } from "./seen-by-account.ts";
import { createStrangers } from "./strangers.ts";
import { voiceOf } from "./voice.ts";

export interface BotDeps {
  config: { botToken: string; ownerId: number | null; botApiRoot: string };
  db: Db;
  /** This machine's name. */
  hostname?: string;
  log: Logger;
  /** The program stops. */
  signal: AbortSignal;
  now?: () => Date;
  /** Gets a "job" event whenever there is work for a worker in this process. */
  jobAdded?: EventTarget;
}

export const ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"] as const;
/** How long the start waits for Telegram; afterwards the bot goes on trying in the background. */
const START_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 3_000;
/** The last call tells Telegram which updates are done; it may hold its answer back for seconds, which is of no use. */
const LAST_CALL_MS = 1_000;

/** Builds the bot; nothing is called yet. */
export async function createBot(deps: BotDeps, botInfo?: UserFromGetMe) {
  const { config, db, log, now = () => new Date() } = deps;
  const stopping = new AbortController();
  const commands = await loadCommands();
  let owner = config.ownerId ?? (await db.settings.recall<number>(OWNER));
  const options: BotConfig<BotContext> = { client: clientOptions(config.botApiRoot), ...(botInfo ? { botInfo } : {}) };
  const bot = new Bot<BotContext>(config.botToken, options);
  bot.api.config.use(watchedLine(log), withoutPreviews, patientReplies());

  const jobAdded = () => {
    deps.jobAdded?.dispatchEvent(new Event("job"));
    board.nudge();
  };
  const ask = createAsk({ db, signal: stopping.signal, now, jobAdded });
  const wasSeen = seenByAccount(ask, () => bot.botInfo.username, log);
  const board = createProgressBoard({
    db,
    api: impatientApi(config.botToken, config.botApiRoot),
    log,
    now,
    wasSeen,
  });
  const strangers = createStrangers(db.settings, log);
  const claim = createClaim({
    settings: db.settings,
    log,
    now,
    onClaimed: (id) => {
      owner = id;
    },
  });
  const patience = createPatience(db.settings);
  const menu = createMenu(bot.api, commands, log);
  const deletions = createDeletionWatch({ db, api: bot.api, log, now, jobAdded });
  const schedules = createScheduleWatch({ db, api: bot.api, log, now, deletions });
  const services: Services = {
    db,
    log,
    now,
    hostname: deps.hostname ?? null,
    signal: stopping.signal,
    commands,
    jobAdded,
    deletions,
    ask,
    offerMenu: async () => {
      if (owner !== null) await menu(owner);
    },
  };

  bot.use(ownerOnly({ ownerId: () => owner, claim, strangers, log }));
  bot.use(patience.middleware);
  bot.use(async (ctx, next) => {
    ctx.services = services;
    // Whatever the database has: the owner gets an answer.
    ctx.settings = await db.settings.all().catch((error: unknown) => {
      log.error({ err: error }, "The settings could not be read; their defaults hold for now.");
      return DEFAULT_SETTINGS;
    });
    ctx.voice = voiceOf(ctx.settings, now());
    await next();
  });
  bot.use(answerErrors);
  bot.use(pressedButtons(commands));
  bot.use(typedCommands());
  bot.use(notACommand());
  // What fails outside the handlers, such as reading the settings: the next update is handled all the same.
  bot.catch(({ error, ctx }) => log.error({ err: error, updateId: ctx.update.update_id }, "An update failed."));

  return { bot, board, deletions, schedules, claim, patience, services, strangers, stopping, ownerId: () => owner };
}

export async function startBot(deps: BotDeps): Promise<{ stopped: Promise<void>; stop(): Promise<void> }> {
  const { log } = deps;
  const made = await createBot(deps);
  const { bot, board, deletions, schedules, claim, patience, services, strangers, stopping, ownerId } = made;
  let begun: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const watch = startAccountWatch({ db: deps.db, api: bot.api, log, ownerId, now: services.now });
  const databaseWatch = startDatabaseWatch({ db: deps.db, api: bot.api, log, ownerId, now: services.now });
  const rounds = startRounds({ api: bot.api, services, strangers, ownerId, now: services.now });

  const polling = bot
    .start({
      allowed_updates: [...ALLOWED_UPDATES],
      onStart: async ({ id, username }) => {
        log.info({ username }, "The bot is listening.");
        await deps.db.settings.remember(OWN_CHAT, id);
        if (ownerId() === null) claim.offer(username);
        board.start();
        deletions.start();
        schedules.start();
        begun();
        void services.offerMenu();
        const { again, givenUp } = await patience.unfinished();
        for (const update of again) void bot.handleUpdate(update).catch(() => undefined);
        for (const update of givenUp)
          await tellGivenUp({ api: bot.api, services, update, ownerId: ownerId() })
            .then(() => patience.forget(update))
            .catch((error: unknown) => log.warn({ err: error }, "The owner is told at the next start what was left."));
      },
    })
    .catch((error: unknown) => {
      throw pollingFault(error);
    });
  let stop: Promise<void> | null = null;
  const end = () => {
    stop ??= (async () => {
      stopping.abort();
      rounds.stop();
      watch.stop();
      databaseWatch.stop();
      await Promise.all([board.stop(), schedules.stop(), deletions.stop()]);
      await within(
        LAST_CALL_MS,
        bot.stop().catch((error: unknown) => log.debug({ err: error }, "Polling ended.")),
      );
      await within(STOP_WITHIN_MS, patience.idle());
      log.info("The bot has stopped.");
    })();
    return stop;
  };
  const stopped = polling.then(end, async (error: unknown) => {
    await end();
    throw error;
  });
  // Whoever holds `stopped` sees the failure; until then it is no unhandled rejection.
  stopped.catch(() => undefined);
  await Promise.race([ready, stopped, pause(START_WITHIN_MS)]);
  return { stopped, stop: end };
}

/** Telegram's two refusals that waiting does not cure. */
function pollingFault(error: unknown): unknown {
  if (!(error instanceof GrammyError)) return error;
  if (error.error_code === 401 || error.error_code === 404) {
    return new FatalError(
      "Telegram does not know this BOT_TOKEN: copy it once more from @BotFather (/mybots → API Token) into .env.",
      "BOT_TOKEN",
      { cause: error },
    );
  }
  if (error.error_code === 409) {
    return new FatalError(
      "Another copy of this bot is polling with the same token: stop it, or give this one a token of its own from @BotFather.",
      "OTHER_POLLER",
      { cause: error },
    );
  }
  return error;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

const within = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, pause(milliseconds)]);
