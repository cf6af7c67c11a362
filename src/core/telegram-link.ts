/** Links into Telegram: what a pasted one points at, and how to make one that jumps to a message. */
import type { Chat, ChatId } from "./media.ts";

export type LinkedChat =
  | { kind: "username"; username: string }
  | { kind: "id"; chatId: ChatId }
  | { kind: "invite"; hash: string }
  /** Digits only, with the country's code. */
  | { kind: "phone"; phone: string };

export interface TelegramLink {
  chat: LinkedChat;
  /** First and last message meant; the same for one message, null where the link leads to the chat itself. */
  messages: { first: number; last: number } | null;
  topicId: number | null;
  /** A comment below the post, as an id of the discussion group. */
  commentId: number | null;
  /** The message whose thread is meant. */
  threadId: number | null;
  /** Only this message, not the album it stands in. */
  single: boolean;
}

const HOSTS = /^(?:(?<sub>[a-z][a-z0-9_-]{2,31})\.)?(?:t\.me|telegram\.me|telegram\.dog)$/i;
const USERNAME = /^[a-z][a-z0-9_]{2,31}$/i;
/** First words of a path that lead to something other than a chat of that name. */
const RESERVED = new Set(
  (
    "addstickers addemoji addtheme addlist bg boost call confirmphone contact giftcode invoice iv login m msg nft " +
    "passport proxy setlanguage share socks stickers auction"
  ).split(" "),
);

