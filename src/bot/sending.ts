/** Views become messages: sent, edited, never twice the same. */
import { type Api, GrammyError, HttpError, InputFile } from "grammy";
import type { InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import { MESSAGE_UNITS, splitText } from "../core/split-text.ts";
import type { BotContext } from "./context.ts";
import type { View } from "./view.ts";

export interface SendOptions {
  /** Answered above the message; if it is gone the message is sent all the same. */
  replyTo?: number | null;
  silent?: boolean;
}

function markup(view: View): InlineKeyboardMarkup | undefined {
  if (!view.buttons?.length) return undefined;
  return { inline_keyboard: view.buttons };
}

/** Views keep their texts short; should one not, its end is cut rather than the message refused. */
function content({ text }: View): { text: string; entities: MessageEntity[] } {
  const whole = { text: text.text, entities: text.entities };
  return whole.text.length <= MESSAGE_UNITS ? whole : (splitText<MessageEntity>(whole)[0] ?? whole);
}

/** Sends a view and returns the message's id. */
export async function sendView(api: Api, chatId: number, view: View, options: SendOptions = {}): Promise<number> {
  const { text, entities } = content(view);
  const sent = await api.sendMessage(chatId, text, {
    entities,
    reply_markup: markup(view),
    ...(options.silent ? { disable_notification: true } : {}),
    ...(options.replyTo
      ? { reply_parameters: { message_id: options.replyTo, allow_sending_without_reply: true } }
      : {}),
  });
  return sent.message_id;
}

/** Sends a file of this machine with a view as its caption. */
export async function sendDocument(
  api: Api,
  chatId: number,
  document: { path: string; name: string },
  view: View,
  options: SendOptions = {},
): Promise<number> {
  const sent = await api.sendDocument(chatId, new InputFile(document.path, document.name), {
    caption: view.text.text,
    caption_entities: view.text.entities,
    reply_markup: markup(view),
    ...(options.silent ? { disable_notification: true } : {}),
    ...(options.replyTo
      ? { reply_parameters: { message_id: options.replyTo, allow_sending_without_reply: true } }
      : {}),
  });
  return sent.message_id;
}

/** Edits a message into a view. False where there is nothing to edit any more; "not modified" counts as done. */
export async function editView(api: Api, chatId: number, messageId: number, view: View): Promise<boolean> {
  try {
    const { text, entities } = content(view);
    await api.editMessageText(chatId, messageId, text, {
      entities,
      reply_markup: markup(view),
    });
    return true;
  } catch (error) {
    if (isUnmodified(error)) return true;
    if (isGone(error)) return false;
    throw error;
  }
}

/** Shows a view where the owner looks: the pressed message is edited, a command is answered by a new one. */
export async function show(ctx: BotContext, view: View): Promise<number> {
  const pressed = ctx.callbackQuery?.message?.message_id;
  const chatId = chatOf(ctx);
  if (pressed && (await editView(ctx.api, chatId, pressed, view))) return pressed;
  return sendView(ctx.api, chatId, view);
}

/** Answers below, whatever was pressed or typed. */
export async function say(ctx: BotContext, view: View, options?: SendOptions): Promise<number> {
  return sendView(ctx.api, chatOf(ctx), view, options);
}

/** False where it is gone already or too old to be deleted. */
export async function remove(ctx: BotContext, messageId: number | undefined): Promise<boolean> {
  if (!messageId) return false;
  try {
    return await ctx.api.deleteMessage(chatOf(ctx), messageId);
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    return false;
  }
}

/** The owner's chat; updates that have none never come past the door. */
export function chatOf(ctx: BotContext): number {
  const id = ctx.chat?.id ?? ctx.from?.id;
  if (id === undefined) throw new Error("This update has no chat to answer in.");
  return id;
}

const says = (error: unknown, words: RegExp): boolean =>
  error instanceof GrammyError && error.error_code === 400 && words.test(error.description);

export const isUnmodified = (error: unknown): boolean => says(error, /message is not modified/i);
export const isGone = (error: unknown): boolean =>
  says(error, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|message to delete not found/i);
export const isTooOld = (error: unknown): boolean => says(error, /query is too old|QUERY_ID_INVALID/i);
export const isChatUnknown = (error: unknown): boolean =>
  says(error, /chat not found/i) || (error instanceof GrammyError && error.error_code === 403);

/** Seconds that Telegram asks to wait, null where it does not. */
export function waitAsked(error: unknown): number | null {
  return error instanceof GrammyError && error.error_code === 429 ? (error.parameters.retry_after ?? 5) : null;
}

/** Telegram could not be reached, or had a failure of its own: the same call may work later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof HttpError || (error instanceof GrammyError && (error.error_code >= 500 || error.error_code === 429));

/** For the log: in one sentence what passes by itself, or with the owner who blocked the bot; anything else whole. */
export const troubleOf = (error: unknown): { reason: string } | { err: unknown } =>
  error instanceof Error && (isPassing(error) || isChatUnknown(error)) ? { reason: error.message } : { err: error };

/** "… is typing", shown for a few seconds. */
export const typing = (ctx: BotContext) => (): Promise<unknown> => ctx.api.sendChatAction(chatOf(ctx), "typing");
