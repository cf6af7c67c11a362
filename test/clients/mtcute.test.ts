/** A client of another maker, with another layer, transport and key exchange than GramJS, takes the sandbox for Telegram. */
import { createHash } from "node:crypto";
import { type Document, MemoryStorage, type Message, type Photo, TelegramClient } from "@mtcute/node";
import { addPublicKey, NodeCryptoProvider } from "@mtcute/node/utils.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Mtproto, startMtproto } from "../../sandbox/mtproto/server.ts";
import { demoWorld } from "../../sandbox/seeds/demo.ts";
import { fileOf } from "../../sandbox/world/types.ts";
import type { LocalWorld } from "../../sandbox/world/world.ts";
import { eventually } from "../support/eventually.ts";

let world: LocalWorld;
let server: Mtproto;
let client: TelegramClient;
const reports: string[] = [];

async function start(options: { password?: string; pfs?: boolean; startDc: 1 | 2 }): Promise<void> {
  const base = Math.floor(Date.now() / 1000);
  world = demoWorld({ seed: 1, base, password: options.password ?? null, keyFile: null });
  server = await startMtproto(world, { report: (what, error) => reports.push(`${what}: ${error}`) });
  const crypto = new NodeCryptoProvider();
  await crypto.initialize();
  addPublicKey(crypto, server.serverKey);
  const { id, host, port } = server.dcs[options.startDc - 1]!;
  const dc = { id, ipAddress: host, port };
  client = new TelegramClient({
    apiId: world.apiId,
    apiHash: world.apiHash,
    storage: new MemoryStorage(),
    crypto,
    defaultDcs: { main: dc, media: dc },
    logLevel: 0,
    network: { usePfs: options.pfs ?? false },
  });
  const owner = world.account(world.ownerId)!;
  await client.start({
    phone: `+${owner.phone}`,
    code: async () => owner.code,
    password: async () => owner.password ?? "",
    codeSentCallback: () => {},
  });
}

afterEach(async () => {
  await client.destroy();
  await server.close();
  expect(reports).toEqual([]);
});

async function newsId(): Promise<number> {
  for await (const dialog of client.iterDialogs({ archived: "keep" })) {
    if (dialog.peer.username === "news") return dialog.peer.id;
  }
  throw new Error("There is no channel of that name.");
}

describe.each([
  { title: "plain", options: { startDc: 2 as const } },
  {
    title: "migrating, with a password and forward secrecy",
    options: { startDc: 1 as const, password: "s3cret", pfs: true },
  },
])("mtcute, $title", ({ options }) => {
  it("logs in, lists every dialog, reads a whole history and downloads files as they are", async () => {
    await start(options);
    expect((await client.getMe()).username).toBe("alex");

    const view = world.as(world.ownerId);
    let dialogs = 0;
    for await (const _ of client.iterDialogs({ archived: "keep" })) dialogs++;
    expect(dialogs).toBe(view.dialogs().length);

    const peerId = await newsId();
    const history: Message[] = [];
    for await (const message of client.iterHistory(peerId)) history.push(message);
    expect(history).toHaveLength(view.history(peerId, { limit: 1 }).count);
    expect(new Set(history.map((message) => message.id)).size).toBe(history.length);

    const files = history.filter(({ media }) => media?.type === "document" || media?.type === "photo");
    for (const message of files.slice(0, 8)) {
      const bytes = await client.downloadAsBuffer(message.media as Document | Photo);
      const file = fileOf(view.message(peerId, message.id)!.media)!;
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(await world.content.sha256(file));
    }
  });
});

describe("mtcute, connected", () => {
  it("hears a message that arrives, and sends one that arrives", async () => {
    await start({ startDc: 2 });
    const heard: string[] = [];
    client.onNewMessage.add((message) => void heard.push(message.text));
    await client.startUpdatesLoop();
    const view = world.as(world.ownerId);
    view.send(world.ownerId, { text: "from the world" });
    await eventually(() => heard.includes("from the world"));
    const sent = await client.sendText("me", "from mtcute");
    expect(view.message(world.ownerId, sent.id)?.text).toBe("from mtcute");
    await client.deleteMessagesById(world.ownerId, [sent.id]);
    expect(view.message(world.ownerId, sent.id)).toBeNull();
  });
});
