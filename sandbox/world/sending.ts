import { announceNew, historyFor, openThread, put, see } from "./delivering.ts";
import type { History, Stored } from "./history.ts";
import { place } from "./reading.ts";
import { assertWritable, readable } from "./rights.ts";
import type { WorldState } from "./state.ts";
import {
  type Draft,
  type ForwardInfo,
  fileOf,
  isUserId,
  type MessageBody,
  Refusal,
  type WorldMessage,
} from "./types.ts";

/** Sending and forwarding, with Telegram's refusals. */

const TEXT_MAX = 4096;
const CAPTION_MAX = 1024;

function assertSendable(draft: Draft): void {
  const length = [...(draft.text ?? "")].length;
  const captioned = draft.media !== undefined && draft.media.kind !== "webpage";
  if (!draft.service && !draft.media && length === 0) throw new Refusal(400, "MESSAGE_EMPTY");
  if (captioned && length > CAPTION_MAX) throw new Refusal(400, "MEDIA_CAPTION_TOO_LONG");
  if (length > TEXT_MAX) throw new Refusal(400, "MESSAGE_TOO_LONG");
}

/** Fields of a body that a draft may give. */
function bodyOf(state: WorldState, fromId: number, draft: Draft): MessageBody {
  const {
    groupedId,
    forward,
    replyMarkup,
    silent,
    noforwards,
    noWebpage,
    viaBotId,
    topicId,
    media,
    service,
    postAuthor,
  } = draft;
  const given = {
    groupedId,
    forward,
    replyMarkup,
    silent,
    noforwards,
    noWebpage,
    viaBotId,
    topicId,
    media,
    service,
    postAuthor,
  };
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const date = draft.date ?? state.clock.now();
  return { fromId, date, text: draft.text ?? "", entities: draft.entities ?? [], ...present };
}

/** What is kept for a draft of this account in this chat. */
export function storedOf(state: WorldState, accountId: number, peerId: number, history: History, draft: Draft): Stored {
  const chat = isUserId(peerId) ? null : state.chats.get(peerId);
  const file = fileOf(draft.media);
  if (file) state.content.keep(file);
  const fromId = draft.fromId ?? (chat?.kind === "channel" ? chat.id : accountId);
  const stored: Stored = { body: bodyOf(state, fromId, draft) };
  if (fromId !== accountId && state.accounts.has(accountId)) stored.authorId = accountId;
  if (chat?.kind === "channel" && !draft.service) {
    stored.body.views ??= 1;
    stored.body.forwards ??= 0;
  }
  if (chat?.noforwards) stored.body.noforwards = true;
  const { replyTo } = draft;
  if (replyTo?.peerId !== undefined && replyTo.peerId !== peerId) stored.reply = replyTo;
  else if (replyTo) {
    const slot = state.numberingOf(accountId, history)?.slotOf(replyTo.messageId) ?? null;
    if (slot === null) throw new Refusal(400, "REPLY_MESSAGE_ID_INVALID");
    stored.reply = replyTo.quote === undefined ? { slot } : { slot, quote: replyTo.quote };
    const answered = history.stored(slot).body;
    const inThread =
      answered.topicId ?? (history.threads.has(slot) && chat?.kind === "supergroup" ? replyTo.messageId : undefined);
    if (stored.body.topicId === undefined && inThread !== undefined) stored.body.topicId = inThread;
  }
  return stored;
}

export function sendAll(
  state: WorldState,
  accountId: number,
  peerId: number,
  drafts: readonly Draft[],
): WorldMessage[] {
  assertWritable(state, accountId, peerId);
  for (const draft of drafts) assertSendable(draft);
  const history = historyFor(state, accountId, peerId);
  const slots = drafts.map((draft) => put(state, history, storedOf(state, accountId, peerId, history, draft)));
  state.lastSent.set(`${accountId}:${peerId}`, state.clock.now());
  for (const slot of slots) {
    announceNew(state, history, slot);
    openThread(state, history, slot, true);
  }
  return slots.map((slot) => see(state, accountId, history, slot)).filter((message) => message !== null);
}

export interface ForwardOptions {
  silent?: boolean;
  dropAuthor?: boolean;
  dropCaption?: boolean;
  topicId?: number;
}

export function forwardAll(
  state: WorldState,
  accountId: number,
  fromPeerId: number,
  ids: readonly number[],
  toPeerId: number,
  options: ForwardOptions,
): WorldMessage[] {
  const source = readable(state, accountId, fromPeerId);
  if (source?.noforwards) throw new Refusal(400, "CHAT_FORWARDS_RESTRICTED");
  const at = place(state, accountId, fromPeerId);
  const slots = ids.map((id) => at?.numbering.slotOf(id) ?? null).filter((slot) => slot !== null);
  if (!at || slots.length === 0) throw new Refusal(400, "MESSAGE_ID_INVALID");
  const drafts = slots.map((slot): Draft => {
    const { body } = at.history.stored(slot);
    if (body.service) throw new Refusal(400, "MESSAGE_ID_INVALID");
    if (body.noforwards) throw new Refusal(400, "CHAT_FORWARDS_RESTRICTED");
    const text = options.dropCaption && body.media ? "" : body.text;
    const draft: Draft = { text, entities: text === "" ? [] : body.entities };
    if (body.media) draft.media = body.media;
    if (body.groupedId !== undefined) draft.groupedId = body.groupedId;
    if (options.silent) draft.silent = true;
    if (options.topicId !== undefined) draft.topicId = options.topicId;
    if (!options.dropAuthor) {
      draft.forward = forwardOf(body, at.numbering.idOf(slot) ?? 0);
      if (toPeerId === accountId) Object.assign(draft.forward, savedFrom(fromPeerId, at.numbering.idOf(slot) ?? 0));
    }
    return draft;
  });
  return sendAll(state, accountId, toPeerId, drafts);
}

function forwardOf(body: MessageBody, id: number): ForwardInfo {
  if (body.forward) return { ...body.forward };
  const forward: ForwardInfo = { date: body.date, fromId: body.fromId };
  if (body.fromId < 0) forward.channelPost = id;
  if (body.postAuthor !== undefined) forward.postAuthor = body.postAuthor;
  return forward;
}

const savedFrom = (savedFromPeerId: number, savedFromMessageId: number): Partial<ForwardInfo> => ({
  savedFromPeerId,
  savedFromMessageId,
});
