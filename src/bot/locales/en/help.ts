import { FormattedString, fmt } from "@grammyjs/parse-mode";
import { bold } from "./common.ts";

type Text = FormattedString | string;
const code = FormattedString.code;

export const help = {
  groups: { get: "Get", know: "Know", remove: "Remove", control: "Control" },
  group: (title: string, commands: string) => fmt`${bold(title)} ${commands}`,
  tryThis: (example: string) => fmt`Try: ${code(example)}`,
  example: "/download @news video 7d",
  links: "Or send me a message link, or forward a message from a channel.",
  copy: "📋 Copy",
  filters: "Filters explained",
  back: "‹ Help",
  usage: (usage: string) => fmt`Write: ${code(usage)}`,
  examples: "Examples:",
  aliases: (text: Text) => fmt`Also: ${text}`,
  unknown: (name: string) => `There is no command /${name}. /help lists them all.`,
  filterText: fmt`🔎 ${bold("Filters")} – in any order, all of them must fit
${bold("Kind")}: photo video audio voice round gif sticker document · several: ${code("type:photo,video")} · not: ${code("-type:sticker")}
${bold("Ending")}: ${code("pdf")} or ${code("ext:pdf,epub")}
${bold("When")}: ${code("today")} ${code("7d")} ${code("3m")} ${code("last month")} ${code("2024")} ${code("2024-01..2024-06")} ${code("after:2024-03")} ${code("before:2025")}
${bold("Size")}: ${code("10MB+")} ${code("..2GB")} ${code("1MB..50MB")}
${bold("Who")}: ${code("from:@anna")} ${code("from:me")}
${bold("Words")}: ${code('"exact words"')} in the text · ${code("name:invoice")} in the file name
${bold("Part")}: ${code("topic:5")} ${code("ids:100-200")} ${code("limit:50")} ${code("sort:oldest")}
${bold("Chat")}: ${code("@news")} · a t.me link · ${code('"part of the title"')} · ${code("me")} (Saved Messages) · ${code("#3")} (row of /chats)`,
};
