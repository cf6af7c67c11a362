/** What is no command: links, forwarded messages, picked chats, answers to questions, plain words, everything else. */
import { fmt } from "@grammyjs/parse-mode";
import { Composer } from "grammy";
import { UserError } from "../core/errors.ts";
import type { Chat } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import { parseQuery } from "../core/query.ts";
import { findTelegramLinks } from "../core/telegram-link.ts";
import type { BotContext } from "./context.ts";
import { answerDialogue } from "./dialogue.ts";
import { choose } from "./download/choose.ts";
import { currentFlow, openFlow } from "./download/draft.ts";
import { closePicker, picked } from "./download/picker.ts";
import { settle } from "./download/settle.ts";
import { chatById, findChat } from "./find-chat.ts";
import { createForwardGroups, type ForwardGroups } from "./forward-groups.ts";
import { forwardedFrom } from "./forwarded.ts";
import { isExpected } from "./search/expected.ts";
import { offerSearch } from "./search/offer.ts";
import { say } from "./sending.ts";
import { button, rows } from "./view.ts";
import { chatCardView, titleOf } from "./views/chats.ts";
import { name } from "./voice.ts";

/** A message full of links is a list to be read elsewhere, not a wish. */
const MOST_LINKS = 10;

export function notACommand(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const forwards = createForwardGroups();

  composer.on("message:chat_shared", (ctx) => picked(ctx, ctx.message.chat_shared.chat_id));
  composer.on("message:users_shared", async (ctx) => {
    const [person] = ctx.message.users_shared.users;
    if (person) await picked(ctx, person.user_id);
  });

  composer.on("message", async (ctx, next) => {
    // What the account has sent here for the owner is no wish of the owner's.
    if (!(await isExpected(ctx.services.db.settings, ctx.message, ctx.services.now()))) await next();
  });

  composer.on("message:forward_origin", (ctx) => answerForward(ctx, forwards));

  composer.on(["message:text", "message:caption"], async (ctx) => {
    const text = ctx.message.text ?? ctx.message.caption ?? "";
    const links = linksOf(ctx, text);
    const flow = await currentFlow(ctx);
    const isAnswer = !(links.length > 0 && flow?.data.step === "summary") && (await answerDialogue(ctx, text));
    if (isAnswer) return;
    if (text === ctx.voice.t.common.cancel) await closePicker(ctx, null);
    else if (links.length > 0) await answerLinks(ctx, links);
    else await offerSearch(ctx, text);
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

/** The links that stand in a text or behind its words, each once. */
function linksOf(ctx: BotContext, text: string): string[] {
  const hidden = ctx.entities("text_link").map(({ url }) => url);
  const shown = text.split(/\s+/).filter((word) => findTelegramLinks(word).length > 0);
  return [...new Set([...shown, ...hidden.filter((url) => findTelegramLinks(url).length > 0)])].slice(0, MOST_LINKS);
}

async function answerLinks(ctx: BotContext, links: readonly string[]): Promise<void> {
  await seen(ctx);
  const { now, timeZone } = ctx.voice;
  for (const link of links) {
    const found = await findChat(ctx, parseQuery(link, { now, timeZone }));
    if (found.kind !== "one") continue;
    if (Object.keys(found.filter).length > 0) await offer(ctx, found.chat, found.filter);
    else await say(ctx, chatCardView(ctx.voice, found.chat, await savedIn(ctx, found.chat)));
  }
}

const savedIn = (ctx: BotContext, { chatId }: Chat): Promise<number> =>
  ctx.services.db.messages.countDownloaded(chatId, null);

async function answerForward(ctx: BotContext, forwards: ForwardGroups): Promise<void> {
  const origin = forwardedFrom(ctx.message);
  const { t } = ctx.voice;
  if (!origin?.chatId) throw new UserError(t.download.hiddenForward);
  await seen(ctx);
  const chat = await chatById(ctx, origin.chatId);
  const flow = await currentFlow(ctx);
  if (flow?.data.step === "chat" || flow?.data.step === "search") {
    flow.draft.messageId = null;
    await choose(ctx, flow, chat.chatId);
  } else if (origin.messageId !== null) {
    forwards.gather(ctx, chat.chatId, origin.messageId, (messageIds) => offer(ctx, chat, { messageIds }));
  } else {
    await say(ctx, {
      text: t.download.forwardedFrom(name(titleOf(ctx.voice, chat))),
      buttons: rows([button(t.chats.download, ["dl-chat", chat.chatId]), button(t.common.close, ["close"])]),
    });
  }
}

/** "1 video, 84 MB from News." — [Download] [Close] */
async function offer(ctx: BotContext, chat: Chat, filter: MediaFilter): Promise<void> {
  const flow = await openFlow(ctx, { chatId: chat.chatId, filter, guided: false, single: true });
  await settle(ctx, flow, { asked: true });
}

/** "pinned a message" and the like: nobody said anything. */
const isServiceMessage = ({ message }: BotContext): boolean =>
  Boolean(message?.pinned_message ?? message?.message_auto_delete_timer_changed ?? message?.write_access_allowed);
