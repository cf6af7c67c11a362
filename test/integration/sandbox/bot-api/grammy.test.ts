import { Bot, GrammyError, InlineKeyboard, InputFile } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT, type BotApiWorld, OWNER, STRANGER, startBotApiWorld, TOKEN } from "../../../support/bot-api-world.ts";
import { eventually } from "../../../support/eventually.ts";

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

describe("a bot made with grammY", () => {
  it("polls, answers a command, edits its message and answers a button", async () => {
    const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.url } });
    bot.command("start", (ctx) =>
      ctx.reply("Hello *you*", { reply_markup: new InlineKeyboard().text("Go", "v1:go"), disable_notification: true }),
    );
    bot.callbackQuery("v1:go", async (ctx) => {
      await ctx.answerCallbackQuery({ text: "Going", show_alert: true });
      await ctx.editMessageText("Gone");
    });
    const running = bot.start();
    try {
      owner().send(BOT, { text: "/start", entities: [{ type: "bot_command", offset: 0, length: 6 }] });
      const hello = await eventually(() => {
        const message = owner().topMessage(BOT);
        return message?.out === false ? message : null;
      });
      expect(hello).toMatchObject({ text: "Hello *you*", silent: true, fromId: BOT });
      expect(await owner().pressButton(BOT, hello.id, "v1:go")).toMatchObject({ text: "Going", alert: true });
      const gone = await eventually(() => {
        const message = owner().message(BOT, hello.id);
        return message?.text === "Gone" ? message : null;
      });
      expect(gone.replyMarkup).toBeUndefined();
      expect(gone.editDate).toBeTypeOf("number");
    } finally {
      await bot.stop();
      await running;
    }
  });

  it("learns who it is, whatever the case of the method", async () => {
    const me = await sandbox.api.getMe();
    expect(me).toMatchObject({ id: BOT, is_bot: true, username: "helper_bot", supports_inline_queries: true });
    const response = await fetch(`${sandbox.url}/bot${TOKEN}/GETME`);
    expect(await response.json()).toEqual({ ok: true, result: me });
  });

  it("is refused with a wrong token, an unknown method, a foreign path", async () => {
    const ask = async (path: string) => {
      const response = await fetch(sandbox.url + path);
      return [response.status, await response.json()];
    };
    expect(await ask("/bot1:x/getMe")).toEqual([401, { ok: false, error_code: 401, description: "Unauthorized" }]);
    expect(await ask(`/bot${TOKEN}/getNothing`)).toEqual([
      404,
      { ok: false, error_code: 404, description: "Not Found" },
    ]);
    expect((await ask("/elsewhere"))[0]).toBe(404);
  });

  it("ends the older of two pollers with 409, and both while a webhook is set", async () => {
    const older = refusal(sandbox.api.getUpdates({ timeout: 20 }));
    const hangUp = new AbortController();
    const younger = fetch(`${sandbox.url}/bot${TOKEN}/getUpdates?timeout=20`, { signal: hangUp.signal });
    expect(await older).toBe(
      "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );
    hangUp.abort();
    await expect(younger).rejects.toThrow();
    await sandbox.api.setWebhook("https://example.org/hook");
    expect(await refusal(sandbox.api.getUpdates())).toContain(
      "409 Conflict: can't use getUpdates method while webhook",
    );
    expect((await sandbox.api.getWebhookInfo()).url).toBe("https://example.org/hook");
    await sandbox.api.deleteWebhook();
    expect(await sandbox.api.getUpdates()).toEqual([]);
  });
});

