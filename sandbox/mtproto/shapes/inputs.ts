import { idOf, intOf, longOf, objectOf, type TlObject } from "../../tl/value.ts";
import { type AccountView, channelId, groupId } from "../../world/types.ts";
import { refuse } from "../rpc/call.ts";

/** Reads an InputPeer into a marked id, as far as this account may use it. */
export function readPeer(view: AccountView, input: TlObject | undefined, otherwise?: number): number {
  switch (input?._) {
    case "inputPeerSelf":
      return view.id;
    case "inputPeerUser":
      return allowed(view, idOf(input, "user_id"), longOf(input, "access_hash"), "PEER_ID_INVALID");
    case "inputPeerChat":
      return readGroup(view, idOf(input, "chat_id"));
    case "inputPeerChannel":
      return allowed(view, channelId(idOf(input, "channel_id")), longOf(input, "access_hash"), "CHANNEL_INVALID");
    case "inputPeerUserFromMessage":
      return seenIn(view, input, idOf(input, "user_id"));
    case "inputPeerChannelFromMessage":
      return seenIn(view, input, channelId(idOf(input, "channel_id")));
    case "inputPeerEmpty":
      if (otherwise !== undefined) return otherwise;
      break;
    default:
  }
  return refuse(400, "PEER_ID_INVALID");
}

/** As getDialogs wants it: inputPeerEmpty where a list begins, and no access check for a mere mark in it. */
export function readOffsetPeer(view: AccountView, input: TlObject | undefined): number | null {
  if (!input || input._ === "inputPeerEmpty") return null;
  return readPeer(view, input);
}

export function readChannel(view: AccountView, input: TlObject | undefined): number {
  switch (input?._) {
    case "inputChannel":
      return allowed(view, channelId(idOf(input, "channel_id")), longOf(input, "access_hash"), "CHANNEL_INVALID");
    case "inputChannelFromMessage":
      return seenIn(view, input, channelId(idOf(input, "channel_id")));
    default:
      return refuse(400, "CHANNEL_INVALID");
  }
}

export function readUser(view: AccountView, input: TlObject | undefined): number {
  switch (input?._) {
    case "inputUserSelf":
      return view.id;
    case "inputUser":
      return allowed(view, idOf(input, "user_id"), longOf(input, "access_hash"), "USER_ID_INVALID");
    case "inputUserFromMessage":
      return seenIn(view, input, idOf(input, "user_id"));
    default:
      return refuse(400, "USER_ID_INVALID");
  }
}

export function readGroup(view: AccountView, bare: number): number {
  const id = groupId(bare);
  if (!view.membership(id)) refuse(400, "CHAT_ID_INVALID");
  return id;
}

/** Ids of messages, of Vector<InputMessage>. */
export function readMessageIds(inputs: readonly TlObject[]): number[] {
  return inputs.map((input) => (input._ === "inputMessageID" ? intOf(input, "id") : 0));
}

/** The reply and the topic of a message to be sent. */
export function readReplyTo(request: TlObject): { replyTo?: { messageId: number; quote?: string }; topicId?: number } {
  const reply = objectOf(request, "reply_to");
  if (reply?._ !== "inputReplyToMessage") return {};
  const quote = reply.quote_text;
  const top = intOf(reply, "top_msg_id");
  return {
    replyTo: { messageId: intOf(reply, "reply_to_msg_id"), ...(typeof quote === "string" ? { quote } : {}) },
    ...(top > 0 ? { topicId: top } : {}),
  };
}

function allowed(view: AccountView, id: number, hash: bigint, error: string): number {
  if (id === view.id || view.checkAccess(id, hash)) return id;
  return refuse(400, error);
}

/** Someone without an access hash may be named by a message this account can read. */
function seenIn(view: AccountView, input: TlObject, id: number): number {
  const peer = readPeer(view, objectOf(input, "peer"));
  const message = view.message(peer, intOf(input, "msg_id"));
  const seen = message && [message.fromId, message.forward?.fromId, message.viaBotId].includes(id);
  return seen ? id : refuse(400, "PEER_ID_INVALID");
}
