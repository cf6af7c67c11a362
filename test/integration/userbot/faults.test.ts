import { join } from "node:path";
import { expect, it } from "vitest";
import { FatalError, FileError } from "../../../src/core/errors.ts";
import type { Chat } from "../../../src/core/media.ts";
import type { FetchedMessage, RemoteFile, TelegramWait } from "../../../src/userbot/telegram.ts";
import { createTransfer } from "../../../src/userbot/transfer/index.ts";
import { connected, documents, type Stage, sha256, stage } from "./stage.ts";

/** Of a line that owes an answer; a quarter of a minute where nothing else is said. */
const SHORT_SILENCE_MS = 2_000;
const BIG = 2 * 1024 * 1024 + 12_345;

async function ready(count = 3, sizes = {}, silenceMs?: number) {
  const on = await stage({ fill: documents(count, sizes), silenceMs });
  const telegram = await connected(on);
  const chat = (await telegram.findChat("@news", on.signal)) as Chat;
  const waits: (TelegramWait | null)[] = [];
  telegram.onWait = (wait) => void waits.push(wait);
  const history = async () => {
    const ids: number[] = [];
    for await (const page of telegram.history(chat, {}, on.signal)) ids.push(...page.map(({ messageId }) => messageId));
    return ids;
  };
  const withFile = async () => {
    const fetched = await telegram.messages(chat, await history(), on.signal);
    return fetched.filter(({ file }) => file !== null) as (FetchedMessage & { file: RemoteFile })[];
  };
  const save = (one: FetchedMessage & { file: RemoteFile }, name = "file.bin") =>
    createTransfer(telegram).save(one.file, join(on.folder, name), {
      signal: on.signal,
      refresh: async () => (await telegram.messages(chat, [one.message.messageId], on.signal))[0]?.file ?? null,
      modifiedAt: one.message.date,
    });
  return { on, telegram, chat, waits, history, withFile, save };
}

const truth = (on: Stage, { file }: { file: RemoteFile }) => {
  const known = on.world.content.get(BigInt(file.id));
  return on.world.content.sha256(known!);
};

it("obeys a flood wait, says its kind and its end, and then goes on", async () => {
  const { on, history, waits } = await ready();
  on.fault({ method: "messages.getHistory", kind: "flood-wait", args: { seconds: 1 } });
  expect(await history()).toHaveLength(4);
  expect(waits[0]).toMatchObject({ reason: "FLOOD_WAIT", method: "messages.getHistory" });
  expect(waits.at(-1)).toBeNull();
  expect(on.calls("messages.getHistory FLOOD_WAIT_1")).toBe(1);
});

it("tells the wait of those who have no Premium apart", async () => {
  const { on, withFile, save, waits } = await ready();
  const [one] = await withFile();
  on.fault({ method: "upload.getFile", kind: "flood-premium-wait", args: { seconds: 1 } });
  expect((await save(one!)).sha256).toBe(await truth(on, one!));
  expect(waits[0]).toMatchObject({ reason: "FLOOD_PREMIUM_WAIT", method: "upload.getFile" });
});

it.each([
  "cut",
  "lose-answer",
  "rpc-call-fail",
  "timeout",
  "bad-server-salt",
  "duplicate-answer",
  "unknown-constructor",
] as const)(
  "fetches a file whole through the fault “%s”",
  async (kind) => {
    const silenceMs = kind === "lose-answer" ? SHORT_SILENCE_MS : undefined;
    const { on, withFile, save } = await ready(3, { sizeMin: BIG, sizeMax: BIG }, silenceMs);
    const [one] = await withFile();
    on.fault({ method: "upload.getFile", kind, after: 1, args: { bytes: 100_000 } });
    const saved = await save(one!);
    expect(saved.bytes).toBe(BIG);
    expect(saved.sha256).toBe(await truth(on, one!));
    expect(sha256(join(on.folder, "file.bin"))).toBe(saved.sha256);
  },
  60_000,
);

it("renews a file reference that has gone stale and goes on at the same offset", async () => {
  const { on, withFile, save } = await ready(3, { sizeMin: BIG, sizeMax: BIG });
  const [one] = await withFile();
  const before = on.calls("channels.getMessages");
  on.fault({ method: "upload.getFile", kind: "file-reference-expired", after: 2 });
  expect((await save(one!)).sha256).toBe(await truth(on, one!));
  expect(on.calls("channels.getMessages")).toBe(before + 1);
  // Five parts, and one of them twice.
  expect(on.calls("upload.getFile")).toBe(6);
});

