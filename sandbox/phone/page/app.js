import { ask, listen } from "./api.js";
import { drawChats } from "./chat-list.js";
import { toast } from "./dialogs.js";
import { byId, icon } from "./dom.js";
import { makeEar, makeReader, TITLE } from "./ear.js";
import { refreshDates } from "./entities.js";
import { makeHands } from "./hands.js";
import { Screen } from "./screen.js";
import { rooms, state } from "./state.js";
import { sorry } from "./words.js";

const screen = new Screen(
  makeHands({
    openChat,
    older: loadOlder,
    draw: () => screen.draw(),
    flash: (id) => screen.flash(id),
    insert: (text) => screen.composer.insert(text),
    reply: (message) => screen.composer.setReply(message),
    toEnd: () => screen.scroll.toEnd(),
    stick: () => screen?.scroll.stick(),
  }),
);
const read = makeReader();
const heard = makeEar({ screen, refreshSoon, read });

async function refreshChats() {
  const rows = await ask("chats");
  const { bot } = state.me;
  if (!rows.some(({ id }) => id === bot.id)) {
    const first = { kind: "bot", hasPhoto: true, members: null, preview: "Press Start to begin", unread: 0, date: 0 };
    rows.unshift({ ...bot, ...first });
  }
  state.chats = rows;
  drawChats(state.chats, state, openChat);
  screen.drawHead();
}

let refreshing = 0;
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => refreshChats().catch(() => undefined), 250);
}

async function openChat(id) {
  state.open = id;
  state.action = null;
  screen.clear();
  byId("phone").classList.remove("drawer");
  drawChats(state.chats, state, openChat);
  screen.drawHead();
  try {
    rooms.set(id, await ask("history", { chat: id }));
  } catch (error) {
    toast(sorry(error));
  }
  screen.draw();
  screen.scroll.toEnd();
  if (id === state.me.bot.id) screen.composer.focus();
  refreshSoon();
}

async function loadOlder() {
  const room = rooms.get(state.open);
  const page = await ask("history", { chat: state.open, before: room.oldest });
  screen.scroll.keepPlace(() => {
    room.addOlder(page);
    screen.draw();
  });
}

/** After the line was lost: everything that may have happened meanwhile. */
async function catchUp() {
  await refreshChats();
  rooms.set(state.open, await ask("history", { chat: state.open }));
  screen.draw();
}

function wireDrawer() {
  const phone = byId("phone");
  const drawer = (open) => {
    phone.classList.toggle("drawer", open);
    (open ? byId("chat-search") : byId("show-chats")).focus();
  };
  byId("show-chats").append(icon("menu"));
  byId("hide-chats").append(icon("close"));
  byId("show-chats").addEventListener("click", () => drawer(true));
  byId("hide-chats").addEventListener("click", () => drawer(false));
  byId("veil").addEventListener("click", () => drawer(false));
  document.addEventListener(
    "keydown",
    ({ key }) => key === "Escape" && phone.classList.contains("drawer") && drawer(false),
  );
  byId("chat-search").addEventListener("input", () => drawChats(state.chats, state, openChat));
}

function wire() {
  wireDrawer();
  byId("hide-notice").append(icon("close", 14));
  byId("hide-notice").addEventListener("click", () => byId("notice").remove());
  byId("jump").prepend(icon("down"));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = TITLE;
    read();
  });
  setInterval(() => refreshDates(byId("log")), 20_000);
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
