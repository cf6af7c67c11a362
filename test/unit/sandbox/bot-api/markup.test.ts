import { describe, expect, it } from "vitest";
import { readInlineMarkup, readMarkup } from "../../../../sandbox/bot-api/markup.ts";

const inline = (...buttons: unknown[]) => readMarkup({ inline_keyboard: [buttons] }, true);
const keyboard = (button: unknown, inPrivateChat = true) => readMarkup({ keyboard: [[button]] }, inPrivateChat);

describe("inline keyboards", () => {
  it("keeps what a button does and how it looks", () => {
    const buttons = [
      { text: "Go", callback_data: "v1:go", style: "danger" },
      { text: "Copy", copy_text: { text: "/download me" } },
      { text: "Off", disabled: {} },
      { text: "Site", url: "example.org" },
    ];
    expect(inline(...buttons)).toEqual({
      inline_keyboard: [[...buttons.slice(0, 3), { text: "Site", url: "http://example.org/" }]],
    });
  });

  it("counts callback data in bytes: 64 pass, 65 do not", () => {
    expect(() => inline({ text: "x", callback_data: "я".repeat(32) })).not.toThrow();
    expect(() => inline({ text: "x", callback_data: `${"я".repeat(32)}a` })).toThrow(
      "Bad Request: BUTTON_DATA_INVALID",
    );
  });

  it.each([
    [{ text: "x" }, "Text buttons are unallowed in the inline keyboard"],
    [{ callback_data: "x" }, 'Can\'t find field "text"'],
    ["x", "InlineKeyboardButton must be an Object"],
    [{ text: "x", callback_data: "y", style: "pink" }, "invalid button style specified"],
  ])("refuses %j", (button, words) => {
    expect(() => inline(button)).toThrow(`Bad Request: can't parse inline keyboard button: ${words}`);
  });

  it("refuses copy text of more than 256 characters and more than 100 buttons", () => {
    expect(() => inline({ text: "x", copy_text: { text: "a".repeat(257) } })).toThrow("BUTTON_COPY_TEXT_INVALID");
    const many = Array.from({ length: 101 }, (_, index) => [{ text: "x", callback_data: String(index) }]);
    expect(() => readMarkup({ inline_keyboard: many }, true)).toThrow("reply markup is too long");
  });
});

describe("reply keyboards", () => {
  it("takes bare texts and pickers", () => {
    const picker = { text: "Channel", request_chat: { request_id: 1, chat_is_channel: true } };
    expect(readMarkup({ keyboard: [["Yes", picker]], resize_keyboard: true, one_time_keyboard: true }, true)).toEqual({
      keyboard: [[{ text: "Yes" }, picker]],
      resize_keyboard: true,
      one_time_keyboard: true,
    });
  });

  it("refuses pickers outside private chats, and ones that do not say what they pick", () => {
    const chat = { text: "x", request_chat: { request_id: 1, chat_is_channel: true } };
    expect(() => keyboard(chat, false)).toThrow("Bad Request: chats can be requested in private chats only");
    expect(() => keyboard({ text: "x", request_chat: { request_id: 1 } })).toThrow(
      'Can\'t find field "chat_is_channel"',
    );
    expect(() => keyboard({ text: "x", request_users: { max_quantity: 2 } })).toThrow('Can\'t find field "request_id"');
  });

  it("refuses a placeholder of more than 64 characters", () => {
    const markup = { force_reply: true, input_field_placeholder: "p".repeat(65) };
    expect(() => readMarkup(markup, true)).toThrow("KEYBOARD_PLACEHOLDER_INVALID");
  });
});

describe("the markup of an edit", () => {
  it("is an inline keyboard or none", () => {
    expect(readInlineMarkup({ inline_keyboard: [] })).toBeUndefined();
    expect(() => readInlineMarkup({ force_reply: true })).toThrow("Bad Request: inline keyboard expected");
  });

  it("is refused where it is no object", () => {
    expect(() => readMarkup([], true)).toThrow("Bad Request: object expected as reply markup");
    expect(() => readMarkup({ keyboard: [{}] }, true)).toThrow('field "keyboard" must be an Array of Arrays');
  });
});
