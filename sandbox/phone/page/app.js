import { act, ask, listen } from "./api.js";
import { aboutChat, drawChats } from "./chat-list.js";
import { alertBox, confirmLink, copy, lightbox, pickerDialog, popup, toast } from "./dialogs.js";
import { avatar, byId, h, icon } from "./dom.js";
import { refreshDates } from "./entities.js";
import { Composer, elsewhereFoot, showFoot, startFoot } from "./foot.js";
import { replyKeyboard, wantsReply } from "./keyboard.js";
import { Log, logRows } from "./log.js";
import { Rooms } from "./rooms.js";
import { sorry } from "./words.js";

const state = { me: null, open: 0, chats: [], busy: new Set(), missed: 0, action: null, draft: "" };
const rooms = new Rooms();
const log = new Log();
const logRoot = byId("log");
const deepLink = new URLSearchParams(location.hash.slice(1)).get("start");

const hands = {
  tap: {
    command: (text) => sendToBot(text),
    mention: (name) => openName(name),
    link: followLink,
    copy: (text) => copy(text),
  },
  show: {
    picture: (url) => lightbox(h("img", { src: url, alt: "Picture" })),
    video: showVideo,
  },
  isBusy: (name) => state.busy.has(name),
  busyOf: (id) => [...state.busy].filter((name) => name.startsWith(`${id}:`)).join(),
  more: showMore,
  openChat,
  jumpTo: (id) => log.flash(id) || toast("That message is further up."),
  pressInline,
  pressKeyboard,
  send: (text, replyTo) => sendToBot(text, replyTo),
  resized: () => stickToEnd(),
  copy: (text) => copy(text),
  paste: (text) => sendToBot(text),
  openBot: () => openChat(state.me.bot.id),
};
const composer = new Composer(hands);

// --- chats

const chatOf = (id) =>
  state.chats.find((chat) => chat.id === id) ?? {
    id,
    name: id === state.me.bot.id ? state.me.bot.name : "Chat",
    kind: id === state.me.bot.id ? "bot" : "user",
    members: null,
    username: null,
    preview: "",
    unread: 0,
  };

async function refreshChats() {
  const rows = await ask("chats");
  const { bot } = state.me;
  if (!rows.some(({ id }) => id === bot.id)) {
    rows.unshift({
      ...bot,
      kind: "bot",
      hasPhoto: true,
      members: null,
      preview: "Press Start to begin",
      unread: 0,
      date: 0,
    });
  }
  state.chats = rows;
  drawChats(state.chats, state, openChat);
  drawHead();
}

/** What is in sight counts as read. */
let reading = 0;
function readSoon() {
  if (document.hidden) return;
  clearTimeout(reading);
  reading = setTimeout(() => act("read", { chatId: state.open }).catch(() => undefined), 200);
}

let refreshing = 0;
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refreshChats().catch(() => undefined), 250);
}

async function openChat(id) {
  state.open = id;
  state.action = null;
  state.missed = 0;
  log.reset();
  byId("phone").classList.remove("drawer");
  drawChats(state.chats, state, openChat);
  drawHead();
  try {
    rooms.set(id, await ask("history", { chat: id }));
  } catch (error) {
    toast(sorry(error));
  }
  draw();
  toEnd();
  if (id === state.me.bot.id) composer.focus();
  refreshSoon();
}

async function openName(name) {
  if (name.toLowerCase() === state.me.bot.username?.toLowerCase()) return openChat(state.me.bot.id);
  try {
    await openChat((await ask("resolve", { name })).chatId);
  } catch (error) {
    toast(sorry(error));
  }
}

// --- drawing

function drawHead() {
  const chat = chatOf(state.open);
  byId("room-avatar").replaceChildren(avatar(chat, "middle"));
  byId("room-name").textContent = chat.name;
  const status = byId("room-status");
  status.textContent = state.action ?? aboutChat(chat);
  status.classList.toggle("active", state.action !== null);
}

function draw() {
  const wasAtEnd = isStuck;
  const room = rooms.get(state.open);
  const messages = room.messages();
  const chat = chatOf(state.open);
  const before = room.more
    ? [h("button", { type: "button", class: "older", on: { click: loadOlder } }, "Show older messages")]
    : [];
  const after = state.draft && state.open === state.me.bot.id ? [draftRow()] : [];
  if (messages.length === 0 && room.isLoaded) after.push(emptyCard(chat));
  log.draw(logRows(messages, chat.kind === "group" || chat.kind === "supergroup"), hands, { before, after });
  drawFoot(chat, messages, room);
  if (wasAtEnd) toEnd();
  drawJump();
}

