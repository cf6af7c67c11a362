import { announce, announceEdit, audience, see } from "./delivering.ts";
import type { History } from "./history.ts";
import { peerOf, place } from "./reading.ts";
import { may, readable } from "./rights.ts";
import type { WorldState } from "./state.ts";
import { type Draft, isUserId, Refusal, type ReplyMarkup, type WorldMedia, type WorldMessage } from "./types.ts";

/** Editing, pinning, reacting. */

export interface Change {
  text?: string;
  entities?: Draft["entities"];
  media?: WorldMedia;
  replyMarkup?: ReplyMarkup | null;
  noWebpage?: boolean;
}

function find(state: WorldState, accountId: number, peerId: number, id: number): { history: History; slot: number } {
  readable(state, accountId, peerId);
  const at = place(state, accountId, peerId);
  const slot = at?.numbering.slotOf(id) ?? null;
  if (!at || slot === null) throw new Refusal(400, "MESSAGE_ID_INVALID");
  return { history: at.history, slot };
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner)) ?? "";

export function edit(state: WorldState, accountId: number, peerId: number, id: number, change: Change): WorldMessage {
  const { history, slot } = find(state, accountId, peerId, id);
  const stored = history.stored(slot);
  const { body } = stored;
  const chat = isUserId(peerId) ? null : state.chats.get(peerId);
  const own = (stored.authorId ?? body.fromId) === accountId;
  if (!own && !(chat?.kind === "channel" && may(chat, accountId, "editMessages"))) {
    throw new Refusal(403, "MESSAGE_AUTHOR_REQUIRED");
  }
  if (body.service || body.forward) throw new Refusal(400, "MESSAGE_ID_INVALID");
  const next = { ...body };
  if (change.text !== undefined) Object.assign(next, { text: change.text, entities: change.entities ?? [] });
  if (change.media) next.media = change.media;
  if (change.replyMarkup === null) delete next.replyMarkup;
  else if (change.replyMarkup) next.replyMarkup = change.replyMarkup;
  if (next.text === "" && !next.media) throw new Refusal(400, "MESSAGE_EMPTY");
  if ([...next.text].length > (next.media && next.media.kind !== "webpage" ? 1024 : 4096)) {
    throw new Refusal(400, "MESSAGE_TOO_LONG");
  }
  if (plain(next) === plain(body)) throw new Refusal(400, "MESSAGE_NOT_MODIFIED");
  next.editDate = state.clock.now();
  history.replace(slot, { ...stored, body: next });
  announceEdit(state, history, slot);
  const message = see(state, accountId, history, slot);
  if (!message) throw new Refusal(400, "MESSAGE_ID_INVALID");
  return message;
}

export function pin(state: WorldState, accountId: number, peerId: number, id: number, pinned: boolean): void {
  const { history, slot } = find(state, accountId, peerId, id);
  const chat = isUserId(peerId) ? null : state.chats.get(peerId);
  if (chat && !may(chat, accountId, "pinMessages")) throw new Refusal(400, "CHAT_ADMIN_REQUIRED");
  const stored = history.stored(slot);
  history.replace(slot, { ...stored, body: { ...stored.body, pinned } });
  announce(state, history, 1, (viewerId) => {
    const message = see(state, viewerId, history, slot);
    return message && { type: "pinned", peerId: peerOf(history, viewerId), messageIds: [message.id], pinned };
  });
}

export function react(
  state: WorldState,
  accountId: number,
  peerId: number,
  id: number,
  emoji: readonly string[],
): void {
  const { history, slot } = find(state, accountId, peerId, id);
  const stored = history.stored(slot);
  const before = stored.body.reactions ?? [];
  const old = before.filter((one) => one.chosenBy.includes(accountId)).map((one) => one.emoji);
  const kept = before
    .map((one) => ({
      ...one,
      count: one.count - Number(old.includes(one.emoji)),
      chosenBy: one.chosenBy.filter((by) => by !== accountId),
    }))
    .filter((one) => one.count > 0 || emoji.includes(one.emoji));
  for (const one of emoji) {
    const known = kept.find((reaction) => reaction.emoji === one);
    if (known) Object.assign(known, { count: known.count + 1, chosenBy: [...known.chosenBy, accountId] });
    else kept.push({ emoji: one, count: 1, chosenBy: [accountId] });
  }
  history.replace(slot, { ...stored, body: { ...stored.body, reactions: kept } });
  const date = state.clock.now();
  for (const viewerId of audience(state, history)) {
    const message = see(state, viewerId, history, slot);
    if (!message) continue;
    const happened = { peerId: message.peerId, messageId: message.id, actorId: accountId, date };
    state.tell(viewerId, { type: "reaction", ...happened, old, new: [...emoji], reactions: kept });
  }
}