describe("sending", () => {
  beforeEach(() => {
    sandbox.ownerSays("/start");
  });

  it("keeps entities, finds links and commands, and shows the bot what it sent", async () => {
    const sent = await sandbox.api.sendMessage(OWNER, "<b>Hi</b> /help t.me/news/5", { parse_mode: "HTML" });
    expect(sent.entities?.map(({ type }) => type)).toEqual(["bold", "bot_command", "url"]);
    expect(owner().topMessage(BOT)?.text).toBe("Hi /help t.me/news/5");
  });

  it("keeps a date for the reader's own clock", async () => {
    const entities = [
      { type: "date_time" as const, offset: 0, length: 5, unix_time: 1_700_000_000, date_time_format: "t" as const },
    ];
    const sent = await sandbox.api.sendMessage(OWNER, "14:05 later", { entities });
    expect(sent.entities).toEqual(entities);
  });

  it("replies, with or without the message it replies to", async () => {
    const asked = sandbox.ownerSays("/jobs");
    const reply = await sandbox.api.sendMessage(OWNER, "None", { reply_parameters: { message_id: asked } });
    expect(reply.reply_to_message).toMatchObject({ message_id: asked, text: "/jobs" });
    const lost = { message_id: 99_999 };
    expect(await refusal(sandbox.api.sendMessage(OWNER, "x", { reply_parameters: lost }))).toBe(
      "400 Bad Request: message to be replied not found",
    );
    const lenient = { ...lost, allow_sending_without_reply: true };
    expect((await sandbox.api.sendMessage(OWNER, "x", { reply_parameters: lenient })).reply_to_message).toBeUndefined();
  });

  it("refuses what Telegram refuses, in its words", async () => {
    const { api } = sandbox;
    expect(await refusal(api.sendMessage(OWNER, ""))).toBe("400 Bad Request: message text is empty");
    expect(await refusal(api.sendMessage(OWNER, " \n "))).toBe("400 Bad Request: text must be non-empty");
    expect(await refusal(api.sendMessage(OWNER, "x".repeat(4097)))).toBe("400 Bad Request: message is too long");
    expect((await api.sendMessage(OWNER, "x".repeat(4096))).text).toHaveLength(4096);
    expect(await refusal(api.sendMessage(424242, "x"))).toBe("400 Bad Request: chat not found");
    expect(await refusal(api.sendMessage(OWNER, "<b>x", { parse_mode: "HTML" }))).toContain("can't parse entities");
    const data = new InlineKeyboard().text("x", "д".repeat(33));
    expect(await refusal(api.sendMessage(OWNER, "x", { reply_markup: data }))).toBe(
      "400 Bad Request: BUTTON_DATA_INVALID",
    );
  });

  it("cannot write first to somebody who never pressed Start, nor to one who blocked it", async () => {
    expect(await refusal(sandbox.api.sendMessage(STRANGER, "x"))).toBe("400 Bad Request: chat not found");
    owner().block(BOT, true);
    expect(await refusal(sandbox.api.sendMessage(OWNER, "x"))).toBe("403 Forbidden: bot was blocked by the user");
  });

  it("uploads documents and albums, and takes a file_id back", async () => {
    const bytes = new TextEncoder().encode("hello, world");
    const sent = await sandbox.api.sendDocument(OWNER, new InputFile(bytes, "привіт.txt"), { caption: "a file" });
    expect(sent.document).toMatchObject({ file_name: "привіт.txt", file_size: bytes.length });
    const again = await sandbox.api.sendDocument(OWNER, sent.document.file_id);
    expect(again.document).toMatchObject({ file_name: "привіт.txt", file_unique_id: sent.document.file_unique_id });
    const { file_path } = await sandbox.api.getFile(sent.document.file_id);
    const download = await fetch(`${sandbox.url}/file/bot${TOKEN}/${file_path}`);
    expect(await download.text()).toBe("hello, world");

    const album = await sandbox.api.sendMediaGroup(OWNER, [
      { type: "document", media: new InputFile(bytes, "one.txt") },
      { type: "document", media: new InputFile(bytes, "two.txt"), caption: "both" },
    ]);
    expect(new Set(album.map((part) => "media_group_id" in part && part.media_group_id)).size).toBe(1);
    expect(await refusal(sandbox.api.sendMediaGroup(OWNER, [{ type: "document", media: "x" }]))).toContain("album");
  });

  it("refuses pictures that are none, empty files and web addresses", async () => {
    const { api } = sandbox;
    const text = new InputFile(new TextEncoder().encode("no picture"), "a.png");
    expect(await refusal(api.sendPhoto(OWNER, text))).toBe("400 Bad Request: IMAGE_PROCESS_FAILED");
    expect(await refusal(api.sendDocument(OWNER, new InputFile(new Uint8Array(0), "a")))).toBe(
      "400 Bad Request: file must be non-empty",
    );
    expect(await refusal(api.sendPhoto(OWNER, "https://example.org/a.png"))).toBe(
      "400 Bad Request: failed to get HTTP URL content",
    );
    expect(await refusal(api.sendDocument(OWNER, "AgACnonsense"))).toBe(
      "400 Bad Request: wrong file identifier/HTTP URL specified",
    );
  });

  it("sends places, contacts, polls and dice", async () => {
    const { api } = sandbox;
    expect((await api.sendLocation(OWNER, 50.45, 30.52)).location).toMatchObject({ latitude: 50.45 });
    expect((await api.sendContact(OWNER, "+15550009", "Bo")).contact).toMatchObject({ first_name: "Bo" });
    expect((await api.sendPoll(OWNER, "Which?", ["a", "b"])).poll.options).toHaveLength(2);
    expect((await api.sendDice(OWNER, "🎲")).dice.value).toBeGreaterThan(0);
    expect(await api.sendChatAction(OWNER, "typing")).toBe(true);
    expect(await refusal(api.sendChatAction(OWNER, "dancing" as "typing"))).toContain("wrong parameter action");
  });

  it("forwards and copies, except what is protected", async () => {
    const asked = sandbox.ownerSays("secret words");
    const forwarded = await sandbox.api.forwardMessage(OWNER, OWNER, asked);
    expect(forwarded.forward_origin).toMatchObject({ type: "user", sender_user: { id: OWNER } });
    const { message_id } = await sandbox.api.copyMessage(OWNER, OWNER, asked);
    expect(owner().topMessage(BOT)).toMatchObject({ text: "secret words" });
    expect(message_id).toBeGreaterThan(forwarded.message_id);
    const kept = await sandbox.api.sendMessage(OWNER, "stays", { protect_content: true });
    expect(kept.has_protected_content).toBe(true);
    expect(await refusal(sandbox.api.copyMessage(OWNER, OWNER, kept.message_id))).toContain("can't be copied");
    expect(await refusal(sandbox.api.forwardMessage(OWNER, OWNER, 99_999))).toBe(
      "400 Bad Request: message to forward not found",
    );
  });
});

