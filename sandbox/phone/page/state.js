import { Rooms } from "./rooms.js";

/** What the page shows now. */
export const state = {
  /** Owner and bot, once they are known. */
  me: null,
  /** The chat that is open. */
  open: 0,
  chats: [],
  /** Inline buttons that wait for their answer, as "message:row:place". */
  busy: new Set(),
  /** What the other side is doing, in words. */
  action: null,
  /** A message that the bot is still making. */
  draft: "",
  deepLinkUsed: false,
};

export const rooms = new Rooms();

/** The word behind `#start=`, as in a t.me link with `?start=`. */
export const deepLink = new URLSearchParams(location.hash.slice(1)).get("start");

export const isBotOpen = () => state.open === state.me.bot.id;

/** A chat as the list has it, or the little that is known of one outside it. */
export function chatOf(id) {
  const { bot } = state.me;
  const bare = { members: null, username: null, preview: "", unread: 0, date: 0 };
  const isBot = id === bot.id;
  return (
    state.chats.find((chat) => chat.id === id) ?? {
      ...bare,
      id,
      name: isBot ? bot.name : "Chat",
      kind: isBot ? "bot" : "user",
    }
  );
}
