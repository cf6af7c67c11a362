import { gzipSync } from "node:zlib";
import { GZIP_ID, TlReader } from "../../tl/reader.ts";
import { mtprotoSchema, schemaOf } from "../../tl/schema.ts";
import { TlError, type TlObject, type TlValue } from "../../tl/value.ts";
import { TlWriter } from "../../tl/writer.ts";
import { Refusal } from "../../world/types.ts";
import type { Backend } from "../backend.ts";
import type { Connection } from "../connection.ts";
import { RPC_RESULT_ID } from "../session/service.ts";
import type { Session } from "../session/session.ts";
import { type Call, me, refuse } from "./call.ts";
import { journalCall } from "./digest.ts";
import { type Delivery, PLAIN_DELIVERY, strike } from "./faults.ts";
import { methods, withoutLogin } from "./methods.ts";
import { unwrap } from "./wrappers.ts";

const ACKNOWLEDGE_AFTER_MS = 1000;

interface Outcome {
  method: string;
  request: TlObject;
  body: Buffer;
  error: string | null;
  delivery: Delivery;
}

/** Carries out a call of the API and sends what came of it. */
export function answerCall(
  backend: Backend,
  connection: Connection,
  session: Session,
  messageId: bigint,
  body: Buffer,
): void {
  const call: Call = {
    backend,
    world: backend.world,
    connection,
    session,
    key: session.key,
    dcId: connection.dcId,
    messageId,
    takeoutId: null,
    range: null,
    wantsCdn: false,
    fileBytes: 0,
  };
  const started = performance.now();
  const late = setTimeout(() => {
    session.sendService({ _: "msgs_ack", msg_ids: [messageId] });
  }, ACKNOWLEDGE_AFTER_MS).unref();
  const ended = perform(call, body).then(
    (outcome) => {
      clearTimeout(late);
      journalCall(call, outcome, performance.now() - started);
      session.running.delete(messageId);
      deliver(call, outcome);
      return outcome.error === null;
    },
    (error: unknown) => {
      clearTimeout(late);
      session.running.delete(messageId);
      backend.report("an answer could not be sent", error);
      return false;
    },
  );
  session.running.set(messageId, ended);
}

async function perform(call: Call, body: Buffer): Promise<Outcome> {
  let request: TlObject = { _: "unknown" };
  let delivery = PLAIN_DELIVERY;
  try {
    const reader = new TlReader(body, schemaOf(call.key.layer));
    const known = schemaOf(call.key.layer).withId(body.readUInt32LE(0));
    if (!known?.method) refuse(400, `INPUT_METHOD_INVALID_${body.readUInt32LE(0)}_${body.length}`);
    request = reader.object();
    request = await unwrap(request, call);
    const method = methods[request._];
    delivery = strike(call, request);
    if (!method) refuse(400, "METHOD_INVALID");
    if (!withoutLogin.has(request._)) me(call);
    const result = delivery.alter(await method(request, call));
    return { method: request._, request, body: resultBody(call, request._, result), error: null, delivery };
  } catch (error) {
    const refused = asRefusal(call, request._, error);
    const object = { _: "rpc_error", error_code: refused.code, error_message: refused.message };
    const written = new TlWriter(mtprotoSchema).id(RPC_RESULT_ID).long(call.messageId).object(object).result();
    return { method: request._, request, body: written, error: refused.message, delivery };
  }
}

function asRefusal(call: Call, method: string, error: unknown): { code: number; message: string } {
  if (error instanceof Refusal) return error;
  // What cannot be read is the client's fault, what cannot be written is ours.
  if (error instanceof TlError && /^INPUT_/.test(error.message)) return { code: 400, message: error.message };
  call.backend.report(method, error);
  return { code: 500, message: "INTERNAL" };
}

function resultBody(call: Call, method: string, result: TlValue): Buffer {
  const schema = schemaOf(call.key.layer);
  const type = (schema.named(method) ?? schemaOf(Number.MAX_SAFE_INTEGER).named(method))!.result;
  const writer = new TlWriter(schema, call.fileBytes + 1024).id(RPC_RESULT_ID).long(call.messageId);
  writer.value(type.kind === "query" ? { kind: "object", type: "X" } : type, result);
  const body = writer.result();
  const { gzipFrom } = call.backend;
  // File parts do not get smaller; Telegram sends them as they are.
  if (gzipFrom === 0 || call.fileBytes > 0 || body.length < gzipFrom) return body;
  const packed = gzipSync(body.subarray(12), { level: 1 });
  if (packed.length > body.length * 0.9) return body;
  return new TlWriter(mtprotoSchema, packed.length + 32)
    .id(RPC_RESULT_ID)
    .long(call.messageId)
    .id(GZIP_ID)
    .bytes(packed)
    .result();
}

function deliver(call: Call, outcome: Outcome): void {
  const { session, messageId } = call;
  // The client said meanwhile that it does not want the answer any more.
  if (session.answers.get(messageId) === 0n) return;
  outcome.delivery.send(() => {
    const answerId = session.send(outcome.body, true, "reply");
    session.answers.set(messageId, answerId);
    if (session.answers.size > 2000) {
      const [oldest] = session.answers.keys();
      session.answers.delete(oldest!);
    }
    return answerId;
  });
}
