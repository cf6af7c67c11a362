/** Commands by text or button, and the few buttons that belong to no command. */
import { fmt } from "@grammyjs/parse-mode";
import { Composer } from "grammy";
import { didYouMean } from "../core/did-you-mean.ts";
import { cutText } from "../core/text.ts";
import { type Command, findCommand, type PressHandler, parseCommand } from "./command.ts";
import type { BotContext } from "./context.ts";
import { answerPresses } from "./presses.ts";
import { remove, say, show } from "./sending.ts";
import { button, rows } from "./view.ts";

export function typedCommands(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on("message:text", async (ctx, next) => {
    // A forwarded command was not said by the owner.
    const typed = ctx.message.forward_origin ? null : parseCommand(ctx.message.text);
    if (!typed) return next();
    if (typed.bot && typed.bot.toLowerCase() !== ctx.me.username.toLowerCase()) return;
    const command = findCommand(ctx.services.commands, typed.name);
    if (command) await command.run(ctx, typed.words);
    else await unknownCommand(ctx, typed.name);
  });
  return composer;
}

async function unknownCommand(ctx: BotContext, typed: string): Promise<void> {
  const { common } = ctx.voice.t;
  const names = ctx.services.commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
  const meant = didYouMean(typed, names);
  await say(ctx, {
    text: fmt`${common.unknownCommand(cutText(typed, 32), meant)}`,
    buttons: rows([meant && button(`/${meant}`, ["run", meant], "primary"), button(common.allCommands, ["help"])]),
  });
}

export function pressedButtons(commands: readonly Command[]): Composer<BotContext> {
  const handlers = new Map<string, PressHandler>(Object.entries(HOUSE_PRESSES));
  for (const [verb, handler] of commands.flatMap(({ presses }) => Object.entries(presses ?? {}))) {
    if (handlers.has(verb)) throw new Error(`Two commands answer the button “${verb}”.`);
    handlers.set(verb, handler);
  }
  const composer = new Composer<BotContext>();
  composer.on("callback_query", answerPresses(handlers));
  return composer;
}

const HOUSE_PRESSES: Record<string, PressHandler> = {
  async run(ctx, [name = "", ...words]) {
    const command = findCommand(ctx.services.commands, name);
    if (!command) return ctx.voice.t.common.stale;
    await command.run(ctx, words.join(" "));
    return undefined;
  },
  async close(ctx) {
    const gone = await remove(ctx, ctx.callbackQuery?.message?.message_id);
    if (!gone) await show(ctx, { text: fmt`${ctx.voice.t.common.closedShort}` });
    return undefined;
  },
  async connect(ctx) {
    await say(ctx, { text: ctx.voice.t.common.connectHow });
    return undefined;
  },
  /** A saved command, once more. */
  async again(ctx, [id = ""]) {
    const draft = await ctx.services.db.drafts.get(id);
    const typed = parseCommand((draft?.data as { text?: string } | undefined)?.text ?? "");
    const command = typed && findCommand(ctx.services.commands, typed.name);
    if (!typed || !command || !(await ctx.services.db.drafts.take(id))) return ctx.voice.t.common.pressOnce;
    await remove(ctx, ctx.callbackQuery?.message?.message_id);
    await command.run(ctx, typed.words);
    return undefined;
  },
  async forget(ctx, [id = ""]) {
    await ctx.services.db.drafts.take(id);
    await show(ctx, { text: fmt`${ctx.voice.t.common.closedShort}` });
    return undefined;
  },
};
