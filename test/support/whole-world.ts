/** Every message of every chat of the account, so that a test can say what is gone: exactly that, and nothing elsewhere. */
import type { Sandbox } from "./sandbox.ts";

/** Ids and texts by chat. */
export type WholeWorld = Map<number, Map<number, string>>;

const PAGE = 100;

/** `without` is the chat with the bot, which grows with every word. */
export async function wholeWorld({ control, ready }: Sandbox): Promise<WholeWorld> {
  const world: WholeWorld = new Map();
  const bot = Number(ready.bot.token.split(":")[0]);
  for (const { chatId } of await control.world.chats()) {
    if (chatId === bot) continue;
    const found = new Map<number, string>();
    for (let offsetId = 0; ; ) {
      const { messages } = await control.world.messages(chatId, { limit: PAGE, offsetId });
      if (messages.length === 0) break;
      for (const { id, text, media } of messages) found.set(id, `${text} ${media?.fileId ?? ""}`);
      offsetId = Math.min(...messages.map(({ id }) => id));
    }
    world.set(chatId, found);
  }
  return world;
}

/** What has changed between two looks, chat by chat; empty where nothing has. */
export function changes(before: WholeWorld, after: WholeWorld): Record<string, { gone: number[]; fresh: number[] }> {
  const found: Record<string, { gone: number[]; fresh: number[] }> = {};
  for (const chatId of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(chatId) ?? new Map(), after.get(chatId) ?? new Map()];
    const gone = [...old.keys()].filter((id) => now.get(id) !== old.get(id)).sort((a, b) => a - b);
    const fresh = [...now.keys()].filter((id) => !old.has(id)).sort((a, b) => a - b);
    if (gone.length > 0 || fresh.length > 0) found[String(chatId)] = { gone, fresh };
  }
  return found;
}
