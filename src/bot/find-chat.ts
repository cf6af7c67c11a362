/** From how a command names a chat to the chat: by what the database knows, else by asking Telegram. */
import type { ChatReference } from "../core/chat-reference.ts";
import { UserError } from "../core/errors.ts";
import { followLink } from "../core/linked-place.ts";
import type { Chat, ChatId } from "../core/media.ts";
import type { MediaFilter } from "../core/media-filter.ts";
import { type Query, shortenTitle } from "../core/query.ts";
import { foldText } from "../core/text.ts";
import { chatOfRow } from "./chat-rows.ts";
import type { BotContext } from "./context.ts";
import { forwardedFrom } from "./forwarded.ts";
import { typing } from "./sending.ts";
import { plainName } from "./voice.ts";

const RESOLVE_WITHIN_MS = 30_000;
const CHOICES = 8;

export type FoundChat =
  | { kind: "one"; chat: Chat; filter: MediaFilter }
  | { kind: "several"; chats: Chat[]; typed: string; filter: MediaFilter };

/** Throws UserError where there is no such chat. */
export async function findChat(ctx: BotContext, query: Query): Promise<FoundChat> {
  const { db } = ctx.services;
  const reference = query.chat;
  if (!reference) throw new Error("No chat was named.");
  const one = (chat: Chat, more: MediaFilter = {}): FoundChat => ({
    kind: "one",
    chat,
    filter: { ...query.filter, ...more },
  });
  const known = await knownChat(ctx, reference);
  if (known) return one(known);
  switch (reference.kind) {
    case "title":
      return byTitle(ctx, query);
    case "row":
      throw new UserError(ctx.voice.t.download.noLastChats);
    case "here": {
      const origin = forwardedFrom(ctx.message?.reply_to_message);
      if (!origin?.chatId) throw new UserError(ctx.voice.t.download.noHere);
      const chat = (await db.chats.get(origin.chatId)) ?? (await askFor(ctx, String(origin.chatId)))?.chat;
      if (!chat) throw unknown(ctx, String(origin.chatId));
      return one(chat, origin.messageId === null ? {} : { messageIds: [origin.messageId] });
    }
    default: {
      const typed = typedAs(reference);
      const found = await askFor(ctx, typed);
      if (!found) throw unknown(ctx, typed);
      return { kind: "one", chat: found.chat, filter: followLink(query, found.filter) };
    }
  }
}

async function knownChat(ctx: BotContext, reference: ChatReference): Promise<Chat | null> {
  const { chats } = ctx.services.db;
  switch (reference.kind) {
    case "self":
      return chats.self();
    case "username":
      return chats.byUsername(reference.username);
    case "id":
      return chats.get(reference.chatId);
    case "row":
      return chatOfRow(ctx.services.db, reference.row);
    case "link": {
      const { link } = reference;
      const plain = !link.messages && !link.topicId && !link.commentId && !link.threadId;
      if (!plain) return null;
      if (link.chat.kind === "username") return chats.byUsername(link.chat.username);
      return link.chat.kind === "id" ? chats.get(link.chat.chatId) : null;
    }
    default:
      return null;
  }
}

/** Words of an unquoted title may have been meant as text to look for: "Family invoice" in the chat Family. */
async function byTitle(ctx: BotContext, query: Query): Promise<FoundChat> {
  let attempt: Query | null = query;
  for (let cut = 1; attempt?.chat?.kind === "title"; cut++) {
    const { title } = attempt.chat;
    const { chats, total } = await ctx.services.db.chats.list({ text: title }, { limit: CHOICES, offset: 0 });
    const exact = chats.filter((chat) => foldText(chat.title) === foldText(title));
    const [only] = exact.length === 1 ? exact : total === 1 ? chats : [];
    if (only) return { kind: "one", chat: only, filter: attempt.filter };
    if (chats.length > 0) return { kind: "several", chats, typed: title, filter: attempt.filter };
    attempt = shortenTitle(query, cut);
  }
  const typed = query.chat?.kind === "title" ? query.chat.title : "";
  const found = await askFor(ctx, typed);
  if (!found) throw unknown(ctx, typed);
  return { kind: "one", chat: found.chat, filter: { ...query.filter, ...found.filter } };
}

/** Asks a worker; null where Telegram knows no such chat. */
export async function askFor(ctx: BotContext, query: string): Promise<{ chat: Chat; filter: MediaFilter } | null> {
  const { ask, db } = ctx.services;
  const options = { title: ctx.voice.t.common.looking, timeoutMs: RESOLVE_WITHIN_MS, typing: typing(ctx) };
  const answer = await ask("resolve", { query }, options);
  const chat = answer && (await db.chats.get(answer.chatId));
  if (!chat) return null;
  const { messageIds, topicId, commentsOf } = answer;
  return {
    chat,
    filter: {
      ...(messageIds?.length ? { messageIds } : {}),
      ...(topicId === null || messageIds?.length ? {} : { topicId }),
      ...(commentsOf === null || messageIds?.length ? {} : { commentsOf }),
    },
  };
}

/** A chat whose id is known for sure, such as one picked in Telegram's own list. */
export async function chatById(ctx: BotContext, chatId: ChatId): Promise<Chat> {
  const chat = (await ctx.services.db.chats.get(chatId)) ?? (await askFor(ctx, String(chatId)))?.chat;
  if (!chat) throw unknown(ctx, String(chatId));
  return chat;
}

function typedAs(reference: ChatReference): string {
  switch (reference.kind) {
    case "username":
      return `@${reference.username}`;
    case "id":
      return String(reference.chatId);
    case "self":
      return "me";
    case "link":
      return reference.url;
    default:
      return "";
  }
}

const unknown = (ctx: BotContext, typed: string): UserError =>
  new UserError(ctx.voice.t.chats.unknown(plainName(typed, 60)).text);
