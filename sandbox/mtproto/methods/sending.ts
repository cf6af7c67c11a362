import { randomBytes } from "node:crypto";
import {
  bytesOf,
  flagOf,
  intOf,
  intsOf,
  longOf,
  longsOf,
  objectOf,
  objectsOf,
  type TlObject,
  textOf,
} from "../../tl/value.ts";
import type { AccountView, Draft, WorldUpdate } from "../../world/types.ts";
import { type Call, type Method, me, refuse } from "../rpc/call.ts";
import { readEntities } from "../shapes/entities.ts";
import { readMedia } from "../shapes/input-media.ts";
import { readPeer, readReplyTo } from "../shapes/inputs.ts";
import { shapeMedia } from "../shapes/media.ts";
import { collectUpdates } from "../updates/collect.ts";

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_FORWARD = 100;

function textFields(request: TlObject, longest: number): Pick<Draft, "text" | "entities"> {
  const text = textOf(request, "message");
  if (text.length > longest) refuse(400, longest === MAX_TEXT ? "MESSAGE_TOO_LONG" : "MEDIA_CAPTION_TOO_LONG");
  return { text, entities: readEntities(objectsOf(request, "entities")) };
}

function draftOf(request: TlObject, longest: number): Draft {
  return {
    ...textFields(request, longest),
    ...readReplyTo(request),
    silent: flagOf(request, "silent"),
    noforwards: flagOf(request, "noforwards"),
    noWebpage: flagOf(request, "no_webpage"),
  };
}

/** Names the new messages by the numbers that the client gave them, and refuses a number given twice. */
function withRandomIds(call: Call, view: AccountView, randomIds: readonly bigint[], act: () => void): TlObject {
  const { randomIds: known } = call.backend;
  if (randomIds.some((id) => !known.isNew(view.id, id))) refuse(500, "RANDOM_ID_DUPLICATE");
  const acted = () => {
    act();
    for (const id of randomIds) known.keep(view.id, id);
  };
  return collectUpdates(call, view, acted, (updates: readonly WorldUpdate[]) => {
    const made = updates.flatMap((update) =>
      update.type === "new-message" && update.message.out ? [update.message] : [],
    );
    // In one's own channel posts are not "out" for everyone; then all that is new is meant.
    const all =
      made.length > 0 ? made : updates.flatMap((update) => (update.type === "new-message" ? [update.message] : []));
    return randomIds.flatMap((random_id, index) =>
      all[index] ? [{ _: "updateMessageID", id: all[index].id, random_id }] : [],
    );
  });
}

export const sendingMethods: Record<string, Method> = {
  "messages.sendMessage": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    if (textOf(request, "message").trim() === "") refuse(400, "MESSAGE_EMPTY");
    const draft = draftOf(request, MAX_TEXT);
    return withRandomIds(call, view, [longOf(request, "random_id")], () => view.send(peerId, draft));
  },
  "messages.sendMedia": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const common = draftOf(request, MAX_CAPTION);
    // The number is looked at first: a repeated request need not bring its file again.
    return withRandomIds(call, view, [longOf(request, "random_id")], () => {
      const media = readMedia(call, view, objectOf(request, "media")) ?? refuse(400, "MEDIA_EMPTY");
      view.send(peerId, { ...common, media });
    });
  },
  "messages.sendMultiMedia": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const items = objectsOf(request, "multi_media");
    if (items.length === 0 || items.length > 10) refuse(400, "MULTI_MEDIA_TOO_LONG");
    const common = draftOf(request, MAX_CAPTION);
    const groupedId = BigInt.asIntN(63, randomBytes(8).readBigInt64BE()) | 1n;
    const drafts = items.map((item): Draft => {
      const input = objectOf(item, "media");
      // An album takes only what uploadMedia has kept before.
      if (input?._.startsWith("inputMediaUploaded")) refuse(400, "MEDIA_INVALID");
      const media = readMedia(call, view, input) ?? refuse(400, "MEDIA_EMPTY");
      return { ...common, ...textFields(item, MAX_CAPTION), media, groupedId };
    });
    const randomIds = items.map((item) => longOf(item, "random_id"));
    return withRandomIds(call, view, randomIds, () => view.sendAlbum(peerId, drafts));
  },
  "messages.uploadMedia": (request, call) => {
    const view = me(call);
    readPeer(view, objectOf(request, "peer"));
    const media = readMedia(call, view, objectOf(request, "media")) ?? refuse(400, "MEDIA_EMPTY");
    return shapeMedia(call.world, view, media);
  },
  "messages.forwardMessages": (request, call) => {
    const view = me(call);
    const from = readPeer(view, objectOf(request, "from_peer"));
    const to = readPeer(view, objectOf(request, "to_peer"));
    const ids = intsOf(request, "id");
    const randomIds = longsOf(request, "random_id");
    if (ids.length === 0) refuse(400, "MESSAGE_IDS_EMPTY");
    if (ids.length > MAX_FORWARD) refuse(400, "MESSAGE_IDS_INVALID");
    if (randomIds.length !== ids.length) refuse(400, "RANDOM_ID_INVALID");
    const topicId = intOf(request, "top_msg_id");
    const options = {
      silent: flagOf(request, "silent"),
      dropAuthor: flagOf(request, "drop_author"),
      dropCaption: flagOf(request, "drop_media_captions"),
      ...(topicId > 0 ? { topicId } : {}),
    };
    return withRandomIds(call, view, randomIds, () => view.forward(from, ids, to, options));
  },
  "messages.editMessage": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const change: Parameters<AccountView["edit"]>[2] = {};
    if (typeof request.message === "string") Object.assign(change, textFields(request, MAX_TEXT));
    const media = readMedia(call, view, objectOf(request, "media"));
    if (media) change.media = media;
    return collectUpdates(call, view, () => view.edit(peerId, intOf(request, "id"), change));
  },
  "messages.updatePinnedMessage": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const id = intOf(request, "id");
    return collectUpdates(call, view, () => view.pin(peerId, id, !flagOf(request, "unpin"), flagOf(request, "silent")));
  },
  "messages.sendReaction": (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const emoji = objectsOf(request, "reaction").flatMap((each) =>
      each._ === "reactionEmoji" ? [textOf(each, "emoticon")] : [],
    );
    return collectUpdates(call, view, () => view.react(peerId, intOf(request, "msg_id"), emoji));
  },
  "messages.setTyping": (request, call) => {
    const view = me(call);
    view.chatAction(readPeer(view, objectOf(request, "peer")), "typing");
    return true;
  },
  "messages.saveDraft": () => true,
  "messages.getAllDrafts": (_request, call) => collectUpdates(call, me(call), () => undefined),
  "messages.getBotCallbackAnswer": async (request, call) => {
    const view = me(call);
    const peerId = readPeer(view, objectOf(request, "peer"));
    const data = bytesOf(request, "data").toString("utf8");
    const answer = await view.pressButton(peerId, intOf(request, "msg_id"), data);
    return {
      _: "messages.botCallbackAnswer",
      alert: answer.alert,
      has_url: answer.url !== undefined,
      message: answer.text,
      url: answer.url,
      cache_time: answer.cacheTime ?? 0,
    };
  },
  "messages.setBotCallbackAnswer": (request, call) => {
    const message = textOf(request, "message");
    me(call).answerCallback(String(longOf(request, "query_id")), {
      ...(message === "" ? {} : { text: message }),
      alert: flagOf(request, "alert"),
      cacheTime: intOf(request, "cache_time"),
    });
    return true;
  },
};
