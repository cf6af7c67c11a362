/** Telegram's messages as plain ones. */
import { Api } from "telegram/tl/index.js";
import type { ChatId, Message } from "../../core/media.ts";
import type { FetchedMessage } from "../telegram.ts";
import { convertExtra } from "./convert-extra.ts";
import { convertMedia, NO_MEDIA } from "./convert-media.ts";
import { chatIdOf, type PeerBook } from "./peers.ts";

export interface MessageContext {
  peers: PeerBook;
  /** Chats that are protected as a whole, which their messages do not repeat. */
  protectedChats: ReadonlySet<ChatId>;
}

const dateOf = (seconds: number) => new Date(seconds * 1000);

/** Null for what has been deleted, or is in no chat. */
export function convertMessage(message: Api.TypeMessage, context: MessageContext): FetchedMessage | null {
  if (message instanceof Api.MessageEmpty) return null;
  const chatId = chatIdOf(message.peerId);
  if (chatId === null) return null;
  const senderId = senderOf(message, chatId, context.peers.selfId);
  const common = {
    chatId,
    messageId: message.id,
    date: dateOf(message.date),
    senderId,
    senderName: context.peers.nameOf(senderId),
    outgoing: message.out === true,
    ...repliesTo(message.replyTo),
    extra: convertExtra(message, context.peers),
  };
  if (message instanceof Api.MessageService)
    return {
      message: {
        ...common,
        editedAt: null,
        text: "",
        albumId: null,
        service: serviceName(message.action),
        media: NO_MEDIA,
      },
      file: null,
    };
  const restricted = context.protectedChats.has(chatId) || message.noforwards === true;
  const { media, file } = convertMedia(message.media, restricted);
  return {
    message: {
      ...common,
      senderName: common.senderName ?? message.postAuthor ?? null,
      editedAt: message.editDate && !message.editHide ? dateOf(message.editDate) : null,
      text: message.message ?? "",
      albumId: message.groupedId?.toString() ?? null,
      service: null,
      media,
    },
    file: file && { ...file, chatId, messageId: message.id },
  };
}

export function convertMessages(messages: readonly Api.TypeMessage[], context: MessageContext): Message[] {
  return messages.flatMap((message) => convertMessage(message, context)?.message ?? []);
}

/** Where Telegram leaves it out, a private chat tells who wrote by the direction, and a channel's post is the channel's. */
function senderOf(message: Api.Message | Api.MessageService, chatId: ChatId, selfId: ChatId | null): ChatId | null {
  if (message.fromId) return chatIdOf(message.fromId);
  if (message.out && chatId > 0) return selfId;
  return message.post || chatId > 0 ? chatId : null;
}

function repliesTo(header: Api.TypeMessageReplyHeader | undefined): {
  replyToId: number | null;
  topicId: number | null;
} {
  if (!(header instanceof Api.MessageReplyHeader)) return { replyToId: null, topicId: null };
  const replyToId = header.replyToMsgId ?? null;
  if (!header.forumTopic) return { replyToId, topicId: null };
  const topicId = header.replyToTopId ?? replyToId;
  // The first message of a thread "replies" to the topic itself, which is no reply to anything.
  return { replyToId: replyToId === topicId ? null : replyToId, topicId };
}

/** MessageActionPinMessage → "pin_message". */
function serviceName(action: Api.TypeMessageAction): string {
  const name = action.className.replace(/^MessageAction/, "");
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
