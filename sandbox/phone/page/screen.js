import { aboutChat } from "./chat-list.js";
import { Composer } from "./composer.js";
import { avatar, byId, h } from "./dom.js";
import { elsewhereFoot, showFoot, startFoot } from "./foot.js";
import { replyKeyboard } from "./keyboard.js";
import { Log, logRows } from "./log.js";
import { Scroll } from "./scroll.js";
import { chatOf, deepLink, isBotOpen, rooms, state } from "./state.js";

/** The open chat: its head, its messages, its foot. */
export class Screen {
  #hands;
  #log = new Log();
  scroll = new Scroll();
  composer;

  constructor(hands) {
    this.#hands = hands;
    this.composer = new Composer(hands);
  }

  /** Forgets what was drawn: another chat is about to be shown. */
  clear() {
    this.#log.reset();
    this.scroll.isStuck = true;
  }

  drawHead() {
    const chat = chatOf(state.open);
    byId("room-avatar").replaceChildren(avatar(chat, "middle"));
    byId("room-name").textContent = chat.name;
    const status = byId("room-status");
    status.textContent = state.action ?? aboutChat(chat);
    status.classList.toggle("active", state.action !== null);
  }

  draw() {
    const { isStuck } = this.scroll;
    const room = rooms.get(state.open);
    const messages = room.messages();
    const chat = chatOf(state.open);
    const older = { type: "button", class: "older", on: { click: this.#hands.older } };
    const before = room.more ? [h("button", older, "Show older messages")] : [];
    const after = state.draft && isBotOpen() ? [draftRow()] : [];
    if (messages.length === 0 && room.isLoaded) after.push(emptyCard(chat));
    const inGroup = chat.kind === "group" || chat.kind === "supergroup";
    this.#log.draw(logRows(messages, inGroup), this.#hands, { before, after });
    this.#drawFoot(chat, messages, room);
    if (isStuck) this.scroll.toEnd();
    this.scroll.drawJump();
  }

  flash(id) {
    return this.#log.flash(id);
  }

  #drawFoot(chat, messages, room) {
    if (!isBotOpen()) return showFoot(elsewhereFoot(chat, this.#hands));
    const isNew = room.isLoaded && messages.length === 0;
    if (isNew || (deepLink && !state.deepLinkUsed)) return showFoot(startFoot(this.#hands.start));
    this.composer.setKeyboard(replyKeyboard(messages));
    showFoot(this.composer.root);
  }
}

function draftRow() {
  const text = h("div", { class: "text", dir: "auto" }, state.draft);
  return h("div", { class: "row in draft" }, h("div", { class: "stack" }, h("div", { class: "bubble" }, text)));
}

const ABOUT_BOT = "This bot turns your Telegram account into a library you can search, download and tidy. Press Start.";

function emptyCard(chat) {
  const words = chat.kind === "bot" ? ABOUT_BOT : "No messages here yet.";
  return h(
    "div",
    { class: "empty" },
    h("div", { class: "card" }, h("h2", { dir: "auto" }, chat.name), h("p", {}, words)),
  );
}
