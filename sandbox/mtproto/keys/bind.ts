import { TlReader } from "../../tl/reader.ts";
import { mtprotoSchema } from "../../tl/schema.ts";
import { bytesOf, intOf, longOf, TlError, type TlObject } from "../../tl/value.ts";
import type { Backend } from "../backend.ts";
import { sha1 } from "../crypto/hash.ts";
import { igeDecrypt } from "../crypto/ige.ts";
import { oldMessageAesKey } from "../crypto/message-key.ts";
import { refuse } from "../rpc/call.ts";
import type { Session } from "../session/session.ts";
import type { AuthKey } from "./auth-key.ts";

/** Perfect forward secrecy: a temporary key speaks for a permanent one, which has to sign for it. */
export function bindTemporaryKey(backend: Backend, key: AuthKey, session: Session, request: TlObject): void {
  const permanent = backend.ring.find(longOf(request, "perm_auth_key_id"), key.dcId);
  if (key.expiresAt === null || !permanent?.stored) refuse(400, "TEMP_AUTH_KEY_EMPTY");
  const inner = openBinding(permanent, bytesOf(request, "encrypted_message"));
  const right =
    inner?._ === "bind_auth_key_inner" &&
    longOf(inner, "nonce") === longOf(request, "nonce") &&
    longOf(inner, "temp_auth_key_id") === key.id &&
    longOf(inner, "perm_auth_key_id") === permanent.id &&
    longOf(inner, "temp_session_id") === session.id &&
    intOf(inner, "expires_at") === intOf(request, "expires_at");
  if (!right) refuse(400, "ENCRYPTED_MESSAGE_INVALID");
  key.boundTo = permanent;
  key.layer = Math.max(key.layer, permanent.layer);
}

/** The message is sealed the way of MTProto 1.0, under the permanent key. */
function openBinding(permanent: AuthKey, sealed: Buffer): TlObject | null {
  const data = sealed.subarray(24);
  if (data.length < 48 || data.length % 16 !== 0 || sealed.readBigInt64LE(0) !== permanent.id) return null;
  const messageKey = sealed.subarray(8, 24);
  const aes = oldMessageAesKey(permanent.bytes, messageKey);
  const plain = igeDecrypt(data, aes.key, aes.iv);
  const length = plain.readInt32LE(28);
  if (length < 4 || length > plain.length - 32) return null;
  if (
    !sha1(plain.subarray(0, 32 + length))
      .subarray(4, 20)
      .equals(messageKey)
  )
    return null;
  try {
    return new TlReader(plain.subarray(32, 32 + length), mtprotoSchema).object();
  } catch (error) {
    if (error instanceof TlError) return null;
    throw error;
  }
}
