/** "Send me this": by the bot from this machine's disk, else by the account. */
import { stat } from "node:fs/promises";
import { InputFile } from "grammy";
import { UserError } from "../../core/errors.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import { cutText } from "../../core/text.ts";
import type { BotContext } from "../context.ts";
import { chatOf, typing } from "../sending.ts";
import { expectFromAccount } from "./expected.ts";

/** Bots may upload so much. */
const BY_BOT_BYTES = 50 * 1024 * 1024;
/** Two gigabytes over a slow line. */
const WITHIN_MS = 60 * 60_000;
const SEEN_MS = 60_000;

export async function bring(ctx: BotContext, message: StoredMessage, chat: Chat | null, wish: string): Promise<void> {
  const { ask, db, hostname, now } = ctx.services;
  const isRestricted = chat?.restricted || message.media.restricted;
  if (isRestricted && !ctx.settings.allowRestricted) throw new UserError(ctx.voice.t.search.restricted);
  const path = message.localFilePath;
  if (path && hostname !== null && message.downloadHostname === hostname) {
    const about = await stat(path).catch(() => null);
    if (about?.isFile() && about.size > 0 && about.size <= BY_BOT_BYTES) {
      await byBot(ctx, message, path);
      return;
    }
  }
  const workers = await db.workers.list();
  const holder = workers.find(
    (worker) => worker.hostname === message.downloadHostname && now().getTime() - worker.lastSeenAt.getTime() < SEEN_MS,
  );
  await expectFromAccount(db.settings, message, now());
  const { chatId, messageId } = message;
  const key = `send:${chatId}:${messageId}:${wish}`;
  const options = { title: ctx.voice.t.search.sendingTitle, timeoutMs: WITHIN_MS, typing: typing(ctx) };
  await ask(
    "send",
    { chatId, messageId, to: `@${ctx.me.username}`, key },
    { ...options, hostname: holder?.account ? holder.hostname : null },
  );
}

async function byBot(ctx: BotContext, { media, text }: StoredMessage, path: string): Promise<void> {
  const to = chatOf(ctx);
  const caption = cutText(text, 1_000);
  const file = new InputFile(path, media.fileName || undefined);
  const other = caption ? { caption } : {};
  switch (media.type) {
    case "photo":
      // A picture that Telegram does not take as one is still a file.
      await ctx.api.sendPhoto(to, file, other).catch(() => ctx.api.sendDocument(to, new InputFile(path), other));
      return;
    case "video":
      if (media.round) await ctx.api.sendVideoNote(to, file);
      else await ctx.api.sendVideo(to, file, other);
      return;
    case "audio":
      await ctx.api.sendAudio(to, file, other);
      return;
    case "voice":
      await ctx.api.sendVoice(to, file, other);
      return;
    case "animation":
      await ctx.api.sendAnimation(to, file, other);
      return;
    case "sticker":
      await ctx.api.sendSticker(to, file);
      return;
    default:
      await ctx.api.sendDocument(to, file, other);
  }
}
