import type { Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { badRequest } from "../refusal.ts";
import { readNoPreview, readText, sendDraft, TEXT_LIMIT } from "../send.ts";
import { formatText } from "../text/format.ts";

export const sendingText: Methods = {
  sendMessage(call) {
    return sendDraft(call, () => {
      const formatted = readText(call);
      if (formatted.text.length > TEXT_LIMIT) throw badRequest("message is too long");
      return { ...formatted, ...(readNoPreview(call) && { noWebpage: true }) };
    });
  },

  /** A preview of a message that is being made; it is gone after 30 s or with the next message. */
  sendMessageDraft(call) {
    const chatId = chatOf(call, "write");
    const { params, bot } = call;
    const draftId = params.integer("draft_id", 0);
    if (draftId === 0) throw badRequest("RANDOM_ID_INVALID");
    const source = {
      text: params.text("text"),
      parseMode: params.text("parse_mode"),
      entities: params.json("entities"),
    };
    const { text } = formatText(source);
    if (text.length > TEXT_LIMIT) throw badRequest("message is too long");
    bot.view.showDraft(chatId, draftId, text);
    return true;
  },

  sendChatAction(call) {
    const chatId = chatOf(call, "write");
    const action = call.params.text("action").toLowerCase();
    if (!ACTIONS.has(action)) throw badRequest("wrong parameter action in request");
    call.bot.view.chatAction(chatId, action);
    return true;
  },
};

const ACTIONS = new Set([
  "cancel",
  "typing",
  "record_video",
  "upload_video",
  "record_audio",
  "upload_audio",
  "record_voice",
  "upload_voice",
  "upload_photo",
  "upload_document",
  "choose_sticker",
  "pick_up_location",
  "find_location",
  "record_video_note",
  "upload_video_note",
]);
