/** The command menu, in the owner's chat and nowhere else. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Command } from "./command.ts";
import { isChatUnknown } from "./sending.ts";

export async function offerMenu(api: Api, ownerId: number, commands: readonly Command[], log: Logger): Promise<void> {
  const menu = commands
    .filter(({ hidden }) => !hidden)
    .map(({ name, description }) => ({ command: name, description }));
  try {
    await api.deleteMyCommands();
    await api.setMyCommands(menu, { scope: { type: "chat", chat_id: ownerId } });
  } catch (error) {
    if (isChatUnknown(error)) {
      log.info("The owner has not started the bot yet; its command menu follows with the first /start.");
    } else log.warn({ err: error }, "The command menu could not be set.");
  }
}