/** Reads one link, with or without https:// and with the punctuation a sentence leaves on it; null if it is none. */
export function parseTelegramLink(text: string): TelegramLink | null {
  const bare = trimPunctuation(text.slice(0, 2048).trim());
  const deep = /^tg:(?:\/\/)?(?<method>[a-z_]+)\/?(?:\?(?<query>.*))?$/i.exec(bare)?.groups;
  if (deep) return fromDeepLink((deep.method ?? "").toLowerCase(), readQuery(deep.query));
  const web = /^(?:https?:\/\/)?(?:www\.)?(?<host>[a-z0-9._-]+)(?:\/(?<path>[^?#]*))?(?:\?(?<query>[^#]*))?(?:#.*)?$/i;
  const { host = "", path = "", query } = web.exec(bare)?.groups ?? {};
  const known = HOSTS.exec(host);
  if (!known) return null;
  const steps = path.split("/").filter((step) => step !== "");
  if (known.groups?.sub) steps.unshift(known.groups.sub);
  return fromPath(steps.map(decode), readQuery(query));
}

/** Every link into Telegram that stands in a text, in its order. */
export function findTelegramLinks(text: string): TelegramLink[] {
  const candidates = text.match(
    /(?:tg:\/\/|(?:https?:\/\/)?(?:[a-z0-9_-]{1,32}\.){0,2}(?:t|telegram)\.(?:me|dog)\/)[^\s<>"]+/gi,
  );
  return (candidates ?? []).map(parseTelegramLink).filter((link) => link !== null);
}

/** True for text that is written as a link into Telegram, whether or not it leads to a chat. */
export function looksLikeTelegramLink(text: string): boolean {
  return /^\W{0,3}(?:tg:|(?:https?:\/\/)?(?:www\.|[a-z0-9_-]{1,32}\.)?(?:t\.me|telegram\.(?:me|dog))(?:\/|$))/i.test(
    text,
  );
}

function fromPath(steps: string[], query: Map<string, string>): TelegramLink | null {
  const first = steps[0] ?? "";
  if (/^\+\d{7,15}$/.test(first)) return toChat({ kind: "phone", phone: first.slice(1) });
  if (/^[+ ]/.test(first)) return toInvite(first.slice(1));
  const word = first.toLowerCase();
  if (word === "joinchat") return toInvite(steps[1] ?? "");
  if (word === "c") {
    const chatId = channelId(steps[1] ?? "");
    return chatId === null ? null : toMessages({ kind: "id", chatId }, steps.slice(2), query);
  }
  if (word === "s") return steps.length > 1 && !/^\d/.test(steps[1] ?? "") ? fromPath(steps.slice(1), query) : null;
  if (RESERVED.has(word) || !USERNAME.test(first)) return null;
  return toMessages({ kind: "username", username: first }, steps.slice(1), query);
}

function fromDeepLink(method: string, query: Map<string, string>): TelegramLink | null {
  const steps = [query.get("post") ?? query.get("message_id") ?? ""].filter((step) => step !== "");
  switch (method) {
    case "resolve": {
      const phone = query.get("phone");
      if (phone !== undefined) return /^\d{7,15}$/.test(phone) ? toChat({ kind: "phone", phone }) : null;
      const username = query.get("domain") ?? "";
      return USERNAME.test(username) ? toMessages({ kind: "username", username }, steps, query) : null;
    }
    case "privatepost": {
      const chatId = channelId(query.get("channel") ?? "");
      return chatId === null ? null : toMessages({ kind: "id", chatId }, steps, query);
    }
    case "join":
      return toInvite(query.get("invite") ?? "");
    case "user":
    case "openmessage": {
      const id = positive(query.get("id") ?? query.get("user_id") ?? query.get("chat_id"));
      if (id === null) return null;
      return toMessages({ kind: "id", chatId: query.has("chat_id") ? -id : id }, steps, query);
    }
    default:
      return null;
  }
}

const toChat = (chat: LinkedChat): TelegramLink => ({
  chat,
  messages: null,
  topicId: null,
  commentId: null,
  threadId: null,
  single: false,
});

function toInvite(hash: string): TelegramLink | null {
  return /^[A-Za-z0-9_-]{8,64}$/.test(hash) ? toChat({ kind: "invite", hash }) : null;
}

/** What follows the chat: nothing, `message`, `topic/message`, and a message may be a range `first-last`. */
function toMessages(chat: LinkedChat, steps: string[], query: Map<string, string>): TelegramLink | null {
  if (steps.length > 2) return null;
  const range = steps.length > 0 ? messageRange(steps.at(-1) ?? "") : null;
  const pathTopic = steps.length === 2 ? positive(steps[0]) : null;
  if (steps.length > 0 && range === null) return null;
  if (steps.length === 2 && pathTopic === null) return null;
  return {
    chat,
    messages: range,
    topicId: pathTopic ?? positive(query.get("topic")),
    commentId: positive(query.get("comment")),
    threadId: positive(query.get("thread")),
    single: query.has("single"),
  };
}

function messageRange(step: string): { first: number; last: number } | null {
  const match = /^(\d+)(?:[-\u2010-\u2015](\d+))?$/.exec(step);
  const first = positive(match?.[1]);
  const last = match?.[2] === undefined ? first : positive(match[2]);
  if (first === null || last === null) return null;
  return { first: Math.min(first, last), last: Math.max(first, last) };
}

/** A message id is a positive 32-bit number; ids of users and channels are larger but safe. */
function positive(digits: string | undefined): number | null {
  if (digits === undefined || !/^\d{1,15}$/.test(digits)) return null;
  return Number(digits) || null;
}

const CHANNEL_BASE = 1_000_000_000_000;

/** The chat id of a channel by its bare number; the number may already stand there with its -100. */
function channelId(digits: string): ChatId | null {
  const id = positive(digits.replace(/^-100(?=\d{5})/, ""));
  return id === null ? null : -(CHANNEL_BASE + id);
}

function readQuery(query: string | undefined): Map<string, string> {
  const pairs = (query ?? "").split("&").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [decode(name).toLowerCase(), decode(value.join("="))];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function trimPunctuation(text: string): string {
  return text.replace(/^[<([{"'«“‘*_]+/, "").replace(/[>)\]}"'»”’*.,;:!?…]+$/, "");
}

export interface JumpTarget {
  /** The topic of a forum in which the message stands. */
  topicId?: number | null;
  /** The message is a comment of this chat's post: its id in the discussion group. */
  commentId?: number | null;
}

/** A link that opens the message in Telegram; null where Telegram has none, as in private chats and basic groups. */
export function jumpLink(
  chat: Pick<Chat, "chatId" | "type" | "username">,
  messageId: number,
  { topicId, commentId }: JumpTarget = {},
): string | null {
  if (chat.type !== "channel" && chat.type !== "supergroup") return null;
  const place = chat.username ? chat.username : `c/${-chat.chatId - CHANNEL_BASE}`;
  const topic = topicId ? `/${topicId}` : "";
  return `https://t.me/${place}${topic}/${messageId}${commentId ? `?comment=${commentId}` : ""}`;
}
