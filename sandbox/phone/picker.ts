import { type AccountView, type Draft, isUserId, Refusal, type RequestedPeerInfo, type World } from "../world/types.ts";
import { authorName, usernameOf } from "./names.ts";

type Fields = Record<string, unknown>;
export type PickerRequest = { kind: "chat" | "users"; requestId: number; max: number; spec: Fields };
export type Choice = { id: number; name: string; username: string | null; hasPhoto: boolean };

/** Finds the button of a reply keyboard that asks for a chat or for people. */
export function findRequest(owner: AccountView, botId: number, messageId: number, requestId: number): PickerRequest {
  const keyboard = owner.message(botId, messageId)?.replyMarkup?.keyboard;
  for (const button of Array.isArray(keyboard) ? (keyboard.flat() as Fields[]) : []) {
    const spec = (button.request_chat ?? button.request_users) as Fields | undefined;
    if (spec?.request_id !== requestId) continue;
    const max = typeof spec.max_quantity === "number" ? spec.max_quantity : 1;
    return { kind: button.request_chat ? "chat" : "users", requestId, max, spec };
  }
  throw new Refusal(400, "BUTTON_ID_INVALID");
}

/** What the phone's own picker would list for it. */
export function choices(world: World, botId: number, request: PickerRequest): Choice[] {
  const owner = world.as(world.ownerId);
  const ids = owner.dialogs().map(({ peerId }) => peerId);
  const fits = request.kind === "chat" ? chatFits(world, botId) : personFits(world);
  return ids
    .filter((id) => id !== world.ownerId && fits(id, request.spec))
    .map((id) => ({
      id,
      name: authorName(world, id),
      username: usernameOf(world, id),
      hasPhoto: (isUserId(id) ? world.people.get(id)?.hasPhoto : world.chat(id)?.hasPhoto) ?? false,
    }));
}

const chatFits = (world: World, botId: number) => (id: number, spec: Fields) => {
  const chat = isUserId(id) ? null : world.chat(id);
  if (!chat || chat.deactivated) return false;
  const status = world.as(world.ownerId).membership(id)?.status;
  const is = (field: string, fact: boolean) => spec[field] === undefined || spec[field] === fact;
  return (
    is("chat_is_channel", chat.kind === "channel") &&
    is("chat_is_forum", chat.isForum) &&
    is("chat_has_username", chat.username !== null) &&
    (spec.chat_is_created !== true || status === "creator") &&
    (spec.user_administrator_rights === undefined || status === "creator" || status === "admin") &&
    (spec.bot_is_member !== true || chat.members.has(botId))
  );
};

const personFits = (world: World) => (id: number, spec: Fields) => {
  const user = isUserId(id) ? world.people.get(id) : null;
  if (!user || user.deleted) return false;
  const is = (field: string, fact: boolean) => spec[field] === undefined || spec[field] === fact;
  return is("user_is_bot", user.isBot) && is("user_is_premium", user.premium);
};

/** The service message that tells the bot what was chosen, with as much of it as the button asked for. */
export function shareDraft(world: World, request: PickerRequest, peerIds: number[]): Draft {
  const { spec, requestId } = request;
  const asBot = peerIds.map((id): RequestedPeerInfo => {
    const user = isUserId(id) ? world.people.get(id) : null;
    const username = usernameOf(world, id);
    return {
      id,
      ...(spec.request_title === true && { title: authorName(world, id) }),
      ...(spec.request_username === true && username && { username }),
      ...(spec.request_name === true && user && { firstName: user.firstName }),
      ...(spec.request_name === true && user?.lastName && { lastName: user.lastName }),
    };
  });
  return { service: { type: "requested-peer", requestId, peerIds, asBot } };
}
