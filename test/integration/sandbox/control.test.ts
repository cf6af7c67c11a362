import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ControlClient, type PhoneMessage } from "../../../sandbox/control/client.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox.ts";
import { readSettings } from "../../../sandbox/settings.ts";
import { isUserId } from "../../../sandbox/world/types.ts";

let sandbox: Sandbox;
let control: ControlClient;

beforeAll(async () => {
  sandbox = await startSandbox(readSettings(["--world", "small"], {}));
  control = new ControlClient(sandbox.ready.control);
});

afterAll(() => sandbox.close());

const bot = () => sandbox.world.as(sandbox.ready.bot.id);
const ownerId = () => sandbox.ready.owner.id;

async function lastOfBot(): Promise<PhoneMessage> {
  const message = (await control.phone.chat()).filter(({ from }) => from === "bot").at(-1);
  if (!message) throw new Error("The bot has said nothing.");
  return message;
}

describe("the phone behind the control door", () => {
  it("sends a text with the entities that clients find by themselves", async () => {
    const { messageIds } = await control.phone.send("/start see https://t.me/news and @news");
    const [mine] = (await control.phone.chat()).filter(({ id }) => id === messageIds[0]);
    expect(mine?.entities.map(({ type }) => type)).toEqual(["bot_command", "url", "mention"]);
    expect(bot().topMessage(ownerId())?.text).toContain("/start");
  });

  it("keeps every version of a message and marks silent and deleted ones", async () => {
    await control.phone.send("/start");
    const { id } = bot().send(ownerId(), { text: "0 %", silent: true });
    bot().edit(ownerId(), id, { text: "50 %" });
    bot().edit(ownerId(), id, { text: "100 %" });
    const card = await lastOfBot();
    expect(card).toMatchObject({ text: "100 %", silent: true, deleted: false });
    expect(card.edits.map(({ text }) => text)).toEqual(["0 %", "50 %", "100 %"]);
    bot().delete(null, [id], true);
    expect((await lastOfBot()).deleted).toBe(true);
  });

  it("leaves the bot's messages alone when a channel loses those of the same numbers", async () => {
    bot().send(ownerId(), { text: "still here" });
    const { id } = await lastOfBot();
    const chatId = await control.world.addChat({ kind: "supergroup", title: "Other numbers", ownerIs: "admin" });
    const ids = await control.world.addMessages(
      chatId,
      Array.from({ length: id + 1 }, () => ({ text: "goes", from: ownerId() })),
    );
    expect(ids).toContain(id);
    sandbox.world.as(ownerId()).delete(chatId, ids, true);
    expect(await lastOfBot()).toMatchObject({ id, text: "still here", deleted: false });
  });

  it("presses a button by its text and brings the answer back", async () => {
    await control.phone.send("/start");
    const replyMarkup = { inline_keyboard: [[{ text: "Stop", callback_data: "v1:stop" }]] };
    bot().send(ownerId(), { text: "card", replyMarkup });
    const stop = bot().subscribe((update) => {
      if (update.type === "callback-query")
        bot().answerCallback(update.query.id, { text: update.query.data, alert: true });
    });
    const { id } = await lastOfBot();
    expect(await control.phone.press(id, { text: "Stop" })).toEqual({ text: "v1:stop", alert: true });
    await expect(control.phone.press(id, { text: "Go" })).rejects.toThrow('no button "Go"');
    stop();
  });

  it("answers the native picker and forwards from a chat", async () => {
    await control.phone.send("/start");
    const keyboard = [
      [{ text: "Channel", request_chat: { request_id: 7, chat_is_channel: true, request_title: true } }],
    ];
    bot().send(ownerId(), { text: "Which?", replyMarkup: { keyboard } });
    const news = (await control.world.chats()).find(({ username }) => username === "news")?.chatId ?? 0;
    await control.phone.share(7, news);
    expect(bot().topMessage(ownerId())?.service).toMatchObject({
      type: "requested-peer",
      requestId: 7,
      peerIds: [news],
    });
    const { messages } = await control.world.messages(news, { limit: 1 });
    await control.phone.forward(news, [messages[0]?.id ?? 0]);
    expect(bot().topMessage(ownerId())?.forward).toMatchObject({ fromId: news, channelPost: messages[0]?.id });
  });

  it("has a stranger's hand as well, and can put the bot into a group", async () => {
    const seen: string[] = [];
    const stop = bot().subscribe((update) => seen.push(update.type));
    await control.phone.send("/start", { from: "stranger" });
    const { chatId } = await control.phone.addBot("stranger", { title: "Trap" });
    stop();
    expect(isUserId(chatId)).toBe(false);
    expect(seen).toEqual(expect.arrayContaining(["new-message", "chat-member"]));
    expect(await control.phone.chat(0, "stranger")).toHaveLength(1);
  });
});

