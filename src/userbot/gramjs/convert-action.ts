/** What a service message tells. Its fields are taken by their names, so that actions newer than this program keep theirs. */
import bigInt from "big-integer";
import { Api } from "telegram/tl/index.js";
import type { ChatId } from "../../core/media.ts";
import type { ActionDetails, Person } from "../../core/message-extra.ts";
import { channelChatId, chatIdOf, groupChatId } from "./peers.ts";

export type NamePerson = (id: ChatId) => Person;

/** Fields that are somebody's bare number, by what kind of somebody. */
const PEOPLE: Record<string, (id: bigInt.BigInteger) => ChatId> = {
  users: (id) => id.toJSNumber(),
  userId: (id) => id.toJSNumber(),
  inviterId: (id) => id.toJSNumber(),
  autoSettingFrom: (id) => id.toJSNumber(),
  chatId: groupChatId,
  channelId: channelChatId,
};

const PEERS = [Api.PeerUser, Api.PeerChat, Api.PeerChannel];

export function convertAction(action: Api.TypeMessageAction, name: NamePerson): ActionDetails | undefined {
  const details: ActionDetails = {};
  const fields: { [field: string]: unknown } = action.originalArgs ?? {};
  for (const [field, value] of Object.entries(fields)) {
    // The bits that say which fields follow.
    if (field === "flags") continue;
    const plain = plainValue(field, value, name);
    if (plain !== undefined) details[field] = plain;
  }
  return Object.keys(details).length > 0 ? details : undefined;
}

function plainValue(field: string, value: unknown, name: NamePerson): ActionDetails[string] | undefined {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isLong(value)) {
    const person = PEOPLE[field];
    return person ? name(person(value)) : value.toString();
  }
  if (isPeer(value)) return personOf(value, name);
  if (Array.isArray(value)) return value.flatMap((one) => peopleOf(field, one, name));
  if (value instanceof Api.TextWithEntities) return value.text;
  if (isReason(value)) return value.className.replace("PhoneCallDiscardReason", "").toLowerCase();
  if (value instanceof Api.StarGift) return `${value.stars} stars`;
  return undefined;
}

function peopleOf(field: string, value: unknown, name: NamePerson): Person[] {
  const person = PEOPLE[field];
  if (isLong(value) && person) return [name(person(value))];
  return isPeer(value) ? [personOf(value, name)] : [];
}

const isLong = (value: unknown): value is bigInt.BigInteger => bigInt.isInstance(value);
const isPeer = (value: unknown): value is Api.TypePeer => PEERS.some((kind) => value instanceof kind);
const personOf = (peer: Api.TypePeer, name: NamePerson): Person => name(chatIdOf(peer) ?? 0);

const isReason = (value: unknown): value is Api.TypePhoneCallDiscardReason =>
  value instanceof Api.PhoneCallDiscardReasonMissed ||
  value instanceof Api.PhoneCallDiscardReasonBusy ||
  value instanceof Api.PhoneCallDiscardReasonHangup ||
  value instanceof Api.PhoneCallDiscardReasonDisconnect;
