import { badRequest } from "./refusal.ts";
import { checkedUrl } from "./text/links.ts";

type Fields = Record<string, unknown>;

/** Reads one button of an inline keyboard: exactly one thing that it does, within Telegram's limits. */
export function inlineButton(value: unknown): Fields {
  const where = "can't parse inline keyboard button: ";
  if (!isObject(value)) throw badRequest(`${where}InlineKeyboardButton must be an Object`);
  const base = appearance(value, where);
  const text = (field: string): string => optionalText(value, field, where);
  if (text("url")) return { ...base, url: buttonUrl(text("url")) };
  if (text("callback_data")) {
    const data = text("callback_data");
    if (Buffer.byteLength(data) > 64) throw badRequest("BUTTON_DATA_INVALID");
    return { ...base, callback_data: data };
  }
  if (value.pay !== undefined || value.callback_game !== undefined) throw badRequest("BUTTON_TYPE_INVALID");
  for (const field of ["switch_inline_query", "switch_inline_query_current_chat"]) {
    if (value[field] !== undefined) return { ...base, [field]: text(field) };
  }
  if (isObject(value.switch_inline_query_chosen_chat)) {
    return { ...base, switch_inline_query_chosen_chat: value.switch_inline_query_chosen_chat };
  }
  if (isObject(value.login_url)) return { ...base, url: buttonUrl(optionalText(value.login_url, "url", where)) };
  if (isObject(value.web_app)) return { ...base, web_app: webApp(value.web_app, where) };
  if (isObject(value.copy_text)) return { ...base, copy_text: { text: copiedText(value.copy_text, where) } };
  if (isObject(value.disabled)) return { ...base, disabled: {} };
  throw badRequest(`${where}Text buttons are unallowed in the inline keyboard`);
}

const PICKERS: Record<string, string> = {
  request_users: "users",
  request_chat: "chats",
  request_contact: "phone number",
  request_location: "location",
  request_poll: "poll",
  request_managed_bot: "managed bots",
};

/** Reads one button of a reply keyboard, which may be its bare text. */
export function keyboardButton(value: unknown, inPrivateChat: boolean): Fields {
  const where = "can't parse keyboard button: ";
  if (typeof value === "string") return { text: value };
  if (!isObject(value)) throw badRequest(`${where}KeyboardButton must be a String or an Object`);
  const base = appearance(value, where);
  for (const [field, what] of Object.entries(PICKERS)) {
    const wanted = value[field];
    if (wanted === undefined || wanted === null || wanted === false) continue;
    if (!inPrivateChat) throw badRequest(`${what} can be requested in private chats only`);
    if (wanted === true) return { ...base, [field]: true };
    if (!isObject(wanted)) throw badRequest(`${where}Field "${field}" must be of type Object`);
    if (field !== "request_poll") checkPicker(field, wanted, where);
    return { ...base, [field]: wanted };
  }
  if (isObject(value.web_app)) {
    if (!inPrivateChat) throw badRequest("web App buttons can be used in private chats only");
    return { ...base, web_app: webApp(value.web_app, where) };
  }
  return base;
}

function checkPicker(field: string, picker: Fields, where: string): void {
  const id = picker.request_id;
  if (id === undefined) throw badRequest(`${where}Can't find field "request_id"`);
  if (typeof id !== "number" || !Number.isInteger(id) || Math.abs(id) > 0x7fffffff) {
    throw badRequest(`${where}Field "request_id" must be a valid Number`);
  }
  if (field === "request_chat" && typeof picker.chat_is_channel !== "boolean") {
    throw badRequest(`${where}Can't find field "chat_is_channel"`);
  }
  const quantity = picker.max_quantity ?? 1;
  if (field === "request_users" && (typeof quantity !== "number" || quantity < 1 || quantity > 10)) {
    throw badRequest("BUTTON_ID_INVALID");
  }
}

function appearance(button: Fields, where: string): Fields {
  const text = button.text;
  if (text === undefined || text === null) throw badRequest(`${where}Can't find field "text"`);
  if (typeof text !== "string") throw badRequest(`${where}Field "text" must be of type String`);
  const style = optionalText(button, "style", where).toLowerCase();
  if (!["", "default", "primary", "danger", "success"].includes(style)) {
    throw badRequest(`${where}invalid button style specified`);
  }
  const icon = optionalText(button, "icon_custom_emoji_id", where);
  return {
    text,
    ...(style && style !== "default" && { style }),
    ...(icon && { icon_custom_emoji_id: icon }),
  };
}

function buttonUrl(url: string): string {
  const checked = checkedUrl(url);
  if (!checked) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  return checked;
}

function webApp(app: Fields, where: string): { url: string } {
  const url = optionalText(app, "url", where);
  if (!/^https:\/\/[^/]+/i.test(url)) {
    throw badRequest(`inline keyboard button Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
  }
  return { url };
}

function copiedText(copy: Fields, where: string): string {
  const text = optionalText(copy, "text", where);
  if (text.length < 1 || text.length > 256) throw badRequest("BUTTON_COPY_TEXT_INVALID");
  return text;
}

function optionalText(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") throw badRequest(`${where}Field "${name}" must be of type String`);
  return value;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
