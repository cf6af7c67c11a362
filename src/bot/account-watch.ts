/** Tells the owner, once, that Telegram has signed the account out, and once that it is back. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import { isQuiet } from "../core/clock.ts";
import type { Db } from "../db/db.ts";
import { type AccountState, accountState } from "./account.ts";
import { countJobs } from "./job-lists.ts";
import { sendView } from "./sending.ts";
import { button, rows, type View } from "./view.ts";
import { plainName, type Voice, voiceOf } from "./voice.ts";

const EVERY_MS = 2_000;
/** What the owner heard last, or saw by using it: "connected" or "lost". Kept through restarts. */
const HEARD = "account-heard";

export interface AccountWatchDeps {
  db: Db;
  api: Api;
  log: Logger;
  ownerId: () => number | null;
  now: () => Date;
}

export function startAccountWatch(deps: AccountWatchDeps): { stop(): void } {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const again = () => {
    timer = setTimeout(() => {
      lookAtAccount(deps)
        .catch((error: unknown) => deps.log.warn({ err: error }, "The account could not be looked at."))
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

export async function lookAtAccount({ db, api, log, ownerId, now }: AccountWatchDeps): Promise<void> {
  const owner = ownerId();
  const state = accountState(await db.workers.list(), now());
  const here = state.kind === "connected" ? "connected" : isLost(state) ? "lost" : null;
  if (owner === null || here === null) return;
  const heard = await db.settings.recall<string>(HEARD);
  if (heard === here) return;
  // An account that never was connected has not been lost: /start says what to do.
  if (heard !== null) {
    const settings = await db.settings.all();
    const voice = voiceOf(settings, now());
    const silent = here === "connected" || isQuiet(settings.quietHours, now(), settings.timeZone);
    await sendView(api, owner, await viewOf(state, voice, db), { silent });
    log.info({ account: here }, "The owner was told how the account is.");
  } else if (here === "lost") return;
  await db.settings.remember(HEARD, here);
}

const isLost = (state: AccountState): boolean =>
  state.kind === "signed-out" || (state.kind === "trouble" && state.trouble === "DUPLICATE_SESSION");

async function viewOf(state: AccountState, { t }: Voice, db: Db): Promise<View> {
  if (state.kind === "connected") return { text: t.common.accountBack(plainName(state.account.name)) };
  const { running, waiting } = await countJobs(db);
  const duplicate = state.kind === "trouble";
  return {
    text: t.common.accountLost(running + waiting, duplicate),
    buttons: rows([button(t.common.reconnect, ["connect"], "primary")]),
  };
}
