import { Bot, GrammyError, InputFile } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT, type BotApiWorld, OWNER, STRANGER, startBotApiWorld, TOKEN } from "../../../support/bot-api-world.ts";

let sandbox: BotApiWorld;
beforeEach(async () => {
  sandbox = await startBotApiWorld();
  sandbox.ownerSays("/start");
});
afterEach(() => sandbox.close());

const owner = () => sandbox.world.as(OWNER);
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "was not refused",
    (error: unknown) => (error instanceof GrammyError ? `${error.error_code} ${error.description}` : String(error)),
  );
const newest = async () => (await sandbox.api.getUpdates({ offset: -1 }))[0];

describe("files", () => {
  it("of more than 50 MB are refused on their way up", async () => {
    const bytes = new Uint8Array(50 * 1024 * 1024 + 1);
    expect(await refusal(sandbox.api.sendDocument(OWNER, new InputFile(bytes, "big.bin")))).toBe(
      "413 Request Entity Too Large",
    );
    expect(
      (await sandbox.api.sendDocument(OWNER, new InputFile(bytes.subarray(1), "fits.bin"))).document.file_size,
    ).toBe(50 * 1024 * 1024);
  });

  it("of more than 20 MB are refused on their way down", async () => {
    const bytes = new Uint8Array(20 * 1024 * 1024 + 1);
    const { document } = await sandbox.api.sendDocument(OWNER, new InputFile(bytes, "big.bin"));
    expect(await refusal(sandbox.api.getFile(document.file_id))).toBe("400 Bad Request: file is too big");
    expect(await refusal(sandbox.api.getFile("AgACxyz"))).toContain("wrong file_id or the file is temporarily");
  });

  it("of people are their pictures", async () => {
    const photos = await sandbox.api.getUserProfilePhotos(OWNER);
    expect(photos.total_count).toBe(1);
    const largest = photos.photos[0]!.at(-1)!;
    const { file_path } = await sandbox.api.getFile(largest.file_id);
    const picture = await fetch(`${sandbox.url}/file/bot${TOKEN}/${file_path}`);
    expect((await picture.arrayBuffer()).byteLength).toBe(largest.file_size);
  });
});

describe("updates", () => {
  it("tell of edits, blocking and pictures of people shared", async () => {
    const sent = owner().send(BOT, { text: "one" });
    owner().edit(BOT, sent.id, { text: "two" });
    expect((await newest())?.edited_message).toMatchObject({ text: "two", edit_date: expect.any(Number) });
    const asBot = [{ id: STRANGER, firstName: "Eve" }];
    owner().send(BOT, { service: { type: "requested-peer", requestId: 5, peerIds: [STRANGER], asBot } });
    expect((await newest())?.message?.users_shared).toEqual({
      request_id: 5,
      user_ids: [STRANGER],
      users: [{ user_id: STRANGER, first_name: "Eve" }],
    });
    owner().block(BOT, true);
    expect((await newest())?.my_chat_member).toMatchObject({
      chat: { id: OWNER, type: "private" },
      new_chat_member: { status: "kicked", user: { id: BOT } },
    });
  });

  it("of a group keep a private bot out of what does not concern it", async () => {
    const { world, builder } = sandbox;
    const group = builder.chat({ kind: "supergroup", title: "G", creatorId: STRANGER, members: [BOT] });
    const stranger = world.as(STRANGER);
    stranger.send(group.id, { text: "just talk" });
    stranger.send(group.id, { text: "/start", entities: [{ type: "bot_command", offset: 0, length: 6 }] });
    stranger.send(group.id, { text: "/start@other_bot", entities: [{ type: "bot_command", offset: 0, length: 16 }] });
    stranger.send(group.id, { text: "hi @helper_bot", entities: [{ type: "mention", offset: 3, length: 11 }] });
    const updates = await sandbox.api.getUpdates();
    const texts = updates.filter(({ message }) => message?.chat.id === group.id).map(({ message }) => message?.text);
    expect(texts).toEqual(["/start", "hi @helper_bot"]);
  });

  it("come only in the kinds that were asked for", async () => {
    await sandbox.api.getUpdates({ allowed_updates: ["message_reaction"], offset: -1 });
    const asked = sandbox.ownerSays("quiet");
    const own = owner().topMessage(BOT)!;
    owner().react(BOT, own.id, ["🔥"]);
    const updates = await sandbox.api.getUpdates();
    expect(updates.filter(({ message }) => message?.message_id === asked)).toEqual([]);
    expect((await newest())?.message_reaction).toMatchObject({ new_reaction: [{ type: "emoji", emoji: "🔥" }] });
  });

  it("ask an inline bot, and bring its answer back", async () => {
    const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.url } });
    bot.on("inline_query", (ctx) =>
      ctx.answerInlineQuery(
        [{ type: "article", id: "1", title: "T", input_message_content: { message_text: ctx.inlineQuery.query } }],
        { cache_time: 0, is_personal: true },
      ),
    );
    const running = bot.start();
    const answer = await owner().askInline(BOT, "news", "", 10_000);
    expect(answer).toMatchObject({ personal: true, results: [{ id: "1", title: "T" }] });
    await bot.stop();
    await running;
  });
});

