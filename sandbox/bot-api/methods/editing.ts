import { isUserId, type WorldMessage } from "../../world/types.ts";
import type { Call, Methods } from "../bot.ts";
import { chatOf } from "../chat-access.ts";
import { type MediaName, readMedia } from "../input-media.ts";
import { messageJson } from "../json/message.ts";
import { readInlineMarkup } from "../markup.ts";
import { badRequest } from "../refusal.ts";
import { assertModified, type Edit } from "../same-content.ts";
import { readCaption, readNoPreview, readText, TEXT_LIMIT } from "../send.ts";

export const editing: Methods = {
  editMessageText(call) {
    const formatted = readText(call);
    const message = editable(call);
    if (message.media && message.media.kind !== "webpage") throw badRequest("there is no text in the message to edit");
    if (formatted.text.length > TEXT_LIMIT) throw badRequest("MESSAGE_TOO_LONG");
    const replyMarkup = markup(call);
    return apply(call, message, { ...formatted, replyMarkup }, { noWebpage: readNoPreview(call) });
  },

  editMessageCaption(call) {
    const message = editable(call);
    const kind = message.media?.kind;
    if (kind !== "photo" && kind !== "document") throw badRequest("there is no caption in the message to edit");
    return apply(call, message, { ...readCaption(call.params), replyMarkup: markup(call) });
  },

  editMessageReplyMarkup(call) {
    return apply(call, editable(call), { replyMarkup: markup(call) });
  },

  editMessageMedia(call) {
    const { params, world, bot } = call;
    const message = editable(call);
    const value = params.json("media", "input media");
    if (typeof value !== "object" || value === null) throw badRequest("input media is not specified");
    const fields = params.inside(value);
    const type = fields.text("type");
    if (!["photo", "video", "document", "audio", "animation"].includes(type)) {
      throw badRequest(`can't parse InputMedia: type "${type}" is unsupported`);
    }
    const media = readMedia(world, bot.files, fields, type as MediaName, "media");
    return apply(call, message, { ...readCaption(fields), replyMarkup: markup(call) }, { media });
  },
};

/** The message to edit, once it is sure that the bot may: its own, not forwarded, with no keyboard but an inline one. */
function editable(call: Call): WorldMessage {
  const { params, bot } = call;
  if (!params.has("chat_id") && params.has("inline_message_id")) throw badRequest("MESSAGE_ID_INVALID");
  const chatId = chatOf(call, "edit");
  const id = params.integer("message_id", 0);
  if (id === 0) throw badRequest("message identifier is not specified");
  const message = bot.view.message(chatId, id);
  if (!message) throw badRequest("message to edit not found");
  const otherKeyboard = message.replyMarkup !== undefined && message.replyMarkup.inline_keyboard === undefined;
  const isPost = !isUserId(chatId) && message.fromId === chatId;
  if ((!message.out && !isPost) || message.forward || message.service || otherKeyboard) {
    throw badRequest("message can't be edited");
  }
  return message;
}

/** An edit without buttons takes them away. */
const markup = ({ params }: Call) => readInlineMarkup(params.json("reply_markup", "reply keyboard markup")) ?? null;

type Extras = Pick<Parameters<Call["bot"]["view"]["edit"]>[2], "media" | "noWebpage">;

function apply(call: Call, message: WorldMessage, edit: Edit, extras: Extras = {}): unknown {
  const { bot, world, rate } = call;
  if (!extras.media) assertModified(message, edit);
  rate.spend(message.peerId, 1, world.clock.nowMs());
  const edited = bot.view.edit(message.peerId, message.id, { ...edit, ...extras });
  return messageJson(world, bot, edited);
}
