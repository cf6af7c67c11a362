import { Refusal as WorldRefusal } from "../world/types.ts";
import { badRequest, forbidden, Refusal, tooManyRequests } from "./refusal.ts";

/** How the Bot API words the names that MTProto uses. */
const WORDS: Record<string, string> = {
  MESSAGE_NOT_MODIFIED:
    "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  MESSAGE_EMPTY: "message text is empty",
  MESSAGE_AUTHOR_REQUIRED: "message can't be edited",
  MESSAGE_EDIT_TIME_EXPIRED: "message can't be edited",
  MESSAGE_DELETE_FORBIDDEN: "message can't be deleted",
  QUERY_ID_INVALID: "query is too old and response timeout expired or query ID is invalid",
  PEER_ID_INVALID: "chat not found",
  CHAT_ID_INVALID: "chat not found",
  CHANNEL_INVALID: "chat not found",
  CHANNEL_PRIVATE: "chat not found",
  USER_ID_INVALID: "user not found",
  REPLY_MARKUP_TOO_LONG: "reply markup is too long",
  MEDIA_GROUPED_INVALID: "can't use the media of the specified type in the album",
  CHAT_ADMIN_REQUIRED: "not enough rights",
  CHAT_WRITE_FORBIDDEN: "not enough rights to send text messages to the chat",
};

/** Anything thrown below becomes what the Bot API answers. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof WorldRefusal)) return new Refusal(500, "Internal Server Error: sandbox failure");
  const name = error.message;
  const wait = /^(?:FLOOD_WAIT|SLOWMODE_WAIT|FLOOD_PREMIUM_WAIT)_(\d+)$/.exec(name);
  if (wait) return tooManyRequests(Number(wait[1]));
  if (name === "USER_IS_BLOCKED") return forbidden("bot was blocked by the user");
  if (name === "INPUT_USER_DEACTIVATED") return forbidden("user is deactivated");
  return badRequest(WORDS[name] ?? name);
}

/** Runs a step whose refusal by the world has its own words here. */
export function orElse<T>(step: () => T, words: Record<string, string>): T {
  try {
    return step();
  } catch (error) {
    const reason = error instanceof WorldRefusal ? words[error.message] : undefined;
    if (reason === undefined) throw error;
    throw badRequest(reason);
  }
}
