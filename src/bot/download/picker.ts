/** The phone's own list of chats, opened by a keyboard below the text field. */
import type { BotContext } from "../context.ts";
import { keepDraft } from "../dialogue.ts";
import { chatById } from "../find-chat.ts";
import { chatOf, remove } from "../sending.ts";
import { titleOf } from "../views/chats.ts";
import { pickerKeyboard } from "../views/download.ts";
import { name } from "../voice.ts";
import { choose } from "./choose.ts";
import { currentFlow, type Flow, openFlow } from "./draft.ts";

export async function openPicker(ctx: BotContext, flow: Flow): Promise<undefined> {
  await remove(ctx, flow.data.pickerMessageId ?? undefined);
  const sent = await ctx.api.sendMessage(chatOf(ctx), ctx.voice.t.download.pickPrompt, {
    reply_markup: pickerKeyboard(ctx.voice),
  });
  flow.data.pickerMessageId = sent.message_id;
  await keepDraft(ctx, flow.draft);
  return undefined;
}

/** A chat was picked. The keyboard goes, the flow's message goes on below. */
export async function picked(ctx: BotContext, chatId: number): Promise<void> {
  const flow = (await currentFlow(ctx)) ?? (await openFlow(ctx, { replyTo: null }));
  const chat = await chatById(ctx, chatId);
  const text = ctx.voice.t.download.picked(name(titleOf(ctx.voice, chat)));
  await closePicker(ctx, flow, text.text, text.entities);
  await choose(ctx, flow, chat.chatId);
}

/** Telegram takes a keyboard away only together with a new message. */
export async function closePicker(
  ctx: BotContext,
  flow: Flow | null,
  text = ctx.voice.t.download.pickerClosed,
  entities: NonNullable<Parameters<typeof ctx.api.sendMessage>[2]>["entities"] = [],
): Promise<void> {
  await ctx.api.sendMessage(chatOf(ctx), text, {
    entities,
    reply_markup: { remove_keyboard: true },
    disable_notification: true,
  });
  if (!flow) return;
  await remove(ctx, flow.data.pickerMessageId ?? undefined);
  flow.data.pickerMessageId = null;
  await keepDraft(ctx, flow.draft);
}
