import { randomBytes, randomInt } from "node:crypto";
import { igeDecrypt, igeEncrypt } from "../crypto/ige.ts";
import { FROM_CLIENT, FROM_SERVER, messageAesKey, messageKeyOf } from "../crypto/message-key.ts";
import type { AuthKey } from "../keys/auth-key.ts";

const HEADER = 32;
const MIN_PADDING = 12;
const MAX_PADDING = 1024;
/** Where plaintexts are laid out; they are gone from it when sealPacket returns. */
let scratch = Buffer.from(new ArrayBuffer(1 << 16));

export interface Incoming {
  salt: bigint;
  sessionId: bigint;
  messageId: bigint;
  seqNo: number;
  body: Buffer;
}

/** One message for a client, ready for a transport: key id, message key, encrypted data. */
export function sealPacket(
  key: AuthKey,
  head: { salt: bigint; sessionId: bigint; messageId: bigint; seqNo: number },
  body: Buffer,
): Buffer[] {
  const used = HEADER + body.length;
  const padding = MIN_PADDING + ((16 - ((used + MIN_PADDING) % 16)) % 16) + 16 * randomInt(4);
  if (scratch.length < used + padding) scratch = Buffer.from(new ArrayBuffer(2 * (used + padding)));
  const plain = scratch.subarray(0, used + padding);
  plain.writeBigInt64LE(head.salt, 0);
  plain.writeBigInt64LE(head.sessionId, 8);
  plain.writeBigInt64LE(head.messageId, 16);
  plain.writeInt32LE(head.seqNo, 24);
  plain.writeInt32LE(body.length, 28);
  body.copy(plain, HEADER);
  randomBytes(padding).copy(plain, used);
  const messageKey = messageKeyOf(key.bytes, plain, FROM_SERVER);
  const aes = messageAesKey(key.bytes, messageKey, FROM_SERVER);
  const packetHead = Buffer.alloc(24);
  packetHead.writeBigInt64LE(key.id, 0);
  messageKey.copy(packetHead, 8);
  return [packetHead, igeEncrypt(plain, aes.key, aes.iv)];
}

/** Opens what a client sent under that key; undefined when anything about it is wrong. */
export function openPacket(key: AuthKey, packet: Buffer): Incoming | undefined {
  // The padded transport leaves up to 15 bytes behind the last block.
  const length = (packet.length - 24) & ~15;
  if (length < HEADER + MIN_PADDING) return undefined;
  const messageKey = packet.subarray(8, 24);
  const aes = messageAesKey(key.bytes, messageKey, FROM_CLIENT);
  const plain = igeDecrypt(packet.subarray(24, 24 + length), aes.key, aes.iv);
  if (!messageKeyOf(key.bytes, plain, FROM_CLIENT).equals(messageKey)) return undefined;
  const bodyLength = plain.readInt32LE(28);
  const padding = plain.length - HEADER - bodyLength;
  if (bodyLength < 4 || bodyLength % 4 !== 0 || padding < MIN_PADDING || padding > MAX_PADDING) return undefined;
  return {
    salt: plain.readBigInt64LE(0),
    sessionId: plain.readBigInt64LE(8),
    messageId: plain.readBigInt64LE(16),
    seqNo: plain.readInt32LE(24),
    body: plain.subarray(HEADER, HEADER + bodyLength),
  };
}

/** A message of the key exchange, in the clear. */
export function plainPacket(messageId: bigint, body: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeBigInt64LE(messageId, 8);
  head.writeInt32LE(body.length, 16);
  return Buffer.concat([head, body]);
}

/** The four bytes by which a server says a number of HTTP's instead of a message. */
export function transportError(code: number): Buffer {
  const packet = Buffer.alloc(4);
  packet.writeInt32LE(-code);
  return packet;
}
