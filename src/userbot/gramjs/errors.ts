/** Telegram's refusals become the product's five classes here, parsed once; nobody else looks inside an error text. */
import { AccessError, FatalError, FileError, RetryLaterError, UserError } from "../../core/errors.ts";
import { StaleReferenceError } from "../telegram.ts";
import { LineBroken, RpcFault } from "./fault.ts";

export interface AskedToWait {
  /** FLOOD_WAIT, FLOOD_PREMIUM_WAIT, SLOWMODE_WAIT, TAKEOUT_INIT_DELAY. */
  reason: string;
  seconds: number;
}

/** A wait that Telegram asks for, with its kind kept. */
export function waitOf({ text }: RpcFault): AskedToWait | null {
  const [, reason, seconds] =
    /^(FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT|TAKEOUT_INIT_DELAY)_(\d+)$/.exec(text) ?? [];
  return reason ? { reason, seconds: Number(seconds) } : null;
}

/** The data centre to ask instead, for FILE_MIGRATE_2 and its like. */
export function migrationOf({ text }: RpcFault): number | null {
  const found = /^(?:FILE|PHONE|NETWORK|USER)_MIGRATE_(\d+)$/.exec(text);
  return found ? Number(found[1]) : null;
}

/** Trouble on Telegram's side that passes. */
export const isServerTrouble = ({ code, text }: RpcFault): boolean =>
  // A message that was sent before is no trouble, whatever the number in front says.
  text !== "RANDOM_ID_DUPLICATE" &&
  (code >= 500 || code === -503 || code === -500 || /^(RPC_|TIMEOUT|INTERDC_|WORKER_BUSY)/i.test(text));

/** The key is no longer signed in. 401 SESSION_PASSWORD_NEEDED is a step of the login and no such thing. */
export const isSignedOut = ({ code, text }: RpcFault): boolean =>
  code === 401 && text !== "SESSION_PASSWORD_NEEDED" && !text.startsWith("AUTH_KEY_PERM");

/** Ordered: the first that matches speaks. */
const TABLE: readonly [RegExp, (fault: RpcFault) => Error][] = [
  [/^AUTH_KEY_DUPLICATED$/, (cause) => duplicated(cause)],
  [
    /^(API_ID_INVALID|API_ID_PUBLISHED_FLOOD)$/,
    (cause) =>
      new FatalError("Telegram refuses API_ID and API_HASH: take your own from https://my.telegram.org.", "CONFIG", {
        cause,
      }),
  ],
  [/^(FILE_REFERENCE_|FILEREF_)/, (cause) => new StaleReferenceError("The file reference has gone stale.", { cause })],
  [
    /^(FILE_ID_INVALID|LOCATION_INVALID|MEDIA_EMPTY|MEDIA_INVALID|DOCUMENT_INVALID|PHOTO_INVALID|FILE_TOKEN_INVALID)$/,
    (cause) => new FileError(`Telegram no longer has this file (${cause.text}).`, { cause }),
  ],
  [
    /^(MESSAGE_ID_INVALID|MSG_ID_INVALID|MESSAGE_IDS_EMPTY)$/,
    (cause) => new UserError("There is no such message in this chat.", { cause }),
  ],
  [
    /^(CHANNEL_PRIVATE|CHAT_FORBIDDEN|CHANNEL_INVALID|CHAT_ID_INVALID|PEER_ID_INVALID|USER_BANNED_IN_CHANNEL|INVITE_REQUEST_SENT|PEER_ID_NOT_SUPPORTED)$/,
    (cause) => new AccessError("This account cannot see the chat any more: join it again in Telegram.", { cause }),
  ],
  [
    /^CHAT_FORWARDS_RESTRICTED$/,
    (cause) => new AccessError("The owners of that chat do not allow forwarding or saving from it.", { cause }),
  ],
  [
    /^(CHAT_SEND_[A-Z]+_FORBIDDEN|CHAT_RESTRICTED|CHAT_GUEST_SEND_FORBIDDEN|USER_IS_BLOCKED|YOU_BLOCKED_USER|PRIVACY_PREMIUM_REQUIRED|TOPIC_CLOSED|PEER_FLOOD)$/,
    (cause) => new AccessError(`Telegram does not let this account send that there (${cause.text}).`, { cause }),
  ],
  [
    /^(MESSAGE_TOO_LONG|MEDIA_CAPTION_TOO_LONG|MESSAGE_EMPTY|ENTITY_BOUNDS_INVALID|ENTITIES_TOO_LONG)$/,
    (cause) => new UserError(`Telegram does not take that text (${cause.text}): shorten it.`, { cause }),
  ],
  [
    /^(PHOTO_INVALID_DIMENSIONS|PHOTO_SAVE_FILE_INVALID|PHOTO_EXT_INVALID|IMAGE_PROCESS_FAILED|FILE_PARTS_INVALID|MD5_CHECKSUM_INVALID)$/,
    (cause) => new FileError(`Telegram does not take this file (${cause.text}).`, { cause }),
  ],
  [
    /^(CHAT_ADMIN_REQUIRED|CHAT_WRITE_FORBIDDEN|RIGHT_FORBIDDEN|ADMIN_RANK_NOT_ALLOWED)/,
    (cause) => new AccessError("This account has not the rights for that in the chat: ask an admin of it.", { cause }),
  ],
  [
    /^(USERNAME_NOT_OCCUPIED|USERNAME_INVALID)$/,
    (cause) => new UserError("Telegram knows no chat of that name: check the spelling.", { cause }),
  ],
  [
    /^(INVITE_HASH_|CHANNELS_TOO_MUCH)/,
    (cause) => new UserError("That invite link does not work (any more): ask for a new one.", { cause }),
  ],
];

export function duplicated(cause: unknown): FatalError {
  return new FatalError(
    "Telegram ended this session because it was used from two places at once: log in again with npm run login, once on every machine.",
    "DUPLICATE_SESSION",
    { cause },
  );
}

export function signedOut(cause?: unknown): FatalError {
  return new FatalError("The Telegram account is signed out: log in with npm run login.", "SIGNED_OUT", { cause });
}

/** What leaves gramjs/ instead of this error. The original stays as its cause. */
export function toProductError(error: unknown): unknown {
  if (error instanceof LineBroken)
    return new RetryLaterError("Telegram cannot be reached.", new Date(Date.now() + 10_000), "NETWORK", {
      cause: error,
    });
  if (!(error instanceof RpcFault)) return error;
  const wait = waitOf(error);
  if (wait) {
    const until = new Date(Date.now() + wait.seconds * 1000);
    return new RetryLaterError(`Telegram asks to wait ${wait.seconds} s.`, until, wait.reason, { cause: error });
  }
  if (isSignedOut(error)) return signedOut(error);
  if (isServerTrouble(error))
    return new RetryLaterError("Telegram has trouble of its own.", new Date(Date.now() + 30_000), "SERVER", {
      cause: error,
    });
  const [, make] = TABLE.find(([pattern]) => pattern.test(error.text)) ?? [];
  return make?.(error) ?? new Error(`Telegram refused ${error.method}: ${error.text}.`, { cause: error });
}

/** Telegram's own words behind a product error, for the few who must tell refusals apart. */
export function faultOf(error: unknown): RpcFault | null {
  if (error instanceof RpcFault) return error;
  return error instanceof Error && error.cause instanceof RpcFault ? error.cause : null;
}
