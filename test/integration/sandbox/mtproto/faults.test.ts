import bigInt from "big-integer";
import { Api, type TelegramClient } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OWNER_ID } from "../../../../sandbox/seeds/cast.ts";
import type { FaultKind, FaultOrder, WorldFile } from "../../../../sandbox/world/types.ts";
import { gramjs, login } from "../../../support/gramjs.ts";
import { type MtprotoWorld, startMtprotoWorld } from "../../../support/mtproto-world.ts";

let running: MtprotoWorld;
let client: TelegramClient;
let file: WorldFile;
let location: Api.InputDocumentFileLocation;

beforeEach(async () => {
  running = await startMtprotoWorld({
    fill: (builder) =>
      builder.privateChats(OWNER_ID, [
        { peerId: OWNER_ID, series: { count: 30, media: 30, types: { document: 1 }, sizeMin: 9000, sizeMax: 9000 } },
      ]),
  });
  client = gramjs(running);
  await client.connect();
  await login(client, running.owner);
  const { world } = running;
  const { messages } = world.as(OWNER_ID).history(OWNER_ID, { limit: 30 });
  const found = messages.flatMap(({ media }) =>
    media?.kind === "document" && media.file.dcId === 2 ? [media.file] : [],
  );
  file = found[0]!;
  location = new Api.InputDocumentFileLocation({
    id: bigInt(String(file.id)),
    accessHash: bigInt(String(world.content.accessHash(OWNER_ID, file))),
    fileReference: Buffer.from(world.content.reference(OWNER_ID, file)),
    thumbSize: "",
  });
});

afterEach(async () => {
  await client.destroy();
  await running.close();
  expect(running.reports).toEqual([]);
});

function order(kind: FaultKind, more: Partial<FaultOrder> = {}): void {
  running.world.faults.add({ door: "mtproto", kind, method: "upload.getFile", ...more });
}

function part(): Promise<Api.upload.TypeFile> {
  return client.invoke(new Api.upload.GetFile({ location, offset: bigInt.zero, limit: 16_384 }));
}

async function outcome(): Promise<string> {
  try {
    const answer = await part();
    return answer instanceof Api.upload.File ? `${answer.bytes.length} bytes` : answer.className;
  } catch (error) {
    return String(error);
  }
}

describe("a fault on order strikes once, in Telegram's words", () => {
  it.each<[FaultKind, Partial<FaultOrder>, RegExp]>([
    ["flood-wait", { args: { seconds: 30 } }, /wait of 30 seconds/],
    ["flood-premium-wait", { args: { seconds: 7 } }, /wait of 7 seconds/],
    ["file-reference-expired", {}, /FILE_REFERENCE_EXPIRED/],
    ["error", { args: { code: 400, message: "CHANNEL_PRIVATE" } }, /CHANNEL_PRIVATE/],
    ["auth-key-duplicated", {}, /AUTH_KEY_DUPLICATED/],
    ["session-revoked", {}, /SESSION_REVOKED/],
    ["auth-key-unregistered", {}, /AUTH_KEY_UNREGISTERED/],
    ["timeout", {}, /Timeout/],
    ["short-part", {}, /^4500 bytes$/],
    ["empty-part", {}, /^0 bytes$/],
    ["cdn-redirect", {}, /^upload.FileCdnRedirect$/],
    ["duplicate-answer", {}, /^9000 bytes$/],
    ["late-answer", { args: { ms: 50 } }, /^9000 bytes$/],
    ["bad-server-salt", {}, /^9000 bytes$/],
  ])("%s", async (kind, more, expected) => {
    order(kind, more);
    expect(await outcome()).toMatch(expected);
  });

  it("rpc-call-fail, after which the client asks again", async () => {
    order("rpc-call-fail");
    expect(await outcome()).toBe("9000 bytes");
    expect(running.world.journal.counts()["upload.getFile RPC_CALL_FAIL"]).toBe(1);
  }, 20_000);

  it("wrong-byte", async () => {
    order("wrong-byte", { args: { offset: 5 } });
    const wrong = ((await part()) as Api.upload.File).bytes;
    const right = ((await part()) as Api.upload.File).bytes;
    expect([...right.entries()].filter(([index, byte]) => wrong[index] !== byte).map(([index]) => index)).toEqual([5]);
  });

  it("after some calls, as often as ordered, to those alone that match", async () => {
    order("flood-wait", { after: 1, count: 2, match: String(file.id) });
    const seen = [];
    for (let call = 0; call < 4; call++) seen.push((await outcome()).includes("wait"));
    expect(seen).toEqual([false, true, true, false]);
    order("flood-wait", { match: "999999999999" });
    expect(await outcome()).toBe("9000 bytes");
  });

  it("a signed-out account stays signed out", async () => {
    order("session-revoked");
    await outcome();
    expect(await outcome()).toMatch(/AUTH_KEY_UNREGISTERED/);
  });
});

describe("a faulty line", () => {
  it("takes as long as its round trip and its bandwidth say", async () => {
    const { session } = running.world.journal.after(0, { method: "auth.signIn" })[0]!;
    running.world.lines.set(session, { rttMs: 60, bytesPerSecond: 0 });
    let started = performance.now();
    await part();
    expect(performance.now() - started).toBeGreaterThan(55);
    running.world.lines.set(session, { rttMs: 0, bytesPerSecond: 50_000 });
    started = performance.now();
    await part();
    expect(performance.now() - started).toBeGreaterThan((9000 / 50_000) * 1000 - 5);
  });
});
