/** The command menu, in the owner's chat and nowhere else. */
import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Command } from "./command.ts";
import { isChatUnknown } from "./sending.ts";

/** Sets the menu until that has worked once; the function may be called again at any time. */
export function createMenu(api: Api, commands: readonly Command[], log: Logger): (ownerId: number) => Promise<void> {
  const menu = commands
    .filter(({ hidden }) => !hidden)
    .map(({ name, description }) => ({ command: name, description }));
  let done: "nothing" | "others" | "all" = "nothing";
  return async (ownerId) => {
    try {
      if (done === "nothing") await api.deleteMyCommands();
      if (done !== "all") {
        done = "others";
        await api.setMyCommands(menu, { scope: { type: "chat", chat_id: ownerId } });
      }
      done = "all";
    } catch (error) {
      if (isChatUnknown(error)) {
        log.info("The owner has not started the bot yet; its command menu follows with the first /start.");
      } else log.warn({ err: error }, "The command menu could not be set.");
    }
  };
}
