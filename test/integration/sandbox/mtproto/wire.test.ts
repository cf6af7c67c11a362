import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { longOf, type TlObject } from "../../../../sandbox/tl/value.ts";
import { eventually } from "../../../support/eventually.ts";
import { type MtprotoWorld, startMtprotoWorld } from "../../../support/mtproto-world.ts";
import { RawClient, write } from "../../../support/raw-mtproto.ts";

let running: MtprotoWorld;
let client: RawClient;
const others: RawClient[] = [];

function dial(dcId = 2): RawClient {
  const opened = new RawClient(running.server.dcs[dcId - 1]!.port);
  others.push(opened);
  return opened;
}

/** Another connection with the key and session of the first. */
function again(): RawClient {
  const second = dial();
  second.key = client.key;
  second.salt = client.salt;
  second.sessionId = client.sessionId;
  second.nextId(2);
  return second;
}

beforeEach(async () => {
  running = await startMtprotoWorld();
  client = dial();
  await client.exchange(running.server.serverKey, 2);
});

afterEach(async () => {
  for (const each of others.splice(0)) each.close();
  await running.close();
  expect(running.reports).toEqual([]);
});

const PING = { _: "ping", ping_id: 77n };

function container(messages: { messageId: bigint; seqNo: number; body: Buffer }[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x73f1f8dc, 0);
  head.writeInt32LE(messages.length, 4);
  const parts = messages.map(({ messageId, seqNo, body }) => {
    const inner = Buffer.alloc(16);
    inner.writeBigInt64LE(messageId, 0);
    inner.writeInt32LE(seqNo, 8);
    inner.writeInt32LE(body.length, 12);
    return Buffer.concat([inner, body]);
  });
  return Buffer.concat([head, ...parts]);
}

describe("a session", () => {
  it("is announced once, and answers a ping with a pong, not with a result", async () => {
    const id = client.send(PING);
    const created = await client.named("new_session_created");
    expect(longOf(created.object, "first_msg_id")).toBe(id);
    expect(created.messageId & 3n).toBe(3n);
    const pong = await client.named("pong");
    expect(pong.object).toMatchObject({ msg_id: id, ping_id: 77n });
    expect(pong.messageId & 3n).toBe(1n);
    expect(pong.messageId).toBeGreaterThan(created.messageId);
  });

  it("answers in the layer the client named, and refuses a call before it named one", async () => {
    const early = client.send({ _: "help.getConfig" });
    expect(await client.result(early)).toMatchObject({ _: "rpc_error", error_message: "CONNECTION_NOT_INITED" });
    const config = await client.result(client.call({ _: "help.getConfig" }));
    expect(config._).toBe("config");
    expect(config.this_dc).toBe(2);
    const ports = (config.dc_options as TlObject[]).map((option) => option.port);
    expect(ports).toEqual(running.server.dcs.map((dc) => dc.port));
  });

  it("takes a container apart, and answers each message in it", async () => {
    const first = client.nextId();
    const second = client.nextId();
    const inner = [first, second].map((messageId, index) => ({
      messageId,
      seqNo: 1 + 2 * index,
      body: write({ ...PING, ping_id: BigInt(index) }),
    }));
    client.send(container(inner), { seqNo: 4 });
    expect((await client.named("pong")).object.msg_id).toBe(first);
    expect((await client.named("pong")).object.msg_id).toBe(second);
  });

  it("gives salts for the future, each good when its time comes", async () => {
    const id = client.send({ _: "get_future_salts", num: 4 });
    const { object } = await client.named("future_salts");
    const salts = object.salts as TlObject[];
    expect(object.req_msg_id).toBe(id);
    expect(salts).toHaveLength(4);
    expect(salts[1]!.valid_since).toBe(salts[0]!.valid_until);
    client.send(PING, { salt: longOf(salts[2]!, "salt") });
    await client.named("pong");
  });

  it("says what it has received, and drops a session on demand", async () => {
    const known = client.send(PING);
    await client.named("pong");
    client.send({ _: "msgs_state_req", msg_ids: [known, 4n] });
    const { object } = await client.named("msgs_state_info");
    expect([...(object.info as Uint8Array)]).toEqual([4, 1]);
    client.send({ _: "destroy_session", session_id: 12n });
    expect((await client.named("destroy_session_none")).object.session_id).toBe(12n);
  });

  it("sends an answer again when asked to, and when the same call comes twice", async () => {
    const call = client.call({ _: "help.getNearestDc" });
    const answer = await client.until(({ object }) => object.req_msg_id === call);
    client.send({ _: "msg_resend_req", msg_ids: [answer.messageId] });
    const repeated = await client.until(({ object }) => object.req_msg_id === call);
    expect(repeated.messageId).toBe(answer.messageId);
    client.send({ _: "help.getNearestDc" }, { messageId: call });
    expect((await client.until(({ object }) => object.req_msg_id === call)).messageId).toBe(answer.messageId);
    client.send({ _: "msgs_ack", msg_ids: [answer.messageId] }, { seqNo: 2 });
    client.send({ _: "msg_resend_req", msg_ids: [answer.messageId] });
    expect((await client.named("msgs_state_info")).object).toBeDefined();
    expect(running.world.journal.counts()["help.getNearestDc"]).toBe(1);
  });

  it("goes on over another connection, with what the first one lost", async () => {
    running.world.faults.add({ door: "mtproto", kind: "cut", method: "help.getNearestDc", args: { bytes: 30 } });
    const call = client.call({ _: "help.getNearestDc" });
    await eventually(() => client.closed);
    const second = again();
    second.send(PING);
    expect((await second.result(call))._).toBe("nearestDc");
  });

  it("breaks off before the answer when a cut is ordered, and stays silent when a stall is", async () => {
    running.world.faults.add({ door: "mtproto", kind: "stall", method: "help.getConfig" });
    client.call({ _: "help.getConfig" });
    await eventually(() => running.world.journal.counts()["help.getConfig"]);
    const second = again();
    running.world.faults.add({ door: "mtproto", kind: "cut", method: "help.getNearestDc" });
    second.call({ _: "help.getNearestDc" });
    await eventually(() => second.closed);
    expect(client.closed).toBe(false);
  });

  it("waits with a call for those it depends on", async () => {
    client.call({ _: "help.getConfig" });
    const query = { _: "help.getNearestDc" };
    const after = client.send({ _: "invokeAfterMsg", msg_id: 4n, query });
    expect(await client.result(after)).toMatchObject({ error_message: "MSG_WAIT_FAILED" });
    const first = client.call({ _: "help.getConfig" });
    const second = client.send({ _: "invokeAfterMsg", msg_id: first, query });
    expect((await client.result(second))._).toBe("nearestDc");
  });
});

