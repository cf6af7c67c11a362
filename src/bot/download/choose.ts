import type { BotContext } from "../context.ts";
import { chatById } from "../find-chat.ts";
import type { Flow } from "./draft.ts";
import { goTo } from "./flow.ts";
import { settle } from "./settle.ts";

/** The chat is known: on to what is still open. */
export async function choose(ctx: BotContext, flow: Flow, chatId: number): Promise<undefined> {
  const chat = await chatById(ctx, chatId);
  flow.data.chatId = chat.chatId;
  if (flow.data.guided) await goTo(ctx, flow, "what");
  else await settle(ctx, flow, { asked: true });
  return undefined;
}
