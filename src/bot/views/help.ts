import { FormattedString, fmt } from "@grammyjs/parse-mode";
import { type Command, usageOf } from "../command.ts";
import { button, copyButton, lines, rows, type View } from "../view.ts";
import type { Voice } from "../voice.ts";

const GROUPS = ["get", "know", "remove", "control"] as const;

export function helpView({ t }: Voice, commands: readonly Command[]): View {
  const { help } = t;
  const shown = commands.filter(({ hidden }) => !hidden);
  const groups = GROUPS.map((group) => {
    const names = shown.filter((command) => command.group === group).map(({ name }) => `/${name}`);
    return names.length > 0 ? help.group(help.groups[group], names.join(" ")) : null;
  });
  return {
    text: lines(...groups, help.tryThis(help.example), help.links),
    buttons: rows([copyButton(help.copy, help.example), button(help.filters, ["help", "filters"])]),
  };
}

export function commandHelpView({ t }: Voice, command: Command): View {
  const { help } = t;
  const examples = command.examples ?? [];
  return {
    text: lines(
      fmt`${FormattedString.bold(`/${command.name}`)} – ${command.description}`,
      command.explanation,
      command.usage && help.usage(usageOf(command)),
      examples.length > 0 && help.examples,
      ...examples.map((example) => FormattedString.code(example)),
    ),
    buttons: rows([
      examples[0] && copyButton(help.copy, examples[0]),
      command.group === "get" && button(help.filters, ["help", "filters"]),
      button(help.back, ["help"]),
    ]),
  };
}

export const filtersView = ({ t }: Voice): View => ({
  text: t.help.filterText,
  buttons: rows([copyButton(t.help.copy, t.help.example), button(t.help.back, ["help"])]),
});
