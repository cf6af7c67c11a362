import { randomBytes } from "node:crypto";
import type { Draft } from "../../world/types.ts";
import type { Call, Method, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { type MediaName, readMedia } from "../input-media.ts";
import { messageJson } from "../json/message.ts";
import { badRequest } from "../refusal.ts";
import { commonDraft, readCaption, sendDraft } from "../send.ts";

const sendOne =
  (name: MediaName): Method =>
  (call) =>
    sendDraft(call, () => {
      const media = readMedia(call.world, call.bot.files, call.params, name, name);
      const bare = name === "sticker" || name === "video_note";
      return { media, ...(bare ? {} : readCaption(call.params)) };
    });

export const sendingMedia: Methods = {
  sendPhoto: sendOne("photo"),
  sendVideo: sendOne("video"),
  sendDocument: sendOne("document"),
  sendAudio: sendOne("audio"),
  sendVoice: sendOne("voice"),
  sendAnimation: sendOne("animation"),
  sendVideoNote: sendOne("video_note"),
  sendSticker: sendOne("sticker"),

  sendMediaGroup(call) {
    const chatId = chatOf(call, "write");
    const drafts = readGroup(call, chatId);
    call.rate.spend(chatId, drafts.length, call.world.clock.nowMs());
    return call.bot.view.sendAlbum(chatId, drafts).map((message) => messageJson(call.world, call.bot, message));
  },
};

const GROUPABLE = ["photo", "video", "document", "audio"];

/** The parts of an album: two to ten, documents and audio only among their own. */
function readGroup(call: Call, chatId: number): Draft[] {
  const { params, world, bot } = call;
  const list = params.json("media", "media");
  if (!Array.isArray(list)) throw badRequest("expected an Array of InputMedia");
  if (list.length < 2 || list.length > 10) throw badRequest("wrong number of messages in the album: 2-10 expected");
  const common = commonDraft(call, chatId);
  const groupedId = randomBytes(8).readBigInt64BE() | 1n;
  const types = new Set<string>();
  const drafts = list.map((item: unknown): Draft => {
    if (typeof item !== "object" || item === null) throw badRequest("can't parse InputMedia: expected an Object");
    const fields = params.inside(item);
    const type = fields.text("type");
    if (!GROUPABLE.includes(type)) {
      throw badRequest(`can't parse InputMedia: type "${type}" can't be used in sendMediaGroup`);
    }
    types.add(type === "video" ? "photo" : type);
    const media = readMedia(world, bot.files, fields, type as MediaName, "media");
    return { ...common, media, ...readCaption(fields), groupedId };
  });
  if (types.size > 1) throw badRequest("can't use the media of the specified type in the album");
  return drafts;
}
