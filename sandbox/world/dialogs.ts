import { place, toMessage } from "./reading.ts";
import { isPresent } from "./rights.ts";
import { select } from "./select.ts";
import type { WorldState } from "./state.ts";
import { type Dialog, isChannelId, isUserId, type WorldUpdate } from "./types.ts";

/** The chat list of one account. */

const COUNTED = 500;

export function dialogOf(state: WorldState, accountId: number, peerId: number): Dialog | null {
  const own = state.dialogsOf(accountId).get(peerId);
  const at = place(state, accountId, peerId);
  if (!own?.open || !at) return null;
  const { history, numbering } = at;
  const all = select(history, numbering, {});
  if (all.length === 0) return null;
  const top = toMessage(state, accountId, history, numbering, all.at(all.length - 1));
  const read = all.rank(numbering.slotFrom(own.readInboxMaxId + 1));
  let unread = all.length - read;
  let unreadMentions = 0;
  if (unread <= COUNTED) {
    for (let index = read; index < all.length; index++) {
      const message = toMessage(state, accountId, history, numbering, all.at(index));
      if (message.out) unread--;
      else if (message.mentioned) unreadMentions++;
    }
  }
  return {
    peerId,
    topMessageId: top.id,
    topDate: top.date,
    unread,
    unreadMentions,
    readInboxMaxId: own.readInboxMaxId,
    readOutboxMaxId: own.readOutboxMaxId,
    pinned: own.pinned,
    folderId: own.folderId,
    muted: own.muted,
    pts: isChannelId(peerId) ? state.logOf(peerId).pts : null,
  };
}

export function dialogsOf(state: WorldState, accountId: number): Dialog[] {
  const dialogs: Dialog[] = [];
  for (const peerId of state.dialogsOf(accountId).keys()) {
    if (!isUserId(peerId) && !isPresent(state.chats.get(peerId)?.members.get(accountId))) continue;
    const dialog = dialogOf(state, accountId, peerId);
    if (dialog) dialogs.push(dialog);
  }
  return dialogs.sort(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.topDate - a.topDate || b.topMessageId - a.topMessageId,
  );
}

/** Reads up to a message; the other side of a private chat sees the ticks. */
export function markRead(state: WorldState, accountId: number, peerId: number, maxId: number): void {
  const at = place(state, accountId, peerId);
  const own = state.dialogOf(accountId, peerId);
  if (!at || maxId <= own.readInboxMaxId) return;
  own.readInboxMaxId = maxId;
  const date = state.clock.now();
  const stillUnread = dialogOf(state, accountId, peerId)?.unread ?? 0;
  tell(state, accountId, date, { type: "read-inbox", peerId, maxId, stillUnread });
  if (!isUserId(peerId) || !state.accounts.has(peerId) || peerId === accountId) return;
  const theirs = at.history.boxes.get(peerId)?.idOf(at.numbering.slotFrom(maxId + 1) - 1) ?? null;
  if (theirs === null) return;
  const other = state.dialogOf(peerId, accountId);
  other.readOutboxMaxId = Math.max(other.readOutboxMaxId, theirs);
  tell(state, peerId, date, { type: "read-outbox", peerId: accountId, maxId: theirs });
}

type ReadUpdate =
  | { type: "read-inbox"; peerId: number; maxId: number; stillUnread: number }
  | { type: "read-outbox"; peerId: number; maxId: number };

function tell(state: WorldState, accountId: number, date: number, happened: ReadUpdate): void {
  const owner = isChannelId(happened.peerId) ? null : accountId;
  const position =
    owner === null
      ? { channelId: happened.peerId, pts: state.logOf(happened.peerId).pts, ptsCount: 0, date }
      : state.logOf(owner).record(1, date, (_viewer, at) => ({ ...at, ...happened }));
  const update: WorldUpdate = { ...position, ...happened };
  state.tell(accountId, update);
}