function drawFoot(chat, messages, room) {
  if (state.open !== state.me.bot.id) return showFoot(elsewhereFoot(chat, hands));
  const isNew = room.isLoaded && messages.length === 0;
  if (isNew || (deepLink && !state.deepLinkUsed)) return showFoot(startFoot(pressStart));
  composer.setKeyboard(replyKeyboard(messages));
  showFoot(composer.root);
}

function pressStart() {
  state.deepLinkUsed = true;
  return sendToBot(deepLink ? `/start ${deepLink}` : "/start");
}

const draftRow = () =>
  h(
    "div",
    { class: "row in draft" },
    h("div", { class: "stack" }, h("div", { class: "bubble" }, h("div", { class: "text", dir: "auto" }, state.draft))),
  );

function emptyCard(chat) {
  const words =
    chat.kind === "bot"
      ? "This bot turns your Telegram account into a library you can search, download and tidy. Press Start."
      : "No messages here yet.";
  return h(
    "div",
    { class: "empty" },
    h("div", { class: "card" }, h("h2", { dir: "auto" }, chat.name), h("p", {}, words)),
  );
}

/** Pictures that load and keyboards that open leave the newest message in sight, unless the reader has gone up. */
let isStuck = true;
let lastTop = 0;

function isAtEnd() {
  return logRoot.scrollHeight - logRoot.scrollTop - logRoot.clientHeight < 60;
}

function toEnd() {
  isStuck = true;
  logRoot.scrollTop = logRoot.scrollHeight;
}

function stickToEnd() {
  if (isStuck) requestAnimationFrame(toEnd);
}

function drawJump() {
  if (isAtEnd()) state.missed = 0;
  byId("jump").hidden = isAtEnd();
  byId("jump-count").hidden = state.missed === 0;
  byId("jump-count").textContent = String(state.missed);
}

async function loadOlder() {
  const room = rooms.get(state.open);
  const page = await ask("history", { chat: state.open, before: room.oldest });
  const height = logRoot.scrollHeight;
  room.addOlder(page);
  draw();
  logRoot.scrollTop += logRoot.scrollHeight - height;
}

// --- the owner's hands

async function sendToBot(text, replyTo = null) {
  if (state.open !== state.me.bot.id) await openChat(state.me.bot.id);
  try {
    await act("send", { text, ...(replyTo !== null && { replyTo }) });
    state.missed = 0;
    toEnd();
  } catch (error) {
    toast(sorry(error));
    composer.insert(text);
  }
}

async function pressInline(message, button, name) {
  if (button.url) return followLink(button.url, true);
  if (button.copy_text) return copy(button.copy_text.text);
  if (button.web_app) return toast("Apps cannot be opened in the sandbox.");
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (query !== undefined) return composer.insert(`@${state.me.bot.username} ${query}`);
  if (button.callback_data === undefined) return;
  state.busy.add(name);
  draw();
  try {
    const answer = await act("press", { messageId: message.id, data: button.callback_data });
    if (answer?.url) followLink(answer.url, false);
    if (answer?.text && answer.alert) alertBox(answer.text);
    else if (answer?.text) toast(answer.text);
  } catch (error) {
    toast(sorry(error));
  } finally {
    state.busy.delete(name);
    draw();
  }
}

async function pressKeyboard(button, keyboard) {
  const request = button.request_chat ?? button.request_users;
  if (!request) return sendToBot(typeof button === "string" ? button : button.text);
  try {
    const fields = { messageId: keyboard.messageId, requestId: request.request_id };
    const offer = await ask("picker", { message: fields.messageId, request: fields.requestId });
    const peerIds = await pickerDialog(offer);
    if (peerIds) await act("share", { ...fields, peerIds });
  } catch (error) {
    toast(sorry(error));
  }
}

/** Links into Telegram stay on this phone; others are asked about and opened in a tab. */
function followLink(url, asked) {
  const telegram = /^https?:\/\/(?:t|telegram)\.me\/([A-Za-z]\w{3,31})(?:\/(\d+))?\/?(?:\?start=([\w-]{1,64}))?$/.exec(
    url,
  );
  if (!telegram) return asked ? confirmLink(url) : window.open(url, "_blank", "noopener,noreferrer");
  const [, name, post, start] = telegram;
  if (start && name.toLowerCase() === state.me.bot.username?.toLowerCase()) return sendToBot(`/start ${start}`);
  return openName(name).then(() => post && log.flash(post));
}

function showVideo(media) {
  const video = h("video", { controls: true, autoplay: true, src: media.url });
  video.addEventListener("error", () => {
    video.closest("dialog")?.close();
    toast("The sandbox makes up the bytes of its videos, so there is nothing to play.");
  });
  lightbox(video);
}