describe("what is wrong on the wire is refused by its number", () => {
  it.each<[string, bigint, number, number]>([
    ["an id from long ago", -(400n << 32n), 1, 16],
    ["an id from the future", 90n << 32n, 1, 17],
    ["an id that no client may use", 1n, 1, 18],
    ["a call that is not to be acknowledged", 0n, 2, 35],
  ])("%s", async (_what, shift, seqNo, code) => {
    const id = client.send({ _: "help.getConfig" }, { messageId: client.nextId() + shift, seqNo });
    const { object } = await client.named("bad_msg_notification");
    expect(object).toMatchObject({ bad_msg_id: id, error_code: code });
  });

  it("a container inside a container", async () => {
    const body = container([]);
    const id = client.send(container([{ messageId: client.nextId(), seqNo: 2, body }]), { seqNo: 2 });
    expect((await client.named("bad_msg_notification")).object).toMatchObject({ bad_msg_id: id, error_code: 64 });
  });

  it("a wrong salt, together with the right one", async () => {
    const id = client.send(PING, { salt: 1n });
    const { object } = await client.named("bad_server_salt");
    expect(object.bad_msg_id).toBe(id);
    client.send(PING, { salt: longOf(object, "new_server_salt") });
    await client.named("pong");
  });

  it("a method and a constructor that do not exist", async () => {
    const unknown = Buffer.alloc(4);
    unknown.writeUInt32LE(0x11111111);
    client.call({ _: "help.getConfig" });
    const method = client.send(unknown);
    expect((await client.result(method)).error_message).toMatch(/^INPUT_METHOD_INVALID_286331153/);
    const body = write({ _: "users.getUsers", id: [] });
    body.writeInt32LE(1, 8);
    const type = client.send(Buffer.concat([body, unknown]));
    expect((await client.result(type)).error_message).toBe("INPUT_CONSTRUCTOR_INVALID_11111111");
  });

  it("a key nobody knows, and one of the other data centre", async () => {
    const stranger = dial();
    stranger.sendRaw(randomBytes(104));
    expect((await stranger.packet()).readInt32LE(0)).toBe(-404);
    const elsewhere = dial(1);
    elsewhere.key = client.key;
    elsewhere.send(PING);
    expect((await elsewhere.packet()).readInt32LE(0)).toBe(-404);
  });

  it("a message whose key does not fit", async () => {
    client.send(PING, { spoil: true });
    expect((await client.named("error")).object.code).toBe(-404);
  });

  it("bytes that are no MTProto at all: the line is cut", async () => {
    const noise = dial();
    noise.sendRaw(Buffer.alloc(0));
    noise.sendRaw(Buffer.alloc(3_000_000));
    await eventually(() => noise.closed);
  });
});

describe("keys", () => {
  it("are forgotten on demand", async () => {
    client.send({ _: "destroy_auth_key" });
    await client.named("destroy_auth_key_ok");
    client.send(PING);
    expect((await client.named("error")).object.code).toBe(-404);
  });

  it("are not given for an exchange meant for another data centre", async () => {
    const wrong = dial();
    await expect(wrong.exchange(running.server.serverKey, 1)).rejects.toThrow();
    expect(wrong.key).toHaveLength(0);
  });

  it("have salts that are taken for half an hour after their time, and no longer", async () => {
    const inTime = 3600 + 1700;
    running.world.clock.shift(inTime);
    client.send(PING, { messageId: client.nextId(inTime) });
    await client.named("pong");
    running.world.clock.shift(200);
    client.send(PING, { messageId: client.nextId(inTime + 200) });
    const { object } = await client.named("bad_server_salt");
    client.send(PING, { messageId: client.nextId(inTime + 201), salt: longOf(object, "new_server_salt") });
    await client.named("pong");
  });
});
