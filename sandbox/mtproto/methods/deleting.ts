import { flagOf, intOf, intsOf, objectOf } from "../../tl/value.ts";
import { type AccountView, isChannelId } from "../../world/types.ts";
import { type Call, type Method, me, refuse } from "../rpc/call.ts";
import { readChannel, readPeer } from "../shapes/inputs.ts";
import { collectUpdates, hear } from "../updates/collect.ts";

const MAX_IDS = 100;
const MAX_HISTORY = 100;

function remove(call: Call, view: AccountView, peerId: number | null, ids: readonly number[], revoke: boolean) {
  if (ids.length === 0) refuse(400, "MESSAGE_IDS_EMPTY");
  if (ids.length > MAX_IDS) refuse(400, "MESSAGE_IDS_INVALID");
  let result = { pts: 0, ptsCount: 0 };
  hear(call, view, () => {
    result = view.delete(peerId, ids, revoke);
  });
  return { _: "messages.affectedMessages", pts: result.pts, pts_count: result.ptsCount };
}

export const deletingMethods: Record<string, Method> = {
  "messages.deleteMessages": (request, call) =>
    remove(call, me(call), null, intsOf(request, "id"), flagOf(request, "revoke")),
  "channels.deleteMessages": (request, call) => {
    const view = me(call);
    return remove(call, view, readChannel(view, objectOf(request, "channel")), intsOf(request, "id"), true);
  },
  "messages.deleteHistory": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    if (isChannelId(peerId)) refuse(400, "PEER_ID_INVALID");
    const maxId = intOf(request, "max_id");
    const query = { limit: MAX_HISTORY, ...(maxId > 0 ? { maxId: maxId + 1 } : {}) };
    const page = view.history(peerId, query);
    if (page.messages.length === 0) return { _: "messages.affectedHistory", pts: view.pts(), pts_count: 0, offset: 0 };
    const ids = page.messages.map((message) => message.id);
    const affected = remove(call, view, null, ids, flagOf(request, "revoke"));
    return { ...affected, _: "messages.affectedHistory", offset: page.count > ids.length ? ids.at(-1) : 0 };
  },
  "messages.readHistory": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const heard = hear(call, view, () => view.markRead(peerId, intOf(request, "max_id")));
    const read = heard.find((update) => update.type === "read-inbox");
    return {
      _: "messages.affectedMessages",
      pts: view.pts(),
      pts_count: read && "ptsCount" in read ? read.ptsCount : 0,
    };
  },
  "channels.readHistory": (request, call) => {
    const view = me(call);
    const channel = readChannel(view, objectOf(request, "channel"));
    hear(call, view, () => view.markRead(channel, intOf(request, "max_id")));
    return true;
  },
  "messages.readMessageContents": (_request, call) => ({
    _: "messages.affectedMessages",
    pts: me(call).pts(),
    pts_count: 0,
  }),
  "channels.readMessageContents": () => true,
  "messages.readDiscussion": () => true,
  "messages.readMentions": (_request, call) => ({
    _: "messages.affectedHistory",
    pts: me(call).pts(),
    pts_count: 0,
    offset: 0,
  }),
  "channels.joinChannel": (request, call) => {
    const view = me(call);
    const channel = readChannel(view, objectOf(request, "channel"));
    return collectUpdates(call, view, () => view.join(channel));
  },
  "channels.leaveChannel": (request, call) => {
    const view = me(call);
    const channel = readChannel(view, objectOf(request, "channel"));
    return collectUpdates(call, view, () => view.leave(channel));
  },
};
