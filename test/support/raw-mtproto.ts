/** A client that speaks MTProto by hand, message by message, so that a test can say what no real client would. */
import { constants, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { DH_PRIME, powerOfG, sharedKey } from "../../sandbox/mtproto/crypto/dh.ts";
import { sha1, xor } from "../../sandbox/mtproto/crypto/hash.ts";
import { igeDecrypt, igeEncrypt } from "../../sandbox/mtproto/crypto/ige.ts";
import { messageAesKey, messageKeyOf } from "../../sandbox/mtproto/crypto/message-key.ts";
import { authKeyId } from "../../sandbox/mtproto/keys/auth-key.ts";
import { TlReader } from "../../sandbox/tl/reader.ts";
import { mtprotoSchema, schemaOf } from "../../sandbox/tl/schema.ts";
import { bytesOf, longOf, type TlObject } from "../../sandbox/tl/value.ts";
import { TlWriter } from "../../sandbox/tl/writer.ts";

const CONTAINER_ID = 0x73f1f8dc;
const RPC_RESULT_ID = 0xf35c6d01;

export interface Received {
  messageId: bigint;
  seqNo: number;
  /** Plain object; an rpc_result as {_: "rpc_result", req_msg_id, result}, where the result is no bare vector. */
  object: TlObject;
}

export function write(object: TlObject): Buffer {
  const schema = mtprotoSchema.named(object._) ? mtprotoSchema : schemaOf(227);
  return Buffer.from(new TlWriter(schema).object(object).result());
}

export class RawClient {
  readonly #socket: Socket;
  readonly #waiting: ((packet: Buffer) => void)[] = [];
  readonly #packets: Buffer[] = [];
  #pending = Buffer.alloc(0);
  #messages: Received[] = [];
  #lastId = 0n;
  key: Buffer = Buffer.alloc(0);
  salt = 0n;
  sessionId = randomBytes(8).readBigInt64LE();
  closed = false;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.write(Buffer.from("eeeeeeee", "hex"));
    this.#socket.on("data", (data: Buffer) => this.#received(data));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.closed = true;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #received(data: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, data]);
    while (this.#pending.length >= 4) {
      const length = this.#pending.readUInt32LE(0);
      if (this.#pending.length < 4 + length) return;
      const packet = this.#pending.subarray(4, 4 + length);
      this.#pending = this.#pending.subarray(4 + length);
      const waiter = this.#waiting.shift();
      if (waiter) waiter(packet);
      else this.#packets.push(packet);
    }
  }

  /** The next packet as it is on the wire. */
  packet(): Promise<Buffer> {
    const ready = this.#packets.shift();
    return ready ? Promise.resolve(ready) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  sendRaw(payload: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(payload.length);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  nextId(offsetSeconds = 0): bigint {
    const now = BigInt(Math.floor(Date.now() / 1000 + offsetSeconds)) << 32n;
    this.#lastId = this.#lastId >= now ? this.#lastId + 4n : now;
    return this.#lastId;
  }

  async #plain(request: TlObject): Promise<TlObject> {
    const body = write(request);
    const head = Buffer.alloc(20);
    head.writeBigInt64LE(this.nextId(), 8);
    head.writeInt32LE(body.length, 16);
    this.sendRaw(Buffer.concat([head, body]));
    return new TlReader(await this.packet(), mtprotoSchema, 20).object();
  }

  /** The exchange of keys, with RSA's old padding. */
  async exchange(serverKey: string, dcId: number): Promise<void> {
    const nonce = randomBytes(16);
    const pqAnswer = await this.#plain({ _: "req_pq_multi", nonce });
    const serverNonce = Buffer.from(bytesOf(pqAnswer, "server_nonce"));
    const { p, q } = factors(bytesOf(pqAnswer, "pq"));
    const newNonce = randomBytes(32);
    const nonces = { nonce, server_nonce: serverNonce };
    const pq = bytesOf(pqAnswer, "pq");
    const inner = write({ _: "p_q_inner_data_dc", ...nonces, pq, p, q, new_nonce: newNonce, dc: dcId });
    const padded = Buffer.concat([Buffer.alloc(1), sha1(inner), inner, randomBytes(235 - inner.length)]);
    const rsa = { key: createPublicKey(serverKey), padding: constants.RSA_NO_PADDING };
    const [fingerprint] = pqAnswer.server_public_key_fingerprints as bigint[];
    const parameters = await this.#plain({
      _: "req_DH_params",
      ...nonces,
      p,
      q,
      public_key_fingerprint: fingerprint,
      encrypted_data: publicEncrypt(rsa, padded),
    });
    const [a, b, c] = [sha1(newNonce, serverNonce), sha1(serverNonce, newNonce), sha1(newNonce, newNonce)];
    const aes = Buffer.concat([a, b.subarray(0, 12)]);
    const iv = Buffer.concat([b.subarray(12, 20), c, newNonce.subarray(0, 4)]);
    const opened = igeDecrypt(bytesOf(parameters, "encrypted_answer"), aes, iv).subarray(20);
    const server = new TlReader(opened, mtprotoSchema).object();
    if (!bytesOf(server, "dh_prime").equals(DH_PRIME)) throw new Error("Another prime.");
    const secret = randomBytes(256);
    const gB = powerOfG(secret);
    const data = write({ _: "client_DH_inner_data", ...nonces, retry_id: 0n, g_b: gB });
    const hashed = Buffer.concat([sha1(data), data]);
    const sealed = Buffer.concat([hashed, randomBytes((16 - (hashed.length % 16)) % 16)]);
    await this.#plain({ _: "set_client_DH_params", ...nonces, encrypted_data: igeEncrypt(sealed, aes, iv) });
    this.key = sharedKey(secret, bytesOf(server, "g_a"));
    this.salt = xor(newNonce.subarray(0, 8), serverNonce.subarray(0, 8)).readBigInt64LE();
  }

  /** Sends a message as it is told to, right or wrong; gives its id. */
  send(
    body: Buffer | TlObject,
    how: { messageId?: bigint; seqNo?: number; salt?: bigint; spoil?: boolean } = {},
  ): bigint {
    const bytes = Buffer.isBuffer(body) ? body : write(body as TlObject);
    const messageId = how.messageId ?? this.nextId();
    const padding = 12 + ((16 - ((32 + bytes.length + 12) % 16)) % 16);
    const head = Buffer.alloc(32);
    head.writeBigInt64LE(how.salt ?? this.salt, 0);
    head.writeBigInt64LE(this.sessionId, 8);
    head.writeBigInt64LE(messageId, 16);
    head.writeInt32LE(how.seqNo ?? 1, 24);
    head.writeInt32LE(bytes.length, 28);
    const plain = Buffer.concat([head, bytes, randomBytes(padding)]);
    const messageKey = messageKeyOf(this.key, plain, 0);
    const aes = messageAesKey(this.key, messageKey, 0);
    const sealed = igeEncrypt(plain, aes.key, aes.iv);
    if (how.spoil) sealed[40]! ^= 1;
    this.sendRaw(Buffer.concat([authKeyId(this.key), messageKey, sealed]));
    return messageId;
  }

  call(query: TlObject): bigint {
    return this.send({ _: "invokeWithLayer", layer: 227, query: { ...DEVICE, query } });
  }

  /** Reads on until a message fits; what came before it is dropped. */
  async until(fits: (message: Received) => boolean): Promise<Received> {
    for (;;) {
      const found = this.#messages.findIndex(fits);
      if (found >= 0) {
        const [message] = this.#messages.splice(0, found + 1).slice(-1);
        return message!;
      }
      this.#messages.push(...this.#open(await this.packet()));
    }
  }

  named(name: string): Promise<Received> {
    return this.until(({ object }) => object._ === name);
  }

  async result(messageId: bigint): Promise<TlObject> {
    const { object } = await this.until((each) => longOf(each.object, "req_msg_id") === messageId);
    return object.result as TlObject;
  }

  #open(packet: Buffer): Received[] {
    if (packet.length === 4) return [{ messageId: 0n, seqNo: 0, object: { _: "error", code: packet.readInt32LE(0) } }];
    const messageKey = packet.subarray(8, 24);
    const aes = messageAesKey(this.key, messageKey, 8);
    const plain = igeDecrypt(packet.subarray(24), aes.key, aes.iv);
    if (!messageKeyOf(this.key, plain, 8).equals(messageKey)) throw new Error("A wrong message key.");
    if (plain.readBigInt64LE(8) !== this.sessionId) throw new Error("Another session.");
    const body = plain.subarray(32, 32 + plain.readInt32LE(28));
    return unpack(plain.readBigInt64LE(16), plain.readInt32LE(24), body);
  }
}

