import { announce } from "./delivering.ts";
import { type History, OWN_BOX } from "./history.ts";
import { place } from "./reading.ts";
import { isPresent, may, readable } from "./rights.ts";
import type { WorldState } from "./state.ts";
import { Refusal } from "./types.ts";

/** Deleting, with Telegram's two calls: by channel, and by number over the whole box of an account. */

export interface Deletion {
  deleted: number[];
  pts: number;
  ptsCount: number;
}

/** Of a channel or supergroup: for everyone, and all or nothing where a right is missing. */
export function deleteInChannel(
  state: WorldState,
  accountId: number,
  peerId: number,
  ids: readonly number[],
): Deletion {
  const chat = readable(state, accountId, peerId);
  const at = place(state, accountId, peerId);
  if (!chat || !at || !isPresent(chat.members.get(accountId))) throw new Refusal(400, "CHANNEL_PRIVATE");
  const all = may(chat, accountId, "deleteMessages");
  const slots = ids.map((id) => at.numbering.slotOf(id)).filter((slot) => slot !== null);
  for (const slot of new Set(slots)) {
    const { body, authorId } = at.history.stored(slot);
    const own = (authorId ?? body.fromId) === accountId;
    if ((!all && !(own && !body.service)) || isBirth(body.service?.type))
      throw new Refusal(403, "MESSAGE_DELETE_FORBIDDEN");
  }
  const deleted = remove(at.history, OWN_BOX, slots);
  if (deleted.length > 0) {
    const ids = deleted;
    announce(state, at.history, ids.length, () => ({ type: "delete-messages", peerId, messageIds: ids }));
  }
  return { deleted, pts: state.logOf(peerId).pts, ptsCount: deleted.length };
}

const isBirth = (type: string | undefined): boolean => type === "channel-create" || type === "channel-migrate-from";

function remove(history: History, owner: number, slots: readonly number[]): number[] {
  const numbering = history.boxes.get(owner);
  const ids: number[] = [];
  for (const slot of slots) {
    const id = numbering?.idOf(slot) ?? null;
    if (!numbering || id === null || numbering.isGone(slot)) continue;
    numbering.remove(slot);
    ids.push(id);
  }
  return ids;
}

const DAY = 86_400;

/** By number alone, from the account's own box: whatever chats they are of. */
export function deleteInBox(state: WorldState, accountId: number, ids: readonly number[], revoke: boolean): Deletion {
  const chosen = new Map<History, number[]>();
  for (const id of ids) {
    const history = state.boxOf(accountId).find(id);
    const slot = history?.boxes.get(accountId)?.slotOf(id) ?? null;
    if (!history || slot === null) continue;
    const { body } = history.stored(slot);
    const young = body.media?.kind === "dice" && state.clock.now() - body.date < DAY;
    if (young && revoke && history.members && history.members[0] !== history.members[1]) {
      throw new Refusal(403, "MESSAGE_DELETE_FORBIDDEN");
    }
    chosen.set(history, [...(chosen.get(history) ?? []), slot]);
  }
  const deleted: number[] = [];
  for (const [history, slots] of chosen) {
    const forAll = revoke ? slots.filter((slot) => mayRevoke(state, accountId, history, slot)) : [];
    for (const holder of state.boxHolders(history)) {
      const gone = remove(history, holder, holder === accountId ? slots : forAll);
      if (holder === accountId) deleted.push(...gone);
      else tellGone(state, holder, gone);
    }
  }
  tellGone(state, accountId, deleted);
  return { deleted, pts: state.logOf(accountId).pts, ptsCount: deleted.length };
}

/** In private chats both sides may; in basic groups the author and admins. */
function mayRevoke(state: WorldState, accountId: number, history: History, slot: number): boolean {
  if (history.members) return true;
  const chat = history.chatId === null ? null : state.chats.get(history.chatId);
  return history.stored(slot).body.fromId === accountId || (!!chat && may(chat, accountId, "deleteMessages"));
}

/** Whatever the rights, for everyone: what someone else did. */
export function erase(state: WorldState, accountId: number, peerId: number, ids: readonly number[]): number[] {
  const at = place(state, accountId, peerId);
  if (!at) return [];
  const slots = ids.map((id) => at.numbering.slotOf(id)).filter((slot) => slot !== null);
  if (at.history.boxes.has(OWN_BOX)) {
    const deleted = remove(at.history, OWN_BOX, slots);
    if (deleted.length > 0) {
      announce(state, at.history, deleted.length, () => ({ type: "delete-messages", peerId, messageIds: deleted }));
    }
    return deleted;
  }
  let deleted: number[] = [];
  for (const holder of state.boxHolders(at.history)) {
    const gone = remove(at.history, holder, slots);
    tellGone(state, holder, gone);
    if (holder === accountId) deleted = gone;
  }
  return deleted;
}

function tellGone(state: WorldState, accountId: number, messageIds: number[]): void {
  if (messageIds.length === 0) return;
  const happened = { type: "delete-messages" as const, peerId: null, messageIds };
  const position = state
    .logOf(accountId)
    .record(messageIds.length, state.clock.now(), (_viewer, at) => ({ ...at, ...happened }));
  state.tell(accountId, { ...position, ...happened });
}
