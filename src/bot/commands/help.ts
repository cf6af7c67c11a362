/** /help [command] — what the bot can do; with a command's name, how that one is used. */
import { fmt } from "@grammyjs/parse-mode";
import { didYouMean } from "../../core/did-you-mean.ts";
import { cutText } from "../../core/text.ts";
import { defineCommand, findCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { say, show } from "../sending.ts";
import { button, rows, type View } from "../view.ts";
import { commandHelpView, filtersView, helpView } from "../views/help.ts";

export default defineCommand({
  name: "help",
  description: "What I can do",
  usage: "[command]",
  examples: ["/help download", "/help filters"],
  group: "control",
  explanation: "Lists the commands; with the name of one, tells how it is used.",

  async run(ctx, words) {
    await say(ctx, viewFor(ctx, words));
  },
  presses: {
    async help(ctx, [topic]) {
      await show(ctx, topic === "filters" ? filtersView(ctx.voice) : helpView(ctx.voice, ctx.services.commands));
      return undefined;
    },
  },
});

function viewFor(ctx: BotContext, words: string): View {
  const { commands } = ctx.services;
  const wanted = words.replace(/^\//, "").split(/\s+/)[0]?.toLowerCase() ?? "";
  if (!wanted) return helpView(ctx.voice, commands);
  if (wanted === "filters" || wanted === "filter") return filtersView(ctx.voice);
  const command = findCommand(commands, wanted);
  if (command && !command.hidden) return commandHelpView(ctx.voice, command);
  const meant = didYouMean(
    wanted,
    commands.filter(({ hidden }) => !hidden).map(({ name }) => name),
  );
  return {
    text: fmt`${ctx.voice.t.help.unknown(cutText(wanted, 32))}`,
    buttons: rows([
      meant && button(`/help ${meant}`, ["run", "help", meant]),
      button(ctx.voice.t.common.allCommands, ["help"]),
    ]),
  };
}