const DEVICE = {
  _: "initConnection",
  api_id: 1,
  device_model: "test",
  system_version: "1",
  app_version: "1",
  system_lang_code: "en",
  lang_pack: "",
  lang_code: "en",
};

function unpack(messageId: bigint, seqNo: number, body: Buffer): Received[] {
  const id = body.readUInt32LE(0);
  if (id === CONTAINER_ID) {
    const reader = new TlReader(body, mtprotoSchema, 4);
    return Array.from({ length: reader.int() }, () => {
      const [inner, number, length] = [reader.long(), reader.int(), reader.int()];
      return unpack(inner, number, reader.raw(length));
    }).flat();
  }
  if (id === RPC_RESULT_ID) {
    const object = { _: "rpc_result", req_msg_id: body.readBigInt64LE(4) };
    return [{ messageId, seqNo, object: { ...object, result: new TlReader(body, schemaOf(227), 12).object() } }];
  }
  return [{ messageId, seqNo, object: new TlReader(body, schemaOf(227)).object() }];
}

function factors(pq: Buffer): { p: Buffer; q: Buffer } {
  const product = pq.readBigUInt64BE();
  // Pollard's rho finds a 31-bit factor in some ten thousand steps.
  for (let c = 1n; ; c++) {
    let slow = 2n;
    let fast = 2n;
    let divisor = 1n;
    while (divisor === 1n) {
      slow = (slow * slow + c) % product;
      fast = (fast * fast + c) % product;
      fast = (fast * fast + c) % product;
      divisor = gcd(slow > fast ? slow - fast : fast - slow, product);
    }
    if (divisor === product) continue;
    const other = product / divisor;
    const [p, q] = divisor < other ? [divisor, other] : [other, divisor];
    return { p: big32(p), q: big32(q) };
  }
}

function gcd(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

function big32(number: bigint): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Number(number));
  return bytes;
}
