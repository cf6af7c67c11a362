import type { TlObject } from "../../tl/value.ts";
import { bareId, type ServiceAction } from "../../world/types.ts";
import { peerOf } from "./peers.ts";

const HANG_UPS = {
  missed: "phoneCallDiscardReasonMissed",
  hangup: "phoneCallDiscardReasonHangup",
  busy: "phoneCallDiscardReasonBusy",
  disconnect: "phoneCallDiscardReasonDisconnect",
};

/** What a service message tells. */
export function shapeAction(action: ServiceAction): TlObject {
  switch (action.type) {
    case "chat-create":
      return { _: "messageActionChatCreate", title: action.title, users: action.userIds };
    case "channel-create":
      return { _: "messageActionChannelCreate", title: action.title };
    case "chat-edit-title":
      return { _: "messageActionChatEditTitle", title: action.title };
    case "chat-add-user":
      return { _: "messageActionChatAddUser", users: action.userIds };
    case "chat-delete-user":
      return { _: "messageActionChatDeleteUser", user_id: action.userId };
    case "chat-joined-by-link":
      return { _: "messageActionChatJoinedByLink", inviter_id: action.inviterId };
    case "chat-migrate-to":
      return { _: "messageActionChatMigrateTo", channel_id: bareId(action.chatId) };
    case "channel-migrate-from":
      return { _: "messageActionChannelMigrateFrom", title: action.title, chat_id: bareId(action.chatId) };
    case "pin-message":
      return { _: "messageActionPinMessage" };
    case "history-clear":
      return { _: "messageActionHistoryClear" };
    case "phone-call":
      return {
        _: "messageActionPhoneCall",
        video: action.video,
        call_id: 1n,
        reason: { _: HANG_UPS[action.reason] },
        duration: action.duration > 0 ? action.duration : undefined,
      };
    case "topic-create":
      return { _: "messageActionTopicCreate", title: action.title, icon_color: action.iconColor };
    case "topic-edit":
      return { _: "messageActionTopicEdit", title: action.title, closed: action.closed };
    case "contact-sign-up":
      return { _: "messageActionContactSignUp" };
    case "screenshot":
      return { _: "messageActionScreenshotTaken" };
    case "requested-peer":
      return { _: "messageActionRequestedPeer", button_id: action.requestId, peers: action.peerIds.map(peerOf) };
  }
}
