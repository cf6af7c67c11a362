import { TlReader } from "../../tl/reader.ts";
import { mtprotoSchema } from "../../tl/schema.ts";
import { intOf, longOf, longsOf, type TlObject } from "../../tl/value.ts";
import { TlWriter } from "../../tl/writer.ts";
import type { Backend } from "../backend.ts";
import type { Connection } from "../connection.ts";
import type { Session } from "./session.ts";

export const RPC_RESULT_ID = 0xf35c6d01;

interface Context {
  backend: Backend;
  connection: Connection;
  session: Session;
  messageId: bigint;
}

type Service = (request: TlObject, context: Context) => void;

const RECEIVED = 4;
const UNKNOWN_MESSAGE = 1;

function pong(request: TlObject, { session, messageId }: Context): void {
  session.sendService({ _: "pong", msg_id: messageId, ping_id: longOf(request, "ping_id") });
}

/** These are answered under rpc_result, though they are no methods of the API. */
function result(context: Context, object: TlObject): void {
  const writer = new TlWriter(mtprotoSchema).id(RPC_RESULT_ID).long(context.messageId).object(object);
  context.session.send(writer.result(), true, "reply");
}

const services: Record<string, Service> = {
  ping: pong,
  ping_delay_disconnect(request, context) {
    context.connection.disconnectAfter(intOf(request, "disconnect_delay"));
    pong(request, context);
  },
  msgs_ack(request, { session }) {
    session.acknowledge(longsOf(request, "msg_ids"));
  },
  http_wait() {},
  msgs_all_info() {},
  msgs_state_info() {},
  msg_detailed_info() {},
  msg_new_detailed_info() {},
  get_future_salts(request, { backend, session, messageId }) {
    const now = backend.world.clock.now();
    const salts = session.key.salts(now, Math.min(64, Math.max(1, intOf(request, "num"))));
    session.sendService({
      _: "future_salts",
      req_msg_id: messageId,
      now,
      salts: salts.map(({ since, until, salt }) => ({
        _: "future_salt",
        valid_since: since,
        valid_until: until,
        salt,
      })),
    });
  },
  msgs_state_req(request, { session, messageId }) {
    sendStates(session, messageId, longsOf(request, "msg_ids"));
  },
  msg_resend_req(request, { session, messageId }) {
    const gone = longsOf(request, "msg_ids").filter((id) => !session.resend(id));
    if (gone.length > 0) sendStates(session, messageId, gone);
  },
  rpc_drop_answer(request, context) {
    const dropped = longOf(request, "req_msg_id");
    if (context.session.running.has(dropped)) {
      context.session.answers.set(dropped, 0n);
      result(context, { _: "rpc_answer_dropped_running" });
    } else {
      result(context, { _: "rpc_answer_unknown" });
    }
  },
  destroy_session(request, { backend, session }) {
    const id = longOf(request, "session_id");
    const other = backend.sessions.find(session.key, id);
    if (other && other !== session) backend.sessions.close(other);
    const done = other !== undefined && other !== session;
    session.sendService({ _: done ? "destroy_session_ok" : "destroy_session_none", session_id: id });
  },
  destroy_auth_key(_request, { backend, session }) {
    session.sendService({ _: "destroy_auth_key_ok" });
    backend.ring.forget(session.key);
  },
};

function sendStates(session: Session, messageId: bigint, ids: bigint[]): void {
  const info = Buffer.from(ids.map((id) => (session.knows(id) ? RECEIVED : UNKNOWN_MESSAGE)));
  session.sendService({ _: "msgs_state_info", req_msg_id: messageId, info });
}

/** Carries out a service message; false if it is none, but a call of the API. */
export function service(context: Context, body: Buffer): boolean {
  const form = mtprotoSchema.withId(body.readUInt32LE(0));
  if (!form) return false;
  const carryOut = services[form.name];
  if (!carryOut) return false;
  carryOut(new TlReader(body, mtprotoSchema).object(), context);
  return true;
}
