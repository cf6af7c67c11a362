/** Button presses: each finds its handler by the verb in its data and is answered exactly once. */
import { GrammyError, HttpError, type MiddlewareFn } from "grammy";
import { UserError } from "../core/errors.ts";
import { cutText } from "../core/text.ts";
import { AccountNeededError, NoAnswerError } from "./ask.ts";
import type { PressHandler } from "./command.ts";
import type { BotContext } from "./context.ts";
import { parsePress } from "./view.ts";

const TOAST_LIMIT = 200;
/** A toast that comes later than this is of no use, and until then the button spins. */
const ANSWER_WITHIN_MS = 1_000;

export function answerPresses(handlers: ReadonlyMap<string, PressHandler>): MiddlewareFn<BotContext> {
  return async (ctx) => {
    const press = parsePress(ctx.callbackQuery?.data ?? "");
    const handler = press && handlers.get(press.verb);
    if (!press || !handler) {
      await answer(ctx, ctx.voice.t.common.stale);
      return;
    }
    const work = handler(ctx, press.args);
    const slow = Symbol("slow");
    try {
      const first = await Promise.race([work, after(ANSWER_WITHIN_MS, slow)]);
      await answer(ctx, typeof first === "symbol" ? undefined : first);
    } catch (error) {
      const words = error instanceof UserError && !isOwnView(error) ? error.message : undefined;
      await answer(ctx, words, true);
      if (words !== undefined) return;
      throw error;
    }
    await work;
  };
}

/** These are shown as messages with buttons of their own. */
const isOwnView = (error: UserError): boolean => error instanceof AccountNeededError || error instanceof NoAnswerError;

async function answer(ctx: BotContext, text: string | undefined, alert = false): Promise<void> {
  try {
    await ctx.answerCallbackQuery(text ? { text: cutText(text, TOAST_LIMIT), show_alert: alert } : undefined);
  } catch (error) {
    // Too old or not delivered: the button stops spinning by itself.
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error;
    ctx.services.log.debug({ err: error }, "A press could not be answered.");
  }
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value).unref());
}
