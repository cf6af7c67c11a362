/**
 * Opens an encrypted packet with every check of core.telegram.org/mtproto/security_guidelines, and splits what is in
 * it. GramJS checks the message key alone, and loses a whole container, replies included, over one unknown constructor.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { decrypt } from "./decrypter.ts";
import { LineBroken } from "./fault.ts";

export const ID = {
  container: 0x73f1f8dc,
  gzip: 0x3072cfa1,
  rpcResult: 0xf35c6d01,
  rpcError: 0x2144ca19,
} as const;

export interface InnerMessage {
  messageId: bigint;
  seqNo: number;
  body: Buffer;
}

/** Remembers one session's message ids, and refuses what a server of ours would not send. */
export class PacketReader {
  readonly #authKey: Buffer;
  readonly #keyId: Buffer;
  readonly #seen = new Set<bigint>();
  /** Server time minus ours in seconds, known from the first packet: its sender has proven the key. */
  #offset: number | null = null;

  constructor(authKey: Buffer) {
    this.#authKey = authKey;
    this.#keyId = createHash("sha1").update(authKey).digest().subarray(12, 20);
  }

  /** The messages of a packet, in order. Throws LineBroken where a check fails: the connection must go. */
  async open(packet: Buffer, sessionId: bigint): Promise<InnerMessage[]> {
    if (packet.length < 24 + 48 || (packet.length - 24) % 16 !== 0) throw new LineBroken("A packet of a wrong length.");
    if (!timingSafeEqual(packet.subarray(0, 8), this.#keyId)) throw new LineBroken("A packet under another key.");
    const plain = await decrypt(this.#authKey, packet);
    if (!plain) throw new LineBroken("A packet that does not fit its message key.");

    if (plain.readBigInt64LE(8) !== BigInt.asIntN(64, sessionId)) throw new LineBroken("A packet of another session.");
    const messageId = plain.readBigInt64LE(16);
    const seqNo = plain.readInt32LE(24);
    const length = plain.readInt32LE(28);
    const padding = plain.length - 32 - length;
    if (length < 4 || length % 4 !== 0 || padding < 12 || padding > 1024)
      throw new LineBroken("A packet with a wrong length inside.");
    this.#checkMessageId(messageId);
    if (this.#isKnown(messageId)) return [];
    const inner = [...split({ messageId, seqNo, body: plain.subarray(32, 32 + length) })];
    // A server that saw no acknowledgement says things again; hearing them once is enough.
    return inner.filter((message) => message.messageId === messageId || !this.#isKnown(message.messageId));
  }

  #checkMessageId(messageId: bigint): void {
    if ((messageId & 1n) === 0n) throw new LineBroken("A message id that only clients use.");
    const lead = Number(messageId >> 32n) - Date.now() / 1000;
    this.#offset ??= lead;
    if (lead - this.#offset < -300 || lead - this.#offset > 30) throw new LineBroken("A message from another time.");
  }

  #isKnown(messageId: bigint): boolean {
    if (this.#seen.has(messageId)) return true;
    this.#seen.add(messageId);
    if (this.#seen.size > 2000) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest!);
    }
    return false;
  }
}

/** Takes containers and gzip apart by their lengths, so that one unreadable message costs only itself. */
function* split(message: InnerMessage): Generator<InnerMessage> {
  const { body } = message;
  const kind = body.readUInt32LE(0);
  if (kind === ID.gzip) {
    yield* split({ ...message, body: gunzip(body) });
    return;
  }
  if (kind !== ID.container) {
    yield message;
    return;
  }
  let at = 8;
  for (let left = body.readInt32LE(4); left > 0; left--) {
    const length = body.readInt32LE(at + 12);
    if (length < 4 || at + 16 + length > body.length) throw new LineBroken("A container with a wrong length inside.");
    yield* split({
      messageId: body.readBigInt64LE(at),
      seqNo: body.readInt32LE(at + 8),
      body: body.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
}

/** The content of gzip_packed, which begins at its constructor. */
export function gunzip(packed: Buffer): Buffer {
  const short = packed.readUInt8(4);
  const [start, length] = short === 254 ? [8, packed.readUIntLE(5, 3)] : [5, short];
  return gunzipSync(packed.subarray(start, start + length));
}
