import { GrammyError, InlineKeyboard, InputFile, Keyboard } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT, type BotApiWorld, OWNER, startBotApiWorld } from "../../../support/bot-api-world.ts";

let sandbox: BotApiWorld;
beforeEach(async () => {
  sandbox = await startBotApiWorld();
});
afterEach(() => sandbox.close());

const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(
    () => new Error("was not refused"),
    (cause: unknown) => cause,
  );
  return error instanceof GrammyError ? `${error.error_code} ${error.description}` : String(error);
};
const owner = () => sandbox.world.as(OWNER);

describe("editing", () => {
  beforeEach(() => {
    sandbox.ownerSays("/start");
  });

  it("refuses an edit that changes neither words nor buttons", async () => {
    const keyboard = new InlineKeyboard().text("Go", "go");
    const { message_id } = await sandbox.api.sendMessage(OWNER, "Hi", { reply_markup: keyboard });
    const edit = (text: string, reply_markup?: InlineKeyboard) =>
      sandbox.api.editMessageText(OWNER, message_id, text, reply_markup && { reply_markup });
    expect(await refusal(edit("Hi", keyboard))).toBe(
      "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same " +
        "as a current content and reply markup of the message",
    );
    expect(await edit("Hi")).not.toHaveProperty("reply_markup");
    expect(await refusal(edit("Hi"))).toContain("message is not modified");
    expect(await edit("Ho", keyboard)).toMatchObject({ text: "Ho", edit_date: expect.any(Number) });
    expect(await refusal(edit("x".repeat(4097)))).toBe("400 Bad Request: MESSAGE_TOO_LONG");
  });

  it("refuses messages that are gone, not its own, or sent with another keyboard", async () => {
    const { api } = sandbox;
    expect(await refusal(api.editMessageText(OWNER, 99_999, "x"))).toBe("400 Bad Request: message to edit not found");
    const asked = sandbox.ownerSays("mine");
    expect(await refusal(api.editMessageText(OWNER, asked, "x"))).toBe("400 Bad Request: message can't be edited");
    const keyboard = new Keyboard().requestChat("Pick", 1, { chat_is_channel: true });
    const picker = await api.sendMessage(OWNER, "Pick", { reply_markup: keyboard });
    expect(await refusal(api.editMessageText(OWNER, picker.message_id, "x"))).toBe(
      "400 Bad Request: message can't be edited",
    );
  });

  it("edits captions and files of a document", async () => {
    const file = (text: string) => new InputFile(new TextEncoder().encode(text), "a.txt");
    const sent = await sandbox.api.sendDocument(OWNER, file("one"), { caption: "one" });
    const captioned = await sandbox.api.editMessageCaption(OWNER, sent.message_id, { caption: "two" });
    expect(captioned).toMatchObject({ caption: "two" });
    const media = { type: "document" as const, media: file("three!"), caption: "three" };
    expect(await sandbox.api.editMessageMedia(OWNER, sent.message_id, media)).toMatchObject({
      caption: "three",
      document: { file_size: 6 },
    });
    expect(await refusal(sandbox.api.editMessageText(OWNER, sent.message_id, "x"))).toContain("no text in the message");
  });

  it("deletes what is young enough, of both sides", async () => {
    const { api, world } = sandbox;
    const asked = sandbox.ownerSays("delete me");
    expect(await api.deleteMessage(OWNER, asked)).toBe(true);
    expect(await refusal(api.deleteMessage(OWNER, asked))).toBe("400 Bad Request: message to delete not found");
    const ids = [1, 2, 3].map((number) => sandbox.ownerSays(`m${number}`));
    expect(await api.deleteMessages(OWNER, [...ids, 99_999])).toBe(true);
    const old = sandbox.ownerSays("old");
    world.clock.shift(49 * 3600);
    expect(await refusal(api.deleteMessage(OWNER, old))).toContain("message can't be deleted");
  });
});

describe("callbacks and pickers", () => {
  beforeEach(() => {
    sandbox.ownerSays("/start");
  });

  it("refuses a late or unknown answer", async () => {
    const keyboard = new InlineKeyboard().text("Go", "go");
    const { message_id } = await sandbox.api.sendMessage(OWNER, "Hi", { reply_markup: keyboard });
    const shown = owner().topMessage(BOT)!;
    const pressed = owner().pressButton(BOT, shown.id, "go", 60_000);
    const updates = await sandbox.api.getUpdates({ offset: -1, timeout: 5 });
    const query = updates[0]?.callback_query;
    expect(query).toMatchObject({ data: "go", from: { id: OWNER }, message: { message_id } });
    expect(await refusal(sandbox.api.answerCallbackQuery(query!.id, { text: "x".repeat(201) }))).toContain("TOO_LONG");
    await sandbox.api.answerCallbackQuery(query!.id, { text: "ok" });
    expect(await pressed).toMatchObject({ text: "ok" });
    expect(await refusal(sandbox.api.answerCallbackQuery(query!.id))).toBe(
      "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
    );
  });

  it("tells which chat was picked, as much as was asked for", async () => {
    const chat = sandbox.builder.chat({ kind: "channel", title: "News", username: "news", creatorId: OWNER });
    const asBot = [{ id: chat.id, title: "News" }];
    owner().send(BOT, { service: { type: "requested-peer", requestId: 3, peerIds: [chat.id], asBot } });
    const [update] = await sandbox.api.getUpdates({ offset: -1 });
    expect(update?.message?.chat_shared).toEqual({ request_id: 3, chat_id: chat.id, title: "News" });
  });

  it("says where a forwarded post comes from", async () => {
    const chat = sandbox.builder.chat({ kind: "channel", title: "News", username: "news", creatorId: OWNER });
    const post = owner().send(chat.id, { text: "post" });
    owner().forward(chat.id, [post.id], BOT);
    const [update] = await sandbox.api.getUpdates({ offset: -1 });
    expect(update?.message?.forward_origin).toMatchObject({
      type: "channel",
      message_id: post.id,
      chat: { id: chat.id, title: "News", username: "news", type: "channel" },
    });
  });

  it("reacts to a message with one reaction that exists", async () => {
    const asked = sandbox.ownerSays("hi");
    expect(await sandbox.api.setMessageReaction(OWNER, asked, [{ type: "emoji", emoji: "👀" }])).toBe(true);
    expect(owner().topMessage(BOT)?.reactions).toMatchObject([{ emoji: "👀", count: 1 }]);
    const many = [
      { type: "emoji" as const, emoji: "👀" as const },
      { type: "emoji" as const, emoji: "👍" as const },
    ];
    expect(await refusal(sandbox.api.setMessageReaction(OWNER, asked, many))).toContain("REACTIONS_TOO_MANY");
  });
});
