import type { TlObject } from "../../tl/value.ts";
import type { AccountView, World } from "../../world/types.ts";

export function shapeUser(world: World, view: AccountView, id: number): TlObject {
  const user = world.people.get(id);
  if (!user) return { _: "userEmpty", id };
  const self = id === view.id;
  if (user.deleted) return { _: "user", id, deleted: true, access_hash: view.accessHash(id) };
  const bot = world.account(id)?.bot;
  return {
    _: "user",
    id,
    self,
    contact: user.contact && !self,
    mutual_contact: user.contact && !self,
    bot: user.isBot,
    bot_chat_history: bot?.readsAllGroupMessages ?? false,
    bot_nochats: bot ? !bot.canJoinGroups : false,
    verified: user.verified,
    premium: user.premium,
    access_hash: view.accessHash(id),
    first_name: user.firstName,
    last_name: user.lastName || undefined,
    username: user.username ?? undefined,
    phone: (self || user.contact) && user.phone ? user.phone : undefined,
    photo: user.hasPhoto ? userPhoto(world, id) : undefined,
    status: user.isBot ? undefined : { _: "userStatusRecently" },
    bot_info_version: user.isBot ? 1 : undefined,
    bot_inline_placeholder: bot?.supportsInline ? "" : undefined,
    lang_code: undefined,
  };
}

function userPhoto(world: World, id: number): TlObject {
  const file = world.content.profilePhoto(id);
  return { _: "userProfilePhoto", photo_id: file.id, dc_id: file.dcId };
}
