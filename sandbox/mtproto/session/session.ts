import { randomBytes } from "node:crypto";
import { mtprotoSchema } from "../../tl/schema.ts";
import type { TlObject } from "../../tl/value.ts";
import { TlWriter } from "../../tl/writer.ts";
import type { Connection } from "../connection.ts";
import type { AuthKey } from "../keys/auth-key.ts";
import type { MessageIds } from "../wire/message-ids.ts";
import { sealPacket } from "../wire/packets.ts";

const CONTAINER_ID = 0x73f1f8dc;
const KEEP_MESSAGES = 100;
const KEEP_BYTES = 4 * 1024 * 1024;
const KEEP_RECEIVED = 3000;
const MAX_IN_CONTAINER = 64 * 1024;

interface Sent {
  messageId: bigint;
  seqNo: number;
  body: Buffer;
}

/** One session of a key: numbers its messages, remembers what is not acknowledged yet, and sends by the last connection used. */
export class Session {
  readonly id: bigint;
  readonly key: AuthKey;
  readonly uniqueId = randomBytes(8).readBigInt64LE();
  connection: Connection | null = null;
  /** The client wants to hear what happens, as far as we know. */
  wantsUpdates = false;
  /** Takes the account's updates away; set while this session hears them. */
  stopUpdates: (() => void) | null = null;
  /** What a call of this session does is told in its answer, and not pushed to it as well. */
  quiet = false;
  /** Calls that have not ended, for invokeAfterMsg. */
  readonly running = new Map<bigint, Promise<boolean>>();
  /** Which message of ours answered which of theirs. */
  readonly answers = new Map<bigint, bigint>();
  readonly #ids: MessageIds;
  readonly #now: () => number;
  readonly #received = new Set<bigint>();
  readonly #unacknowledged = new Map<bigint, Sent>();
  #keptBytes = 0;
  #contentCount = 0;
  #queue: Sent[] = [];
  #flushing = false;

  constructor(id: bigint, key: AuthKey, ids: MessageIds, now: () => number) {
    this.id = id;
    this.key = key;
    this.#ids = ids;
    this.#now = now;
  }

  /** False when this message of the client's was seen before. */
  receivedNew(messageId: bigint): boolean {
    if (this.#received.has(messageId)) return false;
    this.#received.add(messageId);
    if (this.#received.size > KEEP_RECEIVED) {
      const [oldest] = this.#received;
      this.#received.delete(oldest!);
    }
    return true;
  }

  knows(messageId: bigint): boolean {
    return this.#received.has(messageId);
  }

  acknowledge(messageIds: readonly bigint[]): void {
    for (const id of messageIds) {
      const sent = this.#unacknowledged.get(id);
      if (!sent) continue;
      this.#keptBytes -= sent.body.length;
      this.#unacknowledged.delete(id);
    }
  }

  /** A message that is no answer and wants no acknowledgement (acks, pongs, notifications). */
  sendService(object: TlObject, kind: "reply" | "push" = "reply"): void {
    this.send(new TlWriter(mtprotoSchema).object(object).result(), false, kind);
  }

  /** Gives the id of the message. */
  send(body: Buffer, content: boolean, kind: "reply" | "push"): bigint {
    const sent = { messageId: this.#ids.next(kind), seqNo: this.#contentCount * 2 + (content ? 1 : 0), body };
    if (content) {
      this.#contentCount++;
      this.#keep(sent);
    }
    this.#enqueue(sent);
    return sent.messageId;
  }

  /** Sends again what the client missed; false when it is no longer kept. */
  resend(messageId: bigint): boolean {
    const sent = this.#unacknowledged.get(messageId);
    if (!sent) return false;
    this.#enqueue(sent);
    return true;
  }

  /** What was pushed or answered while no connection carried it, or was lost with one. */
  resendAll(): void {
    for (const sent of this.#unacknowledged.values()) if (!this.#queue.includes(sent)) this.#queue.push(sent);
    this.#schedule();
  }

  #keep(sent: Sent): void {
    this.#unacknowledged.set(sent.messageId, sent);
    this.#keptBytes += sent.body.length;
    for (const [id, old] of this.#unacknowledged) {
      if (this.#unacknowledged.size <= KEEP_MESSAGES && this.#keptBytes <= KEEP_BYTES) break;
      this.#keptBytes -= old.body.length;
      this.#unacknowledged.delete(id);
    }
  }

  #enqueue(sent: Sent): void {
    this.#queue.push(sent);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** What was said in one go travels in one packet, as long as it is small. */
  #flush(): void {
    const connection = this.connection;
    const queue = this.#queue;
    this.#queue = [];
    if (!connection) return;
    let group: Sent[] = [];
    let size = 0;
    for (const sent of queue) {
      if (group.length > 0 && size + sent.body.length > MAX_IN_CONTAINER) {
        this.#write(connection, group);
        group = [];
        size = 0;
      }
      group.push(sent);
      size += sent.body.length;
    }
    if (group.length > 0) this.#write(connection, group);
  }

  #write(connection: Connection, group: Sent[]): void {
    const message = group.length === 1 ? group[0]! : this.#container(group);
    const head = { salt: this.key.currentSalt(this.#now()), sessionId: this.id, ...message };
    connection.send(sealPacket(this.key, head, message.body), this.key);
  }

  #container(group: Sent[]): Sent {
    const writer = new TlWriter(mtprotoSchema, 1024).id(CONTAINER_ID).int(group.length);
    for (const { messageId, seqNo, body } of group) writer.long(messageId).int(seqNo).int(body.length).raw(body);
    return { messageId: this.#ids.next("push"), seqNo: this.#contentCount * 2, body: writer.result() };
  }
}
