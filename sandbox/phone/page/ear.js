import { act } from "./api.js";
import { wantsReply } from "./keyboard.js";
import { isBotOpen, rooms, state } from "./state.js";

const ACTIONS = {
  typing: "typing…",
  upload_document: "sending a file…",
  upload_photo: "sending a photo…",
  upload_video: "sending a video…",
};
const ACTION_MS = 5000;
const DRAFT_MS = 30_000;
export const TITLE = "Your phone · local sandbox";

/** What is in sight counts as read. */
export function makeReader() {
  let reading = 0;
  return () => {
    if (document.hidden) return;
    clearTimeout(reading);
    reading = setTimeout(() => act("read", { chatId: state.open }).catch(() => undefined), 200);
  };
}

/** Makes of everything that happens what the page shows of it. */
export function makeEar({ screen, refreshSoon, read }) {
  let actionEnd = 0;
  let draftEnd = 0;

  function message(message) {
    const isBot = message.chatId === state.me.bot.id && !message.out;
    rooms.add({ ...message, fresh: true, ...(isBot && !message.silent && { rings: true }) });
    if (message.chatId === state.open) show(message, isBot);
    if (isBot && !message.silent && document.hidden) document.title = `🔔 ${TITLE}`;
    refreshSoon();
  }

  function show(message, isBot) {
    if (!message.out) {
      state.action = null;
      read();
    }
    if (isBot) state.draft = "";
    screen.draw();
    screen.drawHead();
    if (message.out) screen.scroll.toEnd();
    else screen.scroll.miss();
    if (isBot && wantsReply(message)) screen.composer.setReply(message, message.markup.input_field_placeholder);
  }

  function action({ chatId, action: name }) {
    if (chatId !== state.open) return;
    clearTimeout(actionEnd);
    state.action = name === "cancel" ? null : (ACTIONS[name] ?? "busy…");
    actionEnd = setTimeout(() => {
      state.action = null;
      screen.drawHead();
    }, ACTION_MS);
    screen.drawHead();
  }

  function draft(text) {
    clearTimeout(draftEnd);
    state.draft = text;
    draftEnd = setTimeout(() => draft(""), DRAFT_MS);
    if (isBotOpen()) screen.draw();
  }

  return (event) => {
    switch (event.type) {
      case "message":
        return message(event.message);
      case "edit":
        if (rooms.edit(event.message) && event.message.chatId === state.open) screen.draw();
        return refreshSoon();
      case "delete":
        if (rooms.remove(event.chatId, event.ids)) screen.draw();
        return refreshSoon();
      case "action":
        return action(event);
      case "draft":
        return draft(event.text);
      case "commands":
        return screen.composer.setCommands(event.button.type === "web_app" ? [] : event.commands);
      default:
        return refreshSoon();
    }
  };
}
