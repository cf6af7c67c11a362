import type { Fault, FaultKind, FaultOrder } from "../world/types.ts";
import type { LocalWorld } from "../world/world.ts";
import { BadRequest, type Fields } from "./json.ts";
import { Phone } from "./phone.ts";
import { PhoneRecorder } from "./recorder.ts";
import type { ControlOptions } from "./server.ts";
import { WorldReader } from "./world-reader.ts";
import { WorldWriter } from "./world-writer.ts";

/** `body` is the JSON of a POST, else the query. */
export type Route = (body: Fields, query: Fields) => unknown;

/** Everything the door answers to, by method and path. */
export function routesOf(world: LocalWorld, options: ControlOptions): Map<string, Route> {
  const reader = new WorldReader(world);
  const writer = new WorldWriter(world, options.builder);
  const recorders = new Map<number, PhoneRecorder>();
  for (const id of Object.values(options.hands)) recorders.set(id, new PhoneRecorder(world, id, options.botId));
  const handOf = (fields: Fields): number => {
    const name = fields.text("from", "owner");
    const id = options.hands[name];
    if (id === undefined) throw new BadRequest(`"from" must be one of ${Object.keys(options.hands).join(", ")}.`);
    return id;
  };
  const phone = (fields: Fields) => new Phone(world, handOf(fields), options.botId);
  const routes: Record<string, Route> = {
    "POST /phone/send": (body) => ({
      messageIds: phone(body)
        .send(body)
        .map((message) => message.id),
    }),
    "POST /phone/press": (body) => phone(body).press(body),
    "POST /phone/share": (body) => ({ messageId: phone(body).share(body).id }),
    "POST /phone/block": (body) => {
      world.as(handOf(body)).block(options.botId, !body.has("blocked") || body.flag("blocked"));
      return { ok: true };
    },
    "POST /phone/delete": (body) => world.as(handOf(body)).delete(null, body.numbers("messageIds"), true),
    "POST /phone/inline": (body) => world.as(handOf(body)).askInline(options.botId, body.text("query", ""), "", 10_000),
    "POST /phone/add-bot": (body) => writer.addBot(body, options.botId, handOf(body)),
    "GET /phone/chat": (query) => ({
      messages: recorders.get(handOf(query))?.messages(query.number("after", 0)) ?? [],
    }),
    "GET /rpcs": (query) => rpcs(world, query),
    "GET /rpcs/counts": () => world.journal.counts(),
    "GET /served": () => ({ files: world.journal.files(), sessions: world.journal.sessions() }),
    "GET /faults": () => ({ faults: world.faults.list() }),
    "POST /faults": (body) => world.faults.add(readFault(body)),
    "DELETE /faults": (query) => {
      if (query.has("id")) return { removed: world.faults.remove(query.text("id")) };
      world.faults.clear();
      return { removed: true };
    },
    "POST /references/expire": () => {
      world.content.expireReferences();
      return { ok: true };
    },
    "POST /references/lifetime": (body) => {
      world.content.referenceLifetime = body.number("seconds");
      return { ok: true };
    },
    "GET /lines": () => world.lines.all(),
    "POST /lines": (body) => {
      const line = { rttMs: body.number("rttMs", 0), bytesPerSecond: body.number("bytesPerSecond", 0) };
      if (body.has("session")) world.lines.set(body.text("session"), line);
      else world.lines.setDefault(line);
      return { ok: true };
    },
    "GET /sessions": () => ({ sessions: sessions(world) }),
    "DELETE /sessions": (query) => revoke(world, query),
    "GET /world/chats": () => ({ chats: reader.chats() }),
    "POST /world/chats": (body) => writer.addChat(body),
    "GET /world/messages": (query) => reader.messages(query),
    "POST /world/messages": (body) => writer.addMessages(body),
    "POST /world/messages/delete": (body) => writer.deleteMessages(body),
    "POST /world/messages/edit": (body) => writer.editMessage(body),
    "POST /world/members": (body) => writer.setMember(body),
    "GET /world/files": (query) => reader.files(query),
    "POST /world/clock": (body) => {
      world.clock.shift(body.number("seconds"));
      return { now: world.clock.now() };
    },
    "GET /world/clock": () => ({ now: world.clock.now() }),
    "POST /stop": () => {
      setImmediate(options.onStop);
      return { ok: true };
    },
  };
  return new Map(Object.entries(routes));
}

function rpcs(world: LocalWorld, query: Fields): unknown {
  const door = query.optional("door", (name) => query.text(name));
  if (door !== undefined && door !== "mtproto" && door !== "bot-api") {
    throw new BadRequest('"door" must be mtproto or bot-api.');
  }
  const method = query.optional("method", (name) => query.text(name));
  const limit = query.number("limit", 1000);
  const found = world.journal.after(query.number("after", 0), {
    limit,
    ...(door && { door }),
    ...(method && { method }),
  });
  return { rpcs: found, last: found.length === limit ? (found.at(-1)?.n ?? 0) : world.journal.last };
}

/** Logins and their keys; never the keys themselves. */
const sessions = (world: LocalWorld) =>
  world.keys.all().map(({ authKeyId, accountId, dcId, device, createdAt, activeAt, loginHash, layer }) => {
    const line = world.lines.get(authKeyId);
    return { session: authKeyId, accountId, dcId, device, createdAt, activeAt, login: loginHash, layer, line };
  });

/** Signs sessions out as if ended from another device; they learn of it at their next call. */
function revoke(world: LocalWorld, query: Fields): unknown {
  const chosen = query.optional("session", (name) => query.text(name));
  const keys = world.keys.all().filter((key) => chosen === undefined || key.authKeyId === chosen);
  for (const key of keys) world.keys.put(Object.assign(key, { accountId: null, loginHash: "0" }));
  return { revoked: keys.length };
}

const kinds: Record<FaultKind, true> = {
  error: true,
  "flood-wait": true,
  "flood-premium-wait": true,
  "slowmode-wait": true,
  "file-reference-expired": true,
  "file-migrate": true,
  timeout: true,
  "rpc-call-fail": true,
  "auth-key-unregistered": true,
  "session-revoked": true,
  "auth-key-duplicated": true,
  cut: true,
  stall: true,
  "lose-answer": true,
  "wrong-byte": true,
  "short-part": true,
  "empty-part": true,
  "cdn-redirect": true,
  "unknown-constructor": true,
  "bad-server-salt": true,
  "bad-msg-notification": true,
  "duplicate-answer": true,
  "late-answer": true,
  "transport-404": true,
  "too-many-requests": true,
  "bad-gateway": true,
  reset: true,
};

function readFault(fields: Fields): FaultOrder {
  const kind = fields.text("kind");
  const known = (Object.keys(kinds) as FaultKind[]).find((one) => one === kind);
  if (!known) throw new BadRequest(`"kind" must be one of ${Object.keys(kinds).join(", ")}.`);
  const door = fields.text("door", "mtproto");
  if (door !== "mtproto" && door !== "bot-api") throw new BadRequest('"door" must be mtproto or bot-api.');
  const order: FaultOrder = { door, kind: known };
  if (fields.has("method")) order.method = fields.text("method");
  if (fields.has("args")) order.args = fields.object("args").raw as Fault["args"];
  if (fields.has("session")) order.session = fields.text("session");
  if (fields.has("match")) order.match = fields.text("match");
  for (const name of ["after", "rate", "dcId", "until"] as const)
    if (fields.has(name)) order[name] = fields.number(name);
  if (fields.raw.count === null) order.count = null;
  else if (fields.has("count")) order.count = fields.number("count");
  return order;
}
