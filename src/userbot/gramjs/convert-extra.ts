/**
 * What a message says beyond its columns. What it does not say is left out, so that a plain message costs two bytes.
 * GramJS gives null, not undefined, for a number that is not there.
 */
import { Api } from "telegram/tl/index.js";
import type { ForwardOrigin, KeyboardButton, MessageExtra, ReactionTally } from "../../core/message-extra.ts";
import { convertAction, type NamePerson } from "./convert-action.ts";
import { convertEntities } from "./convert-entities.ts";
import { convertOtherMedia } from "./convert-other-media.ts";
import { chatIdOf, type PeerBook } from "./peers.ts";

export function convertExtra(message: Api.Message | Api.MessageService, peers: PeerBook): MessageExtra {
  const name: NamePerson = (id) => ({ id, name: peers.nameOf(id) });
  const extra: MessageExtra = {
    ...replyOf(message.replyTo, name),
    ...(message.silent && { silent: true as const }),
    ...reactionsOf(message.reactions, name),
  };
  if (message instanceof Api.MessageService) {
    const action = convertAction(message.action, name);
    return action ? { ...extra, action } : extra;
  }
  const entities = convertEntities(message.entities);
  const viaBotId = message.viaBotId?.toJSNumber();
  const buttons = buttonsOf(message.replyMarkup);
  return {
    ...extra,
    ...(entities && { entities }),
    ...(message.fwdFrom && { forward: forwardOf(message.fwdFrom, name) }),
    ...(viaBotId && { viaBot: { id: viaBotId, name: peers.usernameOf(viaBotId) } }),
    ...(message.postAuthor && { author: message.postAuthor }),
    ...(typeof message.views === "number" && { views: message.views }),
    ...(message.forwards && { forwards: message.forwards }),
    ...(message.replies?.comments && { comments: message.replies.replies }),
    ...(message.pinned && { pinned: true as const }),
    ...convertOtherMedia(message.media, name),
    ...(buttons && { buttons }),
  };
}

function replyOf(header: Api.TypeMessageReplyHeader | undefined, name: NamePerson): MessageExtra {
  if (!(header instanceof Api.MessageReplyHeader)) return {};
  const chatId = header.replyToPeerId && chatIdOf(header.replyToPeerId);
  return {
    ...(chatId && { replyToChat: name(chatId) }),
    ...(header.quoteText && { quote: header.quoteText }),
  };
}

function forwardOf(header: Api.MessageFwdHeader, name: NamePerson): ForwardOrigin {
  const from = header.fromId && chatIdOf(header.fromId);
  const savedFrom = header.savedFromPeer && chatIdOf(header.savedFromPeer);
  return {
    date: header.date,
    ...(from && { from: name(from) }),
    ...(header.fromName && { hiddenName: header.fromName }),
    ...(header.channelPost && { postId: header.channelPost }),
    ...(header.postAuthor && { author: header.postAuthor }),
    ...(savedFrom && { savedFrom: name(savedFrom) }),
    ...(header.savedFromMsgId && { savedMessageId: header.savedFromMsgId }),
  };
}

function reactionsOf(reactions: Api.TypeMessageReactions | undefined, name: NamePerson): MessageExtra {
  if (!reactions?.results.length) return {};
  const keyOf = (reaction: Api.TypeReaction) =>
    reaction instanceof Api.ReactionEmoji
      ? { emoji: reaction.emoticon }
      : reaction instanceof Api.ReactionCustomEmoji
        ? { customEmojiId: reaction.documentId.toString() }
        : {};
  return {
    reactions: reactions.results.map(({ reaction, count, chosenOrder }): ReactionTally => {
      const key = keyOf(reaction);
      const same = (other: Api.TypeReaction) => JSON.stringify(keyOf(other)) === JSON.stringify(key);
      const recent = (reactions.recentReactions ?? []).filter((one) => same(one.reaction));
      return {
        ...key,
        count,
        ...(typeof chosenOrder === "number" && { chosen: true as const }),
        ...(recent.length > 0 && {
          recent: recent.map(({ peerId, date }) => ({ from: name(chatIdOf(peerId) ?? 0), date })),
        }),
      };
    }),
  };
}

/** Telegram Desktop's words for the kinds of buttons. */
const BUTTONS: Record<string, string> = {
  KeyboardButton: "default",
  KeyboardButtonUrl: "url",
  KeyboardButtonCallback: "callback",
  KeyboardButtonRequestPhone: "request_phone",
  KeyboardButtonRequestGeoLocation: "request_location",
  KeyboardButtonRequestPoll: "request_poll",
  KeyboardButtonRequestPeer: "request_peer",
  KeyboardButtonSwitchInline: "switch_inline",
  KeyboardButtonGame: "game",
  KeyboardButtonBuy: "buy",
  KeyboardButtonUrlAuth: "auth",
  KeyboardButtonUserProfile: "user_profile",
  KeyboardButtonWebView: "web_view",
  KeyboardButtonSimpleWebView: "simple_web_view",
  KeyboardButtonCopy: "copy_text",
};

/** Only those below the message: a keyboard in place of the letters belongs to no message. */
function buttonsOf(markup: Api.TypeReplyMarkup | undefined): KeyboardButton[][] | undefined {
  if (!(markup instanceof Api.ReplyInlineMarkup)) return undefined;
  return markup.rows.map(({ buttons }) => buttons.map(buttonOf));
}

function buttonOf(button: Api.TypeKeyboardButton): KeyboardButton {
  const { text } = button;
  if (button instanceof Api.KeyboardButtonCallback) {
    const kind = button.requiresPassword ? "callback_with_password" : "callback";
    return { kind, text, data: Buffer.from(button.data).toString("base64url") };
  }
  if (button instanceof Api.KeyboardButtonSwitchInline) {
    const kind = button.samePeer ? "switch_inline_same" : "switch_inline";
    return { kind, text, ...(button.query && { data: button.query }) };
  }
  const kind = BUTTONS[button.className] ?? "default";
  if ("url" in button) return { kind, text, data: button.url };
  if ("copyText" in button) return { kind, text, data: button.copyText };
  return "userId" in button ? { kind, text, data: button.userId.toString() } : { kind, text };
}
