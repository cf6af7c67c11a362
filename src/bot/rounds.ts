/** What is looked after now and then: the evening's line about strangers, and forgotten dialogues. */

import { fmt } from "@grammyjs/parse-mode";
import type { Api } from "grammy";
import type { Services } from "./context.ts";
import { sendView } from "./sending.ts";
import type { Strangers } from "./strangers.ts";
import { voiceOf } from "./voice.ts";

const EVERY_MS = 60_000;

export interface RoundsDeps {
  api: Api;
  services: Services;
  strangers: Strangers;
  ownerId: () => number | null;
  now: () => Date;
}

export function startRounds(deps: RoundsDeps): { stop(): void } {
  const timer = setInterval(() => {
    makeRound(deps).catch((error: unknown) => deps.services.log.warn({ err: error }, "A round failed."));
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

export async function makeRound({ api, services, strangers, ownerId, now }: RoundsDeps): Promise<void> {
  const { db } = services;
  await db.drafts.forgetExpired(now());
  const settings = await db.settings.all();
  const owner = ownerId();
  const count = await strangers.due(now(), settings.timeZone);
  if (owner === null || count === 0) return;
  const { t } = voiceOf(settings, now());
  await sendView(api, owner, { text: fmt`${t.common.strangers(count)}` }, { silent: true });
  await strangers.told(now(), settings.timeZone);
}
