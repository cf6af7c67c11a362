/** What is no command: links, forwarded messages, picked chats, answers to questions, plain words, everything else. */
import { fmt } from "@grammyjs/parse-mode";
import { Composer } from "grammy";
import { UserError } from "../core/errors.ts";
import type { Chat } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import { parseQuery } from "../core/query.ts";
import { findTelegramLinks } from "../core/telegram-link.ts";
import type { BotContext } from "./context.ts";
import { openDialogue } from "./dialogue.ts";
import { choose } from "./download/choose.ts";
import { currentFlow, openFlow } from "./download/draft.ts";
import { closePicker, picked } from "./download/picker.ts";
import { settle } from "./download/settle.ts";
import { chatById, findChat } from "./find-chat.ts";
import { forwardedFrom } from "./forwarded.ts";
import { say } from "./sending.ts";
import { button, rows } from "./view.ts";
import { titleOf } from "./views/chats.ts";
import { name, plainName } from "./voice.ts";

export function notACommand(): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  composer.on("message:chat_shared", (ctx) => picked(ctx, ctx.message.chat_shared.chat_id));
  composer.on("message:users_shared", async (ctx) => {
    const [person] = ctx.message.users_shared.users;
    if (person) await picked(ctx, person.user_id);
  });

  composer.on("message:forward_origin", (ctx) => answerForward(ctx));

  composer.on("message:text", async (ctx) => {
    const { text } = ctx.message;
    const link = text.split(/\s+/).find((word) => findTelegramLinks(word).length > 0);
    const dialogue = await openDialogue(ctx);
    if (dialogue && !(link && (await currentFlow(ctx))?.data.step === "summary")) {
      const command = ctx.services.commands.find(({ answers }) => answers && Object.hasOwn(answers, dialogue.kind));
      await command?.answers?.[dialogue.kind]?.(ctx, dialogue.id, text);
    } else if (text === ctx.voice.t.common.cancel) await closePicker(ctx, null);
    else if (link) await answerLink(ctx, link);
    else await say(ctx, { text: ctx.voice.t.common.plainText(plainName(text, 60)) });
  });

  composer.on("message", async (ctx) => {
    if (isServiceMessage(ctx)) return;
    const { t } = ctx.voice;
    await say(ctx, { text: fmt`${t.common.notText}`, buttons: rows([button(t.start.download, ["run", "download"])]) });
  });
  return composer;
}

/** A silent sign that the message has been seen. */
async function seen(ctx: BotContext): Promise<void> {
  await ctx.react("👀").catch((error: unknown) => ctx.services.log.debug({ err: error }, "No reaction could be set."));
}

async function answerLink(ctx: BotContext, link: string): Promise<void> {
  await seen(ctx);
  const { now, timeZone } = ctx.voice;
  const found = await findChat(ctx, parseQuery(link, { now, timeZone }));
  if (found.kind === "one") await offer(ctx, found.chat, found.filter);
}

async function answerForward(ctx: BotContext): Promise<void> {
  const origin = forwardedFrom(ctx.message);
  const { t } = ctx.voice;
  if (!origin?.chatId) throw new UserError(t.download.hiddenForward);
  await seen(ctx);
  const chat = await chatById(ctx, origin.chatId);
  const flow = await currentFlow(ctx);
  if (flow?.data.step === "chat" || flow?.data.step === "search") {
    flow.draft.messageId = null;
    await choose(ctx, flow, chat.chatId);
    return;
  }
  if (origin.messageId !== null) {
    await offer(ctx, chat, { messageIds: [origin.messageId] });
    return;
  }
  await say(ctx, {
    text: t.download.forwardedFrom(name(titleOf(ctx.voice, chat))),
    buttons: rows([button(t.chats.download, ["dl-chat", chat.chatId]), button(t.common.close, ["close"])]),
  });
}

/** "1 video, 84 MB from News." — [Download] [Close] */
async function offer(ctx: BotContext, chat: Chat, filter: MediaFilter): Promise<void> {
  const flow = await openFlow(ctx, { chatId: chat.chatId, filter, guided: false, single: true });
  await settle(ctx, flow, { asked: true });
}

/** "pinned a message" and the like: nobody said anything. */
const isServiceMessage = ({ message }: BotContext): boolean =>
  Boolean(message?.pinned_message ?? message?.message_auto_delete_timer_changed ?? message?.write_access_allowed);
