/**
 * Deletes messages of one chat. Telegram's call for private chats and groups names no chat at all: a wrong number would
 * take a message from another chat. So every number must have been read from this very chat on this connection, and the
 * kind of the chat decides which call is made.
 */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { ChatRights } from "../../core/deletion-rules.ts";
import { AccessError } from "../../core/errors.ts";
import type { Chat, ChatId } from "../../core/media.ts";
import { DeleteForbiddenError } from "../telegram.ts";
import { faultOf } from "./errors.ts";
import type { HistorySource } from "./history.ts";
import { isChannelId } from "./peers.ts";

export const DELETED_AT_ONCE = 100;
/** Telegram's word for "no limit" in its settings. */
const FOR_EVER = 2_147_483_647;
/** Numbers remembered per chat, the latest read. */
const REMEMBERED = 20_000;

/** Which messages have been seen in which chat. */
export class ReadIds {
  readonly #ids = new Map<ChatId, Set<number>>();

  note(chatId: ChatId, messageIds: readonly number[]): void {
    const known = this.#ids.get(chatId) ?? new Set();
    this.#ids.set(chatId, known);
    for (const id of messageIds) {
      known.delete(id);
      known.add(id);
    }
    for (const id of known) {
      if (known.size <= REMEMBERED) break;
      known.delete(id);
    }
  }

  assert(chatId: ChatId, messageIds: readonly number[]): void {
    const known = this.#ids.get(chatId);
    const strange = messageIds.filter((id) => !known?.has(id));
    if (strange.length > 0)
      throw new Error(`${strange.length} messages to delete were never read from chat ${chatId}: nothing was sent.`);
  }
}

/** One call, and no second one by itself: whoever asked must look first what has become of it. */
export async function deleteMessages(
  { caller, peers }: HistorySource,
  read: ReadIds,
  chat: Chat,
  messageIds: readonly number[],
  revoke: boolean,
  signal: AbortSignal,
): Promise<number> {
  if (messageIds.length === 0 || messageIds.length > DELETED_AT_ONCE)
    throw new RangeError(`One call deletes 1 to ${DELETED_AT_ONCE} messages.`);
  const inChannel = isChannelId(chat.chatId);
  if (inChannel !== (chat.type === "channel" || chat.type === "supergroup"))
    throw new Error(`Chat ${chat.chatId} is recorded as a ${chat.type}: nothing was sent.`);
  read.assert(chat.chatId, messageIds);
  const id = [...messageIds];
  const request = inChannel
    ? new Api.channels.DeleteMessages({ channel: peers.inputChannel(chat), id })
    : new Api.messages.DeleteMessages({ id, revoke });
  try {
    const answer = await caller.call(request, { signal, impatient: true });
    return answer.ptsCount;
  } catch (error) {
    const text = faultOf(error)?.text ?? "";
    if (/^(MESSAGE_DELETE_FORBIDDEN|MESSAGE_ID_INVALID)$/.test(text))
      throw new DeleteForbiddenError("Telegram refuses to delete some of these messages.", { cause: error });
    if (text === "FROZEN_METHOD_INVALID")
      throw new AccessError("Telegram has frozen this account: it deletes nothing for it now.", { cause: error });
    throw error;
  }
}

/** What this account may delete in a chat, asked of Telegram now. */
export async function rightsIn({ caller, peers }: HistorySource, chat: Chat, signal: AbortSignal): Promise<ChatRights> {
  if (chat.type === "user" || chat.isSelf) {
    const config = await caller.call(new Api.help.GetConfig(), { signal });
    return { present: true, deleteAny: false, post: true, revokeWithin: limitOf(config.revokePmTimeLimit) };
  }
  if (chat.type === "group") {
    const config = await caller.call(new Api.help.GetConfig(), { signal });
    const { chats } = await caller.call(new Api.messages.GetChats({ id: [bigInt(-chat.chatId)] }), { signal });
    const [group] = chats;
    const present = group instanceof Api.Chat && !group.left && !group.deactivated;
    // An admin of a basic group has no rights that could be taken one by one.
    const admin = present && (group.creator === true || Boolean(group.adminRights));
    return { present, deleteAny: admin, post: present, revokeWithin: limitOf(config.revokeTimeLimit) };
  }
  const { chats } = await caller.call(new Api.channels.GetChannels({ id: [peers.inputChannel(chat)] }), { signal });
  const [channel] = chats;
  if (!(channel instanceof Api.Channel) || channel.left)
    return { present: false, deleteAny: false, post: false, revokeWithin: null };
  const { creator, adminRights } = channel;
  return {
    present: true,
    deleteAny: creator === true || adminRights?.deleteMessages === true,
    post: creator === true || adminRights?.postMessages === true || channel.megagroup === true,
    revokeWithin: null,
  };
}

const limitOf = (seconds: number): number | null => (seconds >= FOR_EVER ? null : seconds);
