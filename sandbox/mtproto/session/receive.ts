import { GZIP_ID, gunzip, TlReader } from "../../tl/reader.ts";
import { mtprotoSchema } from "../../tl/schema.ts";
import { TlError } from "../../tl/value.ts";
import type { Backend } from "../backend.ts";
import type { Connection } from "../connection.ts";
import type { AuthKey } from "../keys/auth-key.ts";
import { answerCall } from "../rpc/answer.ts";
import { secondsOf } from "../wire/message-ids.ts";
import type { Incoming } from "../wire/packets.ts";
import { service } from "./service.ts";
import type { Session } from "./session.ts";

const CONTAINER_ID = 0x73f1f8dc;
const MAX_CONTAINER = 1020;
const PAST_SECONDS = 300;
const FUTURE_SECONDS = 30;

const TOO_OLD = 16;
const TOO_NEW = 17;
const WRONG_LOW_BITS = 18;
const MUST_BE_ODD = 35;
const INVALID_CONTAINER = 64;

interface Message {
  messageId: bigint;
  seqNo: number;
  body: Buffer;
}

/** A message as it was decrypted: checked, taken apart and carried out. */
export function receive(backend: Backend, connection: Connection, key: AuthKey, incoming: Incoming): void {
  const { session, isNew } = backend.sessions.open(key, incoming.sessionId);
  const moved = !isNew && session.connection !== connection;
  connection.carry(session);
  const refused = refusal(backend, incoming);
  if (refused) {
    notify(session, incoming, refused);
    return;
  }
  const now = backend.world.clock.now();
  if (!key.knowsSalt(incoming.salt, now)) {
    session.sendService({
      _: "bad_server_salt",
      bad_msg_id: incoming.messageId,
      bad_msg_seqno: incoming.seqNo,
      error_code: 48,
      new_server_salt: key.currentSalt(now),
    });
    return;
  }
  if (isNew) {
    session.send(newSession(session, incoming.messageId, key.currentSalt(now)), true, "push");
  } else if (moved) {
    session.resendAll();
  }
  take(backend, connection, session, incoming);
}

function take(backend: Backend, connection: Connection, session: Session, message: Message): void {
  const id = message.body.readUInt32LE(0);
  if (id === CONTAINER_ID) {
    container(backend, connection, session, message);
    return;
  }
  if (!session.receivedNew(message.messageId)) {
    const answer = session.answers.get(message.messageId);
    if (answer !== undefined) session.resend(answer);
    return;
  }
  const wrongSeqNo = seqNoFault(id, message.seqNo);
  if (wrongSeqNo) {
    notify(session, message, wrongSeqNo);
    return;
  }
  let body = message.body;
  try {
    if (id === GZIP_ID) body = gunzip(new TlReader(body, mtprotoSchema, 4).bytes());
    if (!service({ backend, connection, session, messageId: message.messageId }, body)) {
      answerCall(backend, connection, session, message.messageId, body);
    }
  } catch (error) {
    if (!(error instanceof TlError)) throw error;
    notify(session, message, INVALID_CONTAINER);
  }
}

function container(backend: Backend, connection: Connection, session: Session, message: Message): void {
  const inner: Message[] = [];
  try {
    const reader = new TlReader(message.body, mtprotoSchema, 4);
    const count = reader.int();
    if (count < 0 || count > MAX_CONTAINER) throw new TlError("Too many.");
    for (let index = 0; index < count; index++) {
      const messageId = reader.long();
      const seqNo = reader.int();
      const body = reader.raw(reader.int());
      // A container in a container, or one older than what it carries, is refused whole.
      if (body.length < 4 || body.readUInt32LE(0) === CONTAINER_ID || messageId >= message.messageId) {
        throw new TlError("A wrong container.");
      }
      inner.push({ messageId, seqNo, body });
    }
  } catch {
    notify(session, message, INVALID_CONTAINER);
    return;
  }
  for (const each of inner) {
    const refused = refusal(backend, each);
    if (refused) notify(session, each, refused);
    else take(backend, connection, session, each);
  }
}

function refusal(backend: Backend, message: Message): number {
  if ((message.messageId & 3n) !== 0n) return WRONG_LOW_BITS;
  const age = backend.world.clock.now() - secondsOf(message.messageId);
  if (age > PAST_SECONDS) return TOO_OLD;
  if (age < -FUTURE_SECONDS) return TOO_NEW;
  return 0;
}

/** A call must be one that is acknowledged; service messages may go either way, and clients differ in it. */
function seqNoFault(id: number, seqNo: number): number {
  return (seqNo & 1) === 1 || mtprotoSchema.withId(id) ? 0 : MUST_BE_ODD;
}

function notify(session: Session, message: Message, code: number): void {
  session.sendService({
    _: "bad_msg_notification",
    bad_msg_id: message.messageId,
    bad_msg_seqno: message.seqNo,
    error_code: code,
  });
}

function newSession(session: Session, firstMessageId: bigint, salt: bigint): Buffer {
  const body = Buffer.alloc(28);
  body.writeUInt32LE(0x9ec20908, 0);
  body.writeBigInt64LE(firstMessageId, 4);
  body.writeBigInt64LE(session.uniqueId, 12);
  body.writeBigInt64LE(salt, 20);
  return body;
}
