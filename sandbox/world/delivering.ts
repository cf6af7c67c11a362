import { type History, OWN_BOX, type Stored } from "./history.ts";
import { Numbering } from "./numbering.ts";
import { peerOf, place, toMessage } from "./reading.ts";
import { isPresent } from "./rights.ts";
import type { WorldState } from "./state.ts";
import type { PtsUpdate, WorldMessage } from "./types.ts";
import type { Position } from "./update-log.ts";

/** Putting a message, an edit or a deletion into every box it concerns, counting it, and telling who listens. */

type Happening = (viewerId: number) => Happened | null;
type Happened =
  | { type: "new-message"; message: WorldMessage }
  | { type: "edit-message"; message: WorldMessage }
  | { type: "delete-messages"; peerId: number | null; messageIds: number[] }
  | { type: "pinned"; peerId: number; messageIds: number[]; pinned: boolean };

/** Accounts that hear of what happens in this chat. */
export function audience(state: WorldState, history: History): number[] {
  if (!history.boxes.has(OWN_BOX)) return state.boxHolders(history);
  const chat = history.chatId === null ? null : state.chats.get(history.chatId);
  return [...state.accounts.keys()].filter((id) => isPresent(chat?.members.get(id)));
}

/** Counts it once for a channel, or once in each account's box, and tells the listeners. */
export function announce(state: WorldState, history: History, ptsCount: number, happening: Happening): void {
  const date = state.clock.now();
  const make = (viewerId: number, position: Position): PtsUpdate | null => {
    const what = happening(viewerId);
    return what && { ...position, ...what };
  };
  const viewers = audience(state, history);
  if (history.boxes.has(OWN_BOX) && history.chatId !== null) {
    const position = state.logOf(history.chatId).record(ptsCount, date, make);
    for (const viewerId of viewers) tellOne(state, viewerId, make(viewerId, position));
    return;
  }
  for (const viewerId of viewers) {
    const position = state.logOf(viewerId).record(ptsCount, date, make);
    tellOne(state, viewerId, make(viewerId, position));
  }
}

export function tellOne(state: WorldState, viewerId: number, update: PtsUpdate | null): void {
  if (update) state.tell(viewerId, update);
}

/** The private history, made on the first message between the two. */
export function historyFor(state: WorldState, accountId: number, peerId: number): History {
  const known = state.historyOf(accountId, peerId);
  if (known) return known;
  const [made] = state.openPrivate(accountId, [{ peerId }]);
  if (!made) throw new Error(`There is no chat between ${accountId} and ${peerId}.`);
  return made;
}

/** Adds a message for everyone and returns its slot. Nothing is told yet, so that albums come together. */
export function put(state: WorldState, history: History, stored: Stored): number {
  const slot = history.add(stored);
  const own = history.boxes.get(OWN_BOX);
  if (own) own.add(slot, own.nextId);
  for (const accountId of state.boxHolders(history)) {
    history.boxes.get(accountId)?.add(slot, state.boxOf(accountId).take(history));
  }
  for (const accountId of audience(state, history)) {
    const dialog = state.dialogOf(accountId, peerOf(history, accountId));
    dialog.open = true;
  }
  return slot;
}

export function announceNew(state: WorldState, history: History, slot: number): void {
  const authorId = history.stored(slot).authorId ?? history.stored(slot).body.fromId;
  markOwnRead(state, history, slot, authorId);
  announce(state, history, 1, (viewerId) => {
    const message = see(state, viewerId, history, slot);
    return message && { type: "new-message", message };
  });
}

/** Writing in a chat reads it. */
function markOwnRead(state: WorldState, history: History, slot: number, authorId: number): void {
  const numbering = state.accounts.has(authorId) ? state.numberingOf(authorId, history) : null;
  if (!numbering) return;
  const dialog = state.dialogOf(authorId, peerOf(history, authorId));
  dialog.readInboxMaxId = Math.max(dialog.readInboxMaxId, numbering.idOf(slot) ?? 0);
}

export function announceEdit(state: WorldState, history: History, slot: number): void {
  announce(state, history, 1, (viewerId) => {
    const message = see(state, viewerId, history, slot);
    return message && { type: "edit-message", message };
  });
}

/** Null if that account cannot see the slot. */
export function see(state: WorldState, viewerId: number, history: History, slot: number): WorldMessage | null {
  const numbering = state.numberingOf(viewerId, history);
  if (!numbering || numbering.idOf(slot) === null || numbering.isGone(slot)) return null;
  return toMessage(state, viewerId, history, numbering, slot);
}

/** Copies a new post into the channel's discussion group, where its comments will hang. */
export function openThread(state: WorldState, channel: History, slot: number, announced: boolean): void {
  const chat = channel.chatId === null ? null : state.chats.get(channel.chatId);
  const found = chat?.kind === "channel" && chat.linkedChatId !== null ? place(state, 0, chat.linkedChatId) : null;
  const { body } = channel.stored(slot);
  if (!chat || !found || body.service || (body.groupedId !== undefined && hasThread(channel, slot, body.groupedId)))
    return;
  const channelPost = channel.boxes.get(OWN_BOX)?.idOf(slot) ?? 0;
  const copy: Stored = {
    body: {
      ...body,
      fromId: chat.id,
      forward: {
        date: body.date,
        fromId: chat.id,
        channelPost,
        savedFromPeerId: chat.id,
        savedFromMessageId: channelPost,
      },
      pinned: true,
    },
  };
  const root = put(state, found.history, copy);
  channel.threads.set(slot, root);
  found.history.threads.set(root, slot);
  if (announced) announceNew(state, found.history, root);
}

const hasThread = (channel: History, slot: number, groupedId: bigint): boolean =>
  slot > 0 && channel.stored(slot - 1).body.groupedId === groupedId;

/** An account that has just joined a basic group numbers what comes from now on. */
export function startNumbering(history: History, accountId: number): void {
  if (history.boxes.has(OWN_BOX) || history.boxes.has(accountId)) return;
  history.boxes.set(accountId, new Numbering(0, 1, 0, 0));
}