describe("menus and chats", () => {
  it("keeps commands by scope and language", async () => {
    const { api } = sandbox;
    const commands = [{ command: "start", description: "Begin" }];
    const scope = { type: "chat" as const, chat_id: OWNER };
    expect(await refusal(api.setMyCommands(commands, { scope }))).toBe("400 Bad Request: chat not found");
    sandbox.ownerSays("/start");
    await api.setMyCommands(commands, { scope });
    await api.setMyCommands([{ command: "start", description: "Почати" }], { scope, language_code: "uk" });
    expect(await api.getMyCommands({ scope })).toEqual(commands);
    expect(await api.getMyCommands({ scope, language_code: "uk" })).toMatchObject([{ description: "Почати" }]);
    expect(await api.getMyCommands()).toEqual([]);
    await api.deleteMyCommands({ scope });
    expect(await api.getMyCommands({ scope })).toEqual([]);
    expect(await refusal(api.setMyCommands([{ command: "Start", description: "x" }]))).toContain("BOT_COMMAND_INVALID");
  });

  it("hears that it was added to a group, and leaves", async () => {
    const group = sandbox.builder.chat({ kind: "supergroup", title: "Trap", creatorId: STRANGER });
    sandbox.world.as(STRANGER).addMember(group.id, BOT);
    const updates = await sandbox.api.getUpdates();
    expect(updates.map((update) => update.my_chat_member?.new_chat_member.status).filter(Boolean)).toEqual(["member"]);
    expect(await sandbox.api.leaveChat(group.id)).toBe(true);
    expect(await refusal(sandbox.api.sendMessage(group.id, "x"))).toContain("403 Forbidden: bot is not a member");
  });
});