describe("chats", () => {
  it("say who they are and who is in them", async () => {
    const { builder, api } = sandbox;
    const about = {
      kind: "supergroup" as const,
      title: "G",
      username: "the_group",
      creatorId: STRANGER,
      members: [BOT, OWNER],
    };
    const group = builder.chat(about);
    expect(await api.getChat(group.id)).toMatchObject({ type: "supergroup", title: "G", username: "the_group" });
    expect(await api.getChat("@the_group")).toMatchObject({ id: group.id });
    expect(await api.getChat(OWNER)).toMatchObject({ type: "private", first_name: "Alex" });
    expect(await api.getChatMember(group.id, STRANGER)).toMatchObject({ status: "creator" });
    expect(await api.getChatMember(group.id, OWNER)).toMatchObject({ status: "member" });
    expect(await refusal(api.getChat("@nobody_here"))).toBe("400 Bad Request: chat not found");
    expect(await refusal(api.getChatAdministrators(OWNER))).toContain("no administrators in the private chat");
  });

  it("pin, draft and act within what is allowed", async () => {
    const { api } = sandbox;
    const { message_id } = await api.sendMessage(OWNER, "status");
    await api.pinChatMessage(OWNER, message_id, { disable_notification: true });
    expect((await api.getChat(OWNER)).pinned_message?.message_id).toBe(message_id);
    await api.unpinAllChatMessages(OWNER);
    expect((await api.getChat(OWNER)).pinned_message).toBeUndefined();
    const seen: unknown[] = [];
    const stop = owner().subscribe((update) => seen.push(update));
    await api.raw.sendMessageDraft({ chat_id: OWNER, draft_id: 3, text: "Counting…" });
    await api.sendChatAction(OWNER, "typing");
    stop();
    expect(seen).toMatchObject([
      { type: "bot-draft", text: "Counting…" },
      { type: "chat-action", action: "typing" },
    ]);
  });

  it("that are channels take posts from admins only", async () => {
    const { builder, api } = sandbox;
    const channel = builder.chat({
      kind: "channel",
      title: "C",
      username: "the_channel",
      creatorId: STRANGER,
      members: [BOT],
    });
    expect(await refusal(api.sendMessage(channel.id, "x"))).toBe(
      "400 Bad Request: need administrator rights in the channel chat",
    );
    const own = builder.chat({
      kind: "channel",
      title: "D",
      username: "own_channel",
      creatorId: STRANGER,
      admins: [BOT],
    });
    const post = await api.sendMessage(own.id, "news");
    expect(post).toMatchObject({ sender_chat: { id: own.id }, chat: { type: "channel" } });
    expect(await api.editMessageText(own.id, post.message_id, "newer")).toMatchObject({ text: "newer" });
  });

  it("that became supergroups say where they went", async () => {
    const { builder, api, world } = sandbox;
    const next = builder.chat({ kind: "supergroup", title: "G", creatorId: OWNER, members: [BOT] });
    const group = builder.chat({ kind: "group", title: "G", creatorId: OWNER, members: [BOT] });
    Object.assign(world.chat(group.id)!, { deactivated: true, migratedTo: next.id });
    await expect(api.sendMessage(group.id, "x")).rejects.toMatchObject({
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: next.id },
    });
  });
});

describe("a silent server", () => {
  it("answers late when told to, and the bot gets its answer", async () => {
    sandbox.world.faults.add({ door: "bot-api", method: "getMe", kind: "stall", args: { ms: 150 }, count: 1 });
    const began = performance.now();
    expect((await sandbox.api.getMe()).id).toBe(BOT);
    expect(performance.now() - began).toBeGreaterThan(120);
  });
});
