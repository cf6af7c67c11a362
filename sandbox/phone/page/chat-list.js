import { avatar, bdi, byId, h } from "./dom.js";
import { count, shortDate } from "./words.js";

const SIGNS = { channel: "📢 ", supergroup: "👥 ", group: "👥 ", bot: "🤖 ", user: "", saved: "" };

/** Draws the list of chats: the bot first, then the rest, then the archive. */
export function drawChats(chats, state, open) {
  const wanted = byId("chat-search").value.trim().toLowerCase();
  const found = chats.filter(({ name, username }) => `${name} ${username ?? ""}`.toLowerCase().includes(wanted));
  const bot = found.filter(({ id }) => id === state.me.bot.id);
  const main = found.filter((chat) => !chat.archived && chat.id !== state.me.bot.id);
  const archived = found.filter(({ archived }) => archived);
  const row = (chat) => h("li", {}, chatRow(chat, chat.id === state.open, open));
  byId("chat-list").replaceChildren(
    ...bot.map(row),
    ...main.map(row),
    ...(archived.length > 0 ? [h("li", { class: "chat-section" }, "Archived"), ...archived.map(row)] : []),
    ...(found.length === 0 ? [h("li", { class: "chat-section" }, "Nothing found")] : []),
  );
}

function chatRow(chat, isOpen, open) {
  const name = h("span", { class: "name" }, SIGNS[chat.kind], bdi(chat.name), chat.protected ? " 🔒" : "");
  const preview = h("span", { class: "preview", dir: "auto" }, chat.preview);
  const badge = chat.unread > 0 ? h("span", { class: `badge ${chat.muted ? "muted" : ""}` }, count(chat.unread)) : null;
  const side = h("span", { class: "side" }, chat.date ? shortDate(chat.date) : "", badge ?? (chat.pinned ? "📌" : ""));
  return h(
    "button",
    { type: "button", class: "chat-row", "aria-current": isOpen ? "true" : null, on: { click: () => open(chat.id) } },
    avatar(chat),
    h("span", {}, name, preview),
    side,
  );
}

/** What stands under a chat's name. */
export function aboutChat(chat) {
  if (chat.kind === "bot") return "bot";
  if (chat.kind === "saved") return "your own notes";
  if (chat.members !== null) return `${count(chat.members)} ${chat.kind === "channel" ? "subscribers" : "members"}`;
  return chat.username ? `@${chat.username}` : "";
}