describe("the world behind the control door", () => {
  it("builds a chat of a million messages at once, and one of a thousand files with their hashes", async () => {
    const huge = await control.world.addChat({ kind: "channel", title: "Huge", messages: { count: 1_000_000 } });
    expect((await control.world.messages(huge, { limit: 10 })).count).toBe(1_000_001);
    const files = { count: 1000, media: 1000, types: { photo: 1, document: 1 }, sizeMin: 500, sizeMax: 3000 };
    const chatId = await control.world.addChat({ kind: "supergroup", title: "Files", messages: files });
    const rows = await control.world.files(chatId);
    expect(rows).toHaveLength(1000);
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(1000);
    const [row] = rows;
    const file = sandbox.world.content.get(BigInt(row?.fileId ?? 0));
    expect(file && (await sandbox.world.content.sha256(file))).toBe(row?.sha256);
  });

  it("adds, edits and deletes messages, and the account hears of it", async () => {
    const chatId = await control.world.addChat({ kind: "private", title: "Bob" });
    const heard: string[] = [];
    const stop = sandbox.world.as(ownerId()).subscribe((update) => heard.push(update.type));
    const ids = await control.world.addMessages(chatId, [
      { text: "hi", date: 1_700_000_000 },
      { media: { type: "document", name: "../../etc/passwd", size: 5000 } },
      { media: { type: "photo", size: 9000 }, album: "a" },
      { media: { type: "photo", size: 9000 }, album: "a" },
    ]);
    await control.world.editMessage(chatId, ids[0] ?? 0, "hello");
    await control.world.deleteMessages(chatId, [ids[1] ?? 0]);
    stop();
    const { messages } = await control.world.messages(chatId);
    expect(messages.map(({ id }) => id)).toEqual([ids[3], ids[2], ids[0]]);
    expect(messages[0]?.groupedId).toBe(messages[1]?.groupedId);
    expect(messages[2]).toMatchObject({ text: "hello", date: 1_700_000_000, out: false });
    expect(heard).toEqual([...Array<string>(4).fill("new-message"), "edit-message", "delete-messages"]);
  });

  it("takes faults as data, lists and clears them, and names what it does not know", async () => {
    const fault = await control.faults.add({
      door: "mtproto",
      method: "upload.getFile",
      kind: "flood-wait",
      args: { seconds: 30 },
    });
    expect(await control.faults.list()).toEqual([fault]);
    await control.faults.clear();
    expect(await control.faults.list()).toEqual([]);
    const wrong = await fetch(`${control.url}/faults`, { method: "POST", body: '{"kind":"meteor"}' });
    expect(wrong.status).toBe(400);
    expect(((await wrong.json()) as { error: string }).error).toContain("flood-wait");
  });

  it("answers only to this machine's own names", async () => {
    const { port } = new URL(control.url);
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: "evil.example" };
      request({ port, host: "127.0.0.1", path: "/sessions", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(400);
  });

  it("moves the clock", async () => {
    const before = sandbox.world.clock.now();
    const { now } = await control.world.shiftClock(3600);
    expect(now - before).toBeGreaterThanOrEqual(3600);
    await control.world.shiftClock(-3600);
  });
});
