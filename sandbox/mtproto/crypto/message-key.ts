import { sha1, sha256 } from "./hash.ts";

export interface AesKey {
  key: Buffer;
  iv: Buffer;
}

/** Offset into the auth key: messages of the client use its beginning, the server's are shifted by eight bytes. */
export const FROM_CLIENT = 0;
export const FROM_SERVER = 8;

/** MTProto 2.0: the key of one message. */
export function messageAesKey(authKey: Buffer, messageKey: Buffer, x: number): AesKey {
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(40 + x, 76 + x), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}

/** MTProto 2.0: the fingerprint of a padded plaintext. */
export function messageKeyOf(authKey: Buffer, padded: Uint8Array, x: number): Buffer {
  return sha256(authKey.subarray(88 + x, 120 + x), padded).subarray(8, 24);
}

/** MTProto 1.0, which binding a temporary key still uses. */
export function oldMessageAesKey(authKey: Buffer, messageKey: Buffer): AesKey {
  const a = sha1(messageKey, authKey.subarray(0, 32));
  const b = sha1(authKey.subarray(32, 48), messageKey, authKey.subarray(48, 64));
  const c = sha1(authKey.subarray(64, 96), messageKey);
  const d = sha1(messageKey, authKey.subarray(96, 128));
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]),
    iv: Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]),
  };
}
