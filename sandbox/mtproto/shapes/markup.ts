import type { TlObject } from "../../tl/value.ts";
import type { ReplyMarkup } from "../../world/types.ts";

type Json = Record<string, unknown>;

/** A keyboard, from the Bot API's words into those of the wire. */
export function shapeMarkup(markup: ReplyMarkup): TlObject | undefined {
  if (Array.isArray(markup.inline_keyboard)) {
    return { _: "replyInlineMarkup", rows: shapeRows(markup.inline_keyboard, inlineButton) };
  }
  if (Array.isArray(markup.keyboard)) {
    return {
      _: "replyKeyboardMarkup",
      resize: markup.resize_keyboard === true,
      single_use: markup.one_time_keyboard === true,
      selective: markup.selective === true,
      persistent: markup.is_persistent === true,
      rows: shapeRows(markup.keyboard, keyboardButton),
      placeholder: optionalText(markup.input_field_placeholder),
    };
  }
  if (markup.remove_keyboard === true) return { _: "replyKeyboardHide", selective: markup.selective === true };
  if (markup.force_reply === true) {
    return {
      _: "replyKeyboardForceReply",
      single_use: true,
      selective: markup.selective === true,
      placeholder: optionalText(markup.input_field_placeholder),
    };
  }
  return undefined;
}

function shapeRows(rows: unknown[], shape: (button: Json) => TlObject): TlObject[] {
  return rows.filter(Array.isArray).map((row: unknown[]) => ({
    _: "keyboardButtonRow",
    buttons: row.map((button) => shape(typeof button === "string" ? { text: button } : asJson(button))),
  }));
}

function inlineButton(button: Json): TlObject {
  const text = String(button.text ?? "");
  if (typeof button.callback_data === "string") {
    return { _: "keyboardButtonCallback", text, data: Buffer.from(button.callback_data, "utf8") };
  }
  if (typeof button.url === "string") return { _: "keyboardButtonUrl", text, url: button.url };
  if (button.web_app) return { _: "keyboardButtonWebView", text, url: String(asJson(button.web_app).url ?? "") };
  if (typeof button.switch_inline_query === "string") {
    return { _: "keyboardButtonSwitchInline", text, query: button.switch_inline_query };
  }
  if (typeof button.switch_inline_query_current_chat === "string") {
    return { _: "keyboardButtonSwitchInline", same_peer: true, text, query: button.switch_inline_query_current_chat };
  }
  if (button.copy_text) {
    return { _: "keyboardButtonCopy", text, copy_text: String(asJson(button.copy_text).text ?? "") };
  }
  return { _: "keyboardButton", text };
}

function keyboardButton(button: Json): TlObject {
  const text = String(button.text ?? "");
  if (button.request_contact === true) return { _: "keyboardButtonRequestPhone", text };
  if (button.request_location === true) return { _: "keyboardButtonRequestGeoLocation", text };
  if (button.request_chat) {
    const request = asJson(button.request_chat);
    const channel = request.chat_is_channel === true;
    return {
      _: "keyboardButtonRequestPeer",
      text,
      button_id: Number(request.request_id ?? 0),
      peer_type: { _: channel ? "requestPeerTypeBroadcast" : "requestPeerTypeChat" },
      max_quantity: 1,
    };
  }
  if (button.request_users) {
    const request = asJson(button.request_users);
    return {
      _: "keyboardButtonRequestPeer",
      text,
      button_id: Number(request.request_id ?? 0),
      peer_type: { _: "requestPeerTypeUser" },
      max_quantity: Number(request.max_quantity ?? 1),
    };
  }
  if (button.web_app) return { _: "keyboardButtonSimpleWebView", text, url: String(asJson(button.web_app).url ?? "") };
  return { _: "keyboardButton", text };
}

function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
