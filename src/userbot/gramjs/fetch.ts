/** Messages by their ids, with the files they carry: references are good for hours only, so this is asked afresh. */
import { Api } from "telegram/tl/index.js";
import type { Chat } from "../../core/media.ts";
import type { FetchedMessage } from "../telegram.ts";
import { convertMessage } from "./convert-message.ts";
import { type HistorySource, protectedChats } from "./history.ts";
import { isChannelId } from "./peers.ts";

const AT_ONCE = 100;

export async function fetchMessages(
  { caller, peers }: HistorySource,
  chat: Chat,
  messageIds: readonly number[],
  signal: AbortSignal,
): Promise<FetchedMessage[]> {
  const found: FetchedMessage[] = [];
  for (let at = 0; at < messageIds.length; at += AT_ONCE) {
    const id = messageIds.slice(at, at + AT_ONCE).map((messageId) => new Api.InputMessageID({ id: messageId }));
    const request = isChannelId(chat.chatId)
      ? new Api.channels.GetMessages({ channel: peers.inputChannel(chat), id })
      : new Api.messages.GetMessages({ id });
    const answer = await caller.call(request, { signal });
    if (answer instanceof Api.messages.MessagesNotModified) continue;
    peers.learn(answer);
    const context = { peers, protectedChats: protectedChats(answer, chat) };
    for (const message of answer.messages) {
      const fetched = convertMessage(message, context);
      // Private chats and groups share one numbering: an id may be another chat's.
      if (fetched && fetched.message.chatId === chat.chatId) found.push(fetched);
    }
  }
  return found;
}
