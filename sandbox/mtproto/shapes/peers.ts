import type { TlObject } from "../../tl/value.ts";
import { bareId, isChannelId, isUserId } from "../../world/types.ts";

/** A marked id as the wire names it. */
export function peerOf(id: number): TlObject {
  if (isUserId(id)) return { _: "peerUser", user_id: id };
  return isChannelId(id) ? { _: "peerChannel", channel_id: bareId(id) } : { _: "peerChat", chat_id: bareId(id) };
}