function showMore(message, anchor) {
  const inBot = state.open === state.me.bot.id;
  const entries = [];
  if (inBot) entries.push({ label: "↩ Reply", act: () => composer.setReply(message) });
  if (message.text) entries.push({ label: "⧉ Copy text", act: () => copy(message.text) });
  if (message.link) entries.push({ label: "🔗 Copy link", act: () => copy(message.link, "Link copied.") });
  if (message.link) entries.push({ label: "✉ Send link to the bot", act: () => sendToBot(message.link) });
  if (!message.protected) entries.push({ label: "➡ Forward to the bot", act: () => forward(message) });
  popup(anchor, entries);
}

async function forward(message) {
  const album = message.groupedId
    ? rooms
        .get(state.open)
        .messages()
        .filter(({ groupedId }) => groupedId === message.groupedId)
    : [message];
  const fields = { chatId: message.chatId, messageIds: album.map(({ id }) => id) };
  await openChat(state.me.bot.id);
  await act("forward", fields).catch((error) => toast(sorry(error)));
}

// --- what happens

const ACTIONS = {
  typing: "typing…",
  upload_document: "sending a file…",
  upload_photo: "sending a photo…",
  upload_video: "sending a video…",
};
let actionEnd = 0;
let draftEnd = 0;

function heard(event) {
  switch (event.type) {
    case "message":
      return heardMessage(event.message);
    case "edit":
      if (rooms.edit(event.message) && event.message.chatId === state.open) draw();
      return refreshSoon();
    case "delete":
      if (rooms.remove(event.chatId, event.ids)) draw();
      return refreshSoon();
    case "action":
      return heardAction(event);
    case "draft":
      return heardDraft(event.text);
    case "commands":
      return composer.setCommands(
        event.button.type === "commands" || event.button.type === "default" ? event.commands : [],
      );
    default:
      return refreshSoon();
  }
}

function heardMessage(message) {
  const isBot = message.chatId === state.me.bot.id && !message.out;
  rooms.add({ ...message, fresh: true, ...(isBot && !message.silent && { rings: true }) });
  if (message.chatId === state.open) {
    if (!isAtEnd() && !message.out) state.missed++;
    if (!message.out) {
      state.action = null;
      readSoon();
    }
    if (isBot) state.draft = "";
    draw();
    if (message.out) toEnd();
    drawHead();
    if (isBot && wantsReply(message)) composer.setReply(message, message.markup.input_field_placeholder);
  }
  if (isBot && !message.silent && document.hidden) document.title = "🔔 Your phone · local sandbox";
  refreshSoon();
}

function heardAction({ chatId, action }) {
  if (chatId !== state.open) return;
  clearTimeout(actionEnd);
  state.action = action === "cancel" ? null : (ACTIONS[action] ?? "busy…");
  actionEnd = setTimeout(() => {
    state.action = null;
    drawHead();
  }, 5000);
  drawHead();
}

function heardDraft(text) {
  clearTimeout(draftEnd);
  state.draft = text;
  draftEnd = setTimeout(() => heardDraft(""), 30_000);
  draw();
}

async function catchUp() {
  await refreshChats();
  rooms.set(state.open, await ask("history", { chat: state.open }));
  draw();
}

// --- begin

function wire() {
  byId("show-chats").append(icon("menu"));
  byId("hide-chats").append(icon("close"));
  byId("hide-notice").append(icon("close", 14));
  byId("jump").prepend(icon("down"));
  const drawer = (open) => {
    byId("phone").classList.toggle("drawer", open);
    (open ? byId("chat-search") : byId("show-chats")).focus();
  };
  byId("show-chats").addEventListener("click", () => drawer(true));
  byId("hide-chats").addEventListener("click", () => drawer(false));
  byId("veil").addEventListener("click", () => drawer(false));
  byId("hide-notice").addEventListener("click", () => byId("notice").remove());
  byId("jump").addEventListener("click", () => logRoot.scrollTo({ top: logRoot.scrollHeight, behavior: "smooth" }));
  byId("chat-search").addEventListener("input", () => drawChats(state.chats, state, openChat));
  const scrolled = () => {
    if (isAtEnd()) isStuck = true;
    else if (logRoot.scrollTop < lastTop - 2) isStuck = false;
    lastTop = logRoot.scrollTop;
    drawJump();
  };
  logRoot.addEventListener("scroll", scrolled, { passive: true });
  logRoot.addEventListener("load", stickToEnd, { capture: true });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = "Your phone · local sandbox";
    readSoon();
  });
  document.addEventListener(
    "keydown",
    ({ key }) => key === "Escape" && byId("phone").classList.contains("drawer") && drawer(false),
  );
  new ResizeObserver(stickToEnd).observe(logRoot);
  setInterval(() => refreshDates(logRoot), 20_000);
}

async function begin() {
  wire();
  state.me = await ask("me");
  await refreshChats();
  await openChat(state.me.bot.id);
  listen(heard, () => catchUp().catch(() => undefined));
  document.documentElement.dataset.ready = "true";
}

begin().catch((error) => toast(sorry(error)));
