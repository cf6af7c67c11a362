/** A command is a file in commands/; it is loaded because it is there. */
import { readdir } from "node:fs/promises";
import type { BotContext } from "./context.ts";

/** Answers a press; what it returns is shown as a short toast. The router answers the callback itself, once. */
export type PressHandler = (ctx: BotContext, args: string[]) => Promise<string | undefined>;

/** False where the words answer nothing that was asked: they are then taken like any others, never met by silence. */
export type AnswerHandler = (ctx: BotContext, draftId: string, text: string) => Promise<boolean>;

export interface Command {
  /** The word after the slash. Empty for a file that only answers buttons. */
  name: string;
  /** For Telegram's menu and the list of /help; at most 256 characters. */
  description: string;
  /** Where /help lists it. */
  group: "get" | "know" | "remove" | "control";
  /** What may follow the name, for /help and for mistakes. */
  usage?: string;
  examples?: readonly string[];
  /** What /help <command> says: what it does and its limits. */
  explanation: string;
  /** Not in Telegram's menu nor in the list of /help. */
  hidden?: boolean;
  /** `words` is the text after the command, trimmed. */
  run(ctx: BotContext, words: string): Promise<void>;
  /** Buttons that this file answers, by the verb in their data. */
  presses?: Record<string, PressHandler>;
  /** Dialogues (drafts of these kinds) whose questions may be answered by typing. */
  answers?: Record<string, AnswerHandler>;
}

export const defineCommand = (command: Command): Command => command;

/** All commands, in the order in which /help and the menu show them. */
export async function loadCommands(): Promise<Command[]> {
  const folder = new URL("./commands/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => /^[^.]+\.(ts|js)$/.test(file)).sort();
  const loaded = await Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { default: Command }).default),
  );
  const place = (command: Command) => MENU_ORDER.indexOf(command.name) + 1 || MENU_ORDER.length + 1;
  return loaded.sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** The most wanted first; what is not named here follows by name. */
const MENU_ORDER = [
  "download",
  "archive",
  "search",
  "chats",
  "scan",
  "stats",
  "duplicates",
  "jobs",
  "cancel",
  "status",
  "hosts",
  "log",
  "delete",
  "restore",
  "schedule",
  "settings",
  "help",
  "start",
];

export const findCommand = (commands: readonly Command[], name: string): Command | undefined =>
  commands.find((command) => command.name === name.toLowerCase());

/** "/download <chat> [filters]" */
export const usageOf = (command: Command): string => `/${command.name}${command.usage ? ` ${command.usage}` : ""}`;

/** Splits "/download@my_bot words" into name and words; null for other text. `job_12` is the command job with 12. */
export function parseCommand(text: string): { name: string; words: string; bot: string | null } | null {
  const match = /^\/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?(?:\s+|$)([\s\S]*)$/u.exec(text.trim());
  if (!match) return null;
  const [, typed = "", bot = null, words = ""] = match;
  const numbered = /^(job)_?(\d{1,9})$/i.exec(typed);
  return numbered
    ? { name: "job", words: `${numbered[2]} ${words}`.trim(), bot }
    : { name: typed.toLowerCase(), words: words.trim(), bot };
}