it("gives a file up when every reference to it is refused", async () => {
  const { on, withFile, save } = await ready();
  const [one] = await withFile();
  on.fault({ method: "upload.getFile", kind: "file-reference-expired", count: null });
  await expect(save(one!)).rejects.toThrow(FileError);
});

it("follows a file to the data centre it has moved to", async () => {
  const { on, withFile, save } = await ready();
  const [one] = await withFile();
  const elsewhere = one!.file.dcId === 1 ? 2 : 1;
  const wrong = { ...one!, file: { ...one!.file, dcId: elsewhere } };
  expect((await save(wrong)).sha256).toBe(await truth(on, one!));
  expect(on.calls(`upload.getFile FILE_MIGRATE_${one!.file.dcId}`)).toBe(1);
});

it("asks the other data centre for its files with one exported authorization", async () => {
  const { on, withFile, save } = await ready(30);
  const files = await withFile();
  expect(new Set(files.map(({ file }) => file.dcId))).toEqual(new Set([1, 2]));
  await Promise.all(files.map((one, n) => save(one, `${n}.bin`)));
  for (const [n, one] of files.entries()) expect(sha256(join(on.folder, `${n}.bin`))).toBe(await truth(on, one));
  expect(on.calls("auth.exportAuthorization")).toBe(1);
  expect(on.calls("auth.importAuthorization")).toBe(1);
});

it("introduces itself anew to a data centre that has forgotten it", async () => {
  const { on, withFile, save } = await ready(30);
  const foreign = (await withFile()).filter(({ file }) => file.dcId === 1);
  await save(foreign[0]!, "first.bin");
  on.fault({ method: "upload.getFile", kind: "auth-key-unregistered", dcId: 1 });
  expect((await save(foreign[1]!, "second.bin")).sha256).toBe(await truth(on, foreign[1]!));
  expect(on.calls("auth.importAuthorization")).toBe(2);
});

it.each(["short-part", "empty-part"] as const)("takes no file of which bytes are missing (%s)", async (kind) => {
  const { on, withFile, save } = await ready(3, { sizeMin: BIG, sizeMax: BIG });
  const [one] = await withFile();
  on.fault({ method: "upload.getFile", kind, after: 1 });
  await expect(save(one!)).rejects.toThrow(/instead of/);
  expect((await save(one!, "again.bin")).sha256).toBe(await truth(on, one!));
});

it.each(["auth-key-unregistered", "session-revoked"] as const)("knows by %s that it is signed out", async (kind) => {
  const { on, history } = await ready();
  on.fault({ method: "messages.getHistory", kind });
  const error = await history().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FatalError);
  expect(error).toMatchObject({ code: "SIGNED_OUT" });
});

it("never reconnects after the session was used from two places", async () => {
  const { on, history } = await ready();
  on.fault({ method: "messages.getHistory", kind: "auth-key-duplicated" });
  expect(await history().catch((reason: unknown) => reason)).toMatchObject({ code: "DUPLICATE_SESSION" });
  expect(on.calls("messages.getHistory AUTH_KEY_DUPLICATED")).toBe(1);
});

it.each([-3_600, 3_600])(
  "goes on when this machine's clock is an hour off from one moment to the next (%d s)",
  async (seconds) => {
    const { on, history, withFile, save } = await ready(3, { sizeMin: BIG, sizeMax: BIG });
    const [one] = await withFile();
    on.world.clock.shift(seconds);
    expect(await history()).toHaveLength(4);
    expect((await save(one!)).sha256).toBe(await truth(on, one!));
  },
  120_000,
);

it("notices a connection that has fallen silent, and asks again on another one", async () => {
  const { on, history } = await ready(3, {}, SHORT_SILENCE_MS);
  on.fault({ method: "messages.getHistory", kind: "stall", args: { ms: 0 } });
  expect(await history()).toHaveLength(4);
  expect(on.calls("messages.getHistory")).toBeGreaterThan(1);
}, 120_000);

it("stops at once when told to, in the middle of a wait", async () => {
  const { on, telegram, chat } = await ready();
  on.fault({ method: "messages.getHistory", kind: "flood-wait", args: { seconds: 300 } });
  const stop = new AbortController();
  telegram.onWait = (wait) => wait && stop.abort(new Error("enough"));
  const pages = telegram.history(chat, {}, stop.signal)[Symbol.asyncIterator]();
  await expect(pages.next()).rejects.toThrow("enough");
});

it("leaves nothing that keeps the process alive", async () => {
  const { telegram, withFile, save } = await ready();
  const [one] = await withFile();
  await save(one!);
  await telegram.close();
  const open = process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap" || name === "TCPConnectWrap");
  // What is left belongs to the server's side, which closes a moment later.
  expect(open.length).toBeLessThanOrEqual(6);
});
