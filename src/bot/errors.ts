/** What goes wrong in a handler becomes one answer in words; the stack goes to the log alone. */
import { randomBytes } from "node:crypto";
import { fmt } from "@grammyjs/parse-mode";
import type { MiddlewareFn } from "grammy";
import { AccessError, FatalError, RetryLaterError, UsageError, UserError } from "../core/errors.ts";
import { AccountNeededError, NoAnswerError, StoppedError } from "./ask.ts";
import { findCommand, parseCommand, usageOf } from "./command.ts";
import type { BotContext } from "./context.ts";
import { accountNeeded, saveCommand } from "./saved-command.ts";
import { isChatUnknown, isTooOld, isUnmodified, say, waitAsked } from "./sending.ts";
import { button, lines, rows, type View } from "./view.ts";
import { clock } from "./voice.ts";

export const answerErrors: MiddlewareFn<BotContext> = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    await report(ctx, error);
  }
};

/** Says what went wrong. Its own failure is logged: there is nobody left to tell. */
export async function report(ctx: BotContext, error: unknown): Promise<void> {
  const { log } = ctx.services;
  if (isTooOld(error) || isUnmodified(error)) return;
  if (isChatUnknown(error)) {
    log.warn({ err: error }, "The owner has not started the bot or has blocked it, so an answer was not delivered.");
    return;
  }
  try {
    await say(ctx, await viewOf(ctx, error));
  } catch (failure) {
    log.error({ err: failure }, "An error message could not be sent.");
  }
}

async function viewOf(ctx: BotContext, error: unknown): Promise<View> {
  const { t } = ctx.voice;
  if (error instanceof AccountNeededError)
    return accountNeeded(ctx.voice, error, await saveCommand(ctx.services, ctx.message?.text));
  if (error instanceof NoAnswerError) {
    const text = error.wait
      ? t.common.waitingFor(clock(ctx.voice, error.wait.until))
      : t.common.noAnswer(error.message);
    return { text: fmt`${text}` };
  }
  if (error instanceof RetryLaterError && error.reason === "DATABASE") return databaseAway(ctx, error);
  if (error instanceof RetryLaterError) return { text: t.common.waitingFor(clock(ctx.voice, error.at)) };
  if (error instanceof UsageError) return { text: lines(t.common.problem(error.message), usageLine(ctx)) };
  if (error instanceof UserError || error instanceof AccessError || error instanceof FatalError) {
    return { text: fmt`${t.common.problem(error.message)}` };
  }
  if (waitAsked(error) !== null) return { text: fmt`${t.common.saidNo}` };
  const reference = newReference();
  ctx.services.log.error({ err: error, reference, updateId: ctx.update.update_id }, "A handler failed.");
  return { text: t.common.unexpected(reference) };
}

/** What cannot be done without the shared database; nothing was begun. */
function databaseAway(ctx: BotContext, error: RetryLaterError): View {
  const { machines, common } = ctx.voice.t;
  const reference = newReference();
  ctx.services.log.warn({ err: error, reference }, "A command needs the database, which is away.");
  return {
    text: machines.notNow(error.message, reference),
    buttons: rows([button(machines.tryNow, ["db-now"]), button(common.close, ["close"])]),
  };
}

const newReference = (): string => randomBytes(2).toString("hex").toUpperCase();

function usageLine(ctx: BotContext) {
  const typed = parseCommand(ctx.message?.text ?? "");
  const command = typed && findCommand(ctx.services.commands, typed.name);
  return command ? ctx.voice.t.common.usage(usageOf(command)) : null;
}
