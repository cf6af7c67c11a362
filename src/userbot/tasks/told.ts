/** told — looks whether the bot's message has reached the owner: a bot cannot read its own chat, the account can. */
import { isolatesRemoved } from "../../core/text.ts";
import type { Task } from "../task.ts";

/** What came since then stands at the top. */
const LOOKED_THROUGH = 200;

export const told: Task<"told"> = async ({ payload }, { telegram, signal }) => {
  const chat = await telegram.findChat(payload.to, signal);
  if (!chat) return { found: false };
  const wanted = plain(payload.text);
  let seen = 0;
  for await (const page of telegram.history(chat, { after: new Date(payload.since) }, signal)) {
    if (page.some(({ senderId, text }) => senderId === chat.chatId && plain(text) === wanted)) return { found: true };
    seen += page.length;
    if (seen >= LOOKED_THROUGH) break;
  }
  return { found: false };
};

/** Telegram may trim and fold spaces. */
const plain = (text: string): string => isolatesRemoved(text).replace(/\s+/g, " ").trim();
