/**
 * The door. Whoever is not the owner meets silence: no answer, no callback answer, nothing that shows somebody is here.
 * The one call for others is leaving a group that the bot was put into.
 */
import type { MiddlewareFn } from "grammy";
import type { Logger } from "pino";
import type { Claim } from "./claim.ts";
import type { BotContext } from "./context.ts";
import type { Strangers } from "./strangers.ts";

export interface Door {
  ownerId: () => number | null;
  claim: Claim;
  strangers: Strangers;
  log: Logger;
}

export function ownerOnly({ ownerId, claim, strangers, log }: Door): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (ctx.myChatMember && ctx.chat?.type !== "private") {
      await leaveGroup(ctx, log);
      return;
    }
    const from = ctx.from?.id;
    if (from === undefined || ctx.from?.is_bot) return;
    const here = ctx.chat === undefined || (ctx.chat.type === "private" && ctx.chat.id === from);
    if (!here) return;

    if (ownerId() === null && ctx.chat && (await claim.tryClaim(from, ctx.message?.text ?? ""))) {
      log.info({ ownerId: from }, "The bot has its owner now; only this person is answered.");
      ctx.claimed = true;
      await next();
      return;
    }
    if (from !== ownerId()) {
      await strangers.note(from);
      return;
    }
    await next();
  };
}

async function leaveGroup(ctx: BotContext, log: Logger): Promise<void> {
  const status = ctx.myChatMember?.new_chat_member.status;
  if (status === undefined || status === "left" || status === "kicked") return;
  log.info({ chatId: ctx.chat?.id }, "Put into a group; leaving it, since this bot talks to its owner alone.");
  await ctx.leaveChat().catch((error: unknown) => log.warn({ err: error }, "The group could not be left."));
}
