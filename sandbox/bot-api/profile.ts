import type { World } from "../world/types.ts";

export type BotCommand = { command: string; description: string };
/** Whose menu: `default`, `all_private_chats`, …, `chat:1`, `chat_administrators:1`, `chat_member:1:2`. */
export type ScopeKey = string;
export type MenuButton = { type: string; text?: string; web_app?: { url: string } };

/** What a bot says of itself: its menus and descriptions, by language. */
export class BotProfile {
  /** By scope, then by language code ("" for everyone). */
  private readonly menus = new Map<ScopeKey, Map<string, BotCommand[]>>();
  private readonly buttons = new Map<number, MenuButton>();
  private readonly texts = new Map<string, string>();

  setCommands(scope: ScopeKey, language: string, commands: BotCommand[]): void {
    const menu = this.menus.get(scope) ?? new Map<string, BotCommand[]>();
    if (commands.length > 0) menu.set(language, commands);
    else menu.delete(language);
    this.menus.set(scope, menu);
  }

  commands(scope: ScopeKey, language: string): BotCommand[] {
    return this.menus.get(scope)?.get(language) ?? [];
  }

  /** The menu a user finds in the private chat with the bot: the narrowest scope that has one. */
  commandsFor(userId: number, language: string): BotCommand[] {
    for (const scope of [`chat:${userId}`, "all_private_chats", "default"]) {
      const menu = this.menus.get(scope);
      const found = menu?.get(language) ?? menu?.get("");
      if (found) return found;
    }
    return [];
  }

  /** Chat 0 is everyone's. */
  setMenuButton(chatId: number, button: MenuButton): void {
    this.buttons.set(chatId, button);
  }

  menuButton(chatId: number): MenuButton {
    return this.buttons.get(chatId) ?? this.buttons.get(0) ?? { type: "commands" };
  }

  setText(kind: string, language: string, text: string): void {
    this.texts.set(`${kind}:${language}`, text);
  }

  text(kind: string, language: string): string {
    return this.texts.get(`${kind}:${language}`) ?? this.texts.get(`${kind}:`) ?? "";
  }
}

const profiles = new WeakMap<World, Map<number, BotProfile>>();

/** The profile of a bot, for the Bot API that writes it and for those who show it. */
export function profileOf(world: World, botId: number): BotProfile {
  let bots = profiles.get(world);
  if (!bots) {
    bots = new Map();
    profiles.set(world, bots);
  }
  let profile = bots.get(botId);
  if (!profile) {
    profile = new BotProfile();
    bots.set(botId, profile);
  }
  return profile;
}
