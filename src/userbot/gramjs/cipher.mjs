/**
 * MTProto's encryption of a message from the server, after core.telegram.org/mtproto/description. JavaScript, since the
 * threads of Node 20 load no TypeScript; its types stand in cipher.d.mts.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { IGE } from "telegram/crypto/IGE.js";

/** @param {...Uint8Array} parts */
function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function decryptPacket(authKey, packet) {
  const messageKey = packet.subarray(8, 24);
  // The server writes with the other half of the key than we do.
  const x = 8;
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(x + 40, x + 76), messageKey);
  const key = Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]);
  const iv = Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]);
  const plain = new IGE(key, iv).decryptIge(packet.subarray(24));
  const expected = sha256(authKey.subarray(88 + x, 120 + x), plain).subarray(8, 24);
  return timingSafeEqual(messageKey, expected) ? plain : null;
}
