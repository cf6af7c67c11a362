import type { AdminRights, Member, World } from "../../world/types.ts";
import { type Json, userJson } from "./people.ts";

/** A member as the Bot API writes it. */
export function memberJson(world: World, member: Member): Json {
  const user = userJson(world, member.userId);
  const title = member.rank ? { custom_title: member.rank } : {};
  switch (member.status) {
    case "creator":
      return { user, status: "creator", is_anonymous: member.rights?.anonymous ?? false, ...title };
    case "admin":
      return { user, status: "administrator", can_be_edited: false, ...rightsJson(member.rights), ...title };
    case "restricted":
      return { user, status: "restricted", is_member: true, can_send_messages: false, until_date: 0 };
    case "banned":
      return { user, status: "kicked", until_date: 0 };
    case "member":
    case "left":
      return { user, status: member.status };
  }
}

function rightsJson(rights: AdminRights | null): Json {
  return {
    can_manage_chat: true,
    can_change_info: rights?.changeInfo ?? false,
    can_post_messages: rights?.postMessages ?? false,
    can_edit_messages: rights?.editMessages ?? false,
    can_delete_messages: rights?.deleteMessages ?? false,
    can_restrict_members: rights?.banUsers ?? false,
    can_invite_users: rights?.inviteUsers ?? false,
    can_pin_messages: rights?.pinMessages ?? false,
    can_promote_members: rights?.addAdmins ?? false,
    can_manage_video_chats: rights?.manageCall ?? false,
    can_manage_topics: rights?.manageTopics ?? false,
    is_anonymous: rights?.anonymous ?? false,
  };
}
