import { describe, expect, test } from "vitest";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import { eventually } from "../../support/eventually.ts";
import { OWNER, type Shown } from "./bot-api.ts";
import { chat, type Stage, stage } from "./stage.ts";

const labels = (message: Shown) => message.keyboard.flat().map(({ text }) => text.replace(/[\u2068\u2069]/g, ""));
const plain = (message: Shown) => message.text.replace(/[\u2068\u2069]/g, "");

async function onlyJob({ db }: Stage) {
  const { families, total } = await db.jobs.roots({}, { limit: 9, offset: 0 });
  expect(total).toBe(1);
  const root = families[0]?.root;
  if (root?.task !== "scan") throw new Error("no scan");
  return root;
}

describe("a complete command", () => {
  test("becomes a job and its card, in reply to the command", async () => {
    const set = await stage();
    const { api } = set;
    const command = api.say("/download @news video after:2024-01 size:>10MB");
    const card = await api.waitFor(/Job 1/);
    expect(plain(card)).toMatch(/^📥 Job 1 · Download · News\n0 % – counting files…/);
    expect(labels(card)).toEqual(["✖ Cancel"]);
    expect(card.replyTo).toBe(command);
    const root = await onlyJob(set);
    expect(root.payload).toEqual({
      chatId: -1001,
      filter: { types: ["video"], after: "2024-01-01T00:00:00.000Z", minSize: 10 * 1024 ** 2 + 1 },
      next: "download",
    });
    expect(root.state).toBe("waiting");
  });

  test("is understood as phones type it, with smart quotes, dashes and wide signs", async () => {
    const set = await stage();
    await set.db.chats.record([chat(-5, "Family „2024“", "group")]);
    set.api.say("/download “Family” photo after：2024–01 size：＞10MB");
    await set.api.waitFor(/Job 1/);
    const root = await onlyJob(set);
    expect(root.payload.chatId).toBe(-5);
    expect(root.payload.filter).toMatchObject({ types: ["photo"], after: "2024-01-01T00:00:00.000Z" });
  });

  test("asks before a large job, echoing absolute dates with their zone", async () => {
    const set = await stage();
    const { api, worker, db } = set;
    await db.settings.set("timeZone", "Europe/Kyiv");
    worker.plan = () => ({ files: 6_000 });
    api.say("/download @news video after:2024-01");
    const summary = await api.waitFor(/6,000/);
    expect(plain(summary)).toBe(
      "📥 News · Video · 1 Jan 2024 – now (Europe/Kyiv)\nAbout 6,000 files, 1.2 GB.\nFree disk 120 GB.\nSaves to /data/News\nThis is a lot, so I ask first.",
    );
    expect(labels(summary)).toEqual(["▶️ Start", "Change", "✖ Cancel"]);
    expect((await db.jobs.roots({}, { limit: 9, offset: 0 })).total).toBe(0);
    const start = summary.keyboard.flat()[0];
    const data = start && "callback_data" in start ? start.callback_data : "";
    // Two taps, one job.
    const taps = [api.pressData(data, OWNER, summary.id), api.pressData(data, OWNER, summary.id)];
    for (const tap of taps) await eventually(() => api.answers.get(tap));
    await onlyJob(set);
    await eventually(() => plain(summary).startsWith("📥 Job 1 · Download · News"));
  });

  test("an update delivered twice starts one job with one card", async () => {
    const set = await stage();
    const update = {
      message: {
        message_id: 50,
        date: 0,
        chat: { id: OWNER.id, type: "private" },
        from: OWNER,
        text: "/download @news",
      },
    };
    set.api.update({ update_id: 5000, ...update });
    await set.api.waitFor(/Job 1/);
    await set.stop();
    set.api.update({ update_id: 5000, ...update });
    await set.start();
    set.api.say("/jobs");
    await set.api.waitFor(/1 waiting/);
    await onlyJob(set);
    expect(set.api.all().filter(({ text }) => /Job \d+ · Download/.test(text))).toHaveLength(1);
  });

  test("said twice while it runs starts one job and names it", async () => {
    const set = await stage();
    set.api.say("/download @news video");
    await set.api.waitFor(/Job 1 · Download/);
    set.api.say("/download @news type:video");
    expect(labels(await set.api.waitFor(/Job 1 is already doing just that/))).toEqual(["ⓘ Details"]);
    await onlyJob(set);
  });

  test("asks Telegram for a chat it does not know yet", async () => {
    const set = await stage();
    const asked: string[] = [];
    set.worker.resolve = (query) => {
      asked.push(query);
      return query.includes("fresh") ? { chatId: -77, messageIds: null, topicId: null, commentsOf: null } : null;
    };
    await set.db.chats.record([chat(-77, "Fresh", "channel")]);
    set.api.say("/download @freshnews");
    await set.api.waitFor(/Job 1 · Download · \u2068Fresh/);
    expect(asked).toEqual(["@freshnews"]);
    set.api.say("/download @nobody_here");
    expect(plain(await set.api.waitFor(/can't find/))).toBe(
      "⚠️ I can't find a chat for “@nobody_here”. Send its @name or a link, or pick one: /chats",
    );
  });

  test("offers buttons where several chats fit, and takes an exact title alone", async () => {
    const set = await stage();
    await set.db.chats.record([
      chat(-10, "Family", "group"),
      chat(-11, "Family photos", "group"),
      chat(-12, "Work", "group"),
    ]);
    set.api.say("/download fam video");
    const choice = await set.api.waitFor(/Several chats match/);
    expect(labels(choice)).toEqual(["1", "2", "✖ Close"]);
    await set.api.press("2", choice);
    const summary = await set.api.waitFor(/▶|About|312/);
    await set.api.press("▶️ Start", summary);
    await eventually(async () => (await set.db.jobs.roots({}, { limit: 1, offset: 0 })).total === 1);
    set.api.say("/download family video");
    await set.api.waitFor(/Job 2 · Download · \u2068Family\u2069/);
  });
});

describe("mistakes", () => {
  test.each([
    ["/download @news tpye:video", /did you mean type:video/],
    ["/download @news after:2024-13", /2024-13/],
    ["/download @news size:big", /size/],
    ["/download @ne!ws", /username/],
    ["/download #77", /no such row/],
    ["/download here", /Reply with \/download here/],
    ['/download "', /quote/i],
  ])("%s gets one helpful sentence and starts nothing", async (command, answer) => {
    const set = await stage();
    set.api.say(command);
    await set.api.waitFor(answer);
    expect((await set.db.jobs.roots({}, { limit: 1, offset: 0 })).total).toBe(0);
    expect(set.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test("a restricted chat is left alone until the owner allows it", async () => {
    const set = await stage();
    await set.db.chats.record([chat(-9, "Secret <b>_*[", "channel", "secret", { restricted: true })]);
    set.api.say("/download @secret");
    const refusal = await set.api.waitFor(/🔒/);
    expect(plain(refusal)).toBe(
      "🔒 Secret <b>_*[ is restricted: its owners don't allow saving or forwarding, so I leave it alone. You can change this in settings.",
    );
    expect(labels(refusal)).toEqual(["🔒 Restricted chats", "Other chat", "✖ Close"]);
    await set.api.press("🔒 Restricted chats", refusal);
    await set.api.press("Turn on", refusal);
    set.api.say("/download @secret");
    await set.api.waitFor(/Job 1/);
  });

  test("nothing found suggests a next step that works", async () => {
    const set = await stage();
    set.worker.plan = (_chat, filter) =>
      filter.minSize === undefined ? {} : { files: 0, bytes: 0, byType: [], newestOfType: "2026-11-03T10:00:00.000Z" };
    set.api.say("/download @news video 7d size:>10MB");
    const nothing = await set.api.waitFor(/Nothing matched/);
    expect(plain(nothing)).toMatch(
      /^Nothing matched: Video · > 10 MB · .* – now \(UTC\) in News\. Newest of that kind there: 3 Nov 2026\.$/,
    );
    expect(labels(nothing)).toEqual(["Last 30 days", "Any size", "Any kind", "Change", "✖ Close"]);
    await set.api.press("Any size", nothing);
    await eventually(() => labels(nothing).includes("▶️ Start"));
  });
});

describe("the guided download", () => {
  test("goes Chat → What → When → Size → Summary → card in one message", async () => {
    const set = await stage();
    const { api } = set;
    const command = api.say("/download");
    const message = await api.waitFor(/which chat/);
    expect(labels(message)).toEqual(["News", "🔎 Search", "⭐ Saved Messages", "📱 Pick in Telegram", "✖ Cancel"]);
    await api.press(/News/, message);
    expect(plain(message)).toMatch(/^📥 News · what\?/);
    await api.press("Video", message);
    expect(labels(message)).toContain("✅ Video");
    await api.press("Photos", message);
    await api.press("✅ Photos", message);
    await api.press("Next ›", message);
    await api.press("30 days", message);
    await api.press("> 10 MB", message);
    await eventually(() => labels(message).includes("▶️ Start"));
    expect(plain(message)).toMatch(/^📥 News · Video · > 10 MB · .* – now \(UTC\)\nAbout 312 files, 1\.2 GB\./);
    await api.press("▶️ Start", message);
    await eventually(() => plain(message).startsWith("📥 Job 1 · Download · News"));
    const root = await onlyJob(set);
    expect(root.payload.filter).toMatchObject({ types: ["video"], minSize: 10 * 1024 ** 2 + 1 });
    expect((await set.db.jobCards.get(root.id))?.replyToId).toBe(command);
    expect(api.all()).toHaveLength(1);
  });

  test("goes back at every step, takes typed dates and sizes, and refuses what it cannot read", async () => {
    const set = await stage();
    const { api } = set;
    api.say("/download");
    const message = await api.waitFor(/which chat/);
    await api.press(/News/, message);
    await api.press("‹ Back", message);
    expect(message.text).toMatch(/which chat/);
    await api.press(/News/, message);
    await api.press("Next ›", message);
    await api.press("Custom", message);
    api.say("the other day");
    const asked = await api.waitFor(/⚠️/);
    expect(asked.text).toContain("2024-01..2024-06");
    api.say("2024-01..2024-06");
    const size = await api.waitFor(/which sizes/);
    await api.press("Custom", size);
    api.say("10MB+");
    const summary = await api.waitFor(/About 312/);
    expect(plain(summary)).toContain("≥ 10 MB · 1 Jan 2024 – 30 Jun 2024 (UTC)");
  });

  test("takes a chat from the phone's own picker and removes the keyboard again", async () => {
    const set = await stage();
    const { api } = set;
    api.say("/download");
    const message = await api.waitFor(/which chat/);
    await api.press("📱 Pick in Telegram", message);
    const picker = await api.waitFor(/What kind of chat/);
    expect(picker.replyKeyboard).toMatchObject([
      [
        { request_chat: { request_id: 1, chat_is_channel: true } },
        { request_chat: { request_id: 2, chat_is_channel: false } },
      ],
      [{ request_users: { request_id: 3, max_quantity: 1 } }, { text: "✖ Cancel" }],
    ]);
    api.say("", { text: undefined, chat_shared: { request_id: 1, chat_id: -1001 } });
    const gone = await api.waitFor(/✅/);
    expect(gone.replyKeyboard).toBe("removed");
    await eventually(() => plain(message).startsWith("📥 News · what?"));
    expect(picker.deleted).toBe(true);
  });

  test("asks nothing but the chat where the filters were said", async () => {
    const set = await stage();
    set.api.say("/download video 2024");
    const message = await set.api.waitFor(/which chat/);
    set.api.say("news");
    const summary = await set.api.waitFor(/About 312/);
    expect(plain(summary)).toContain("News · Video · 1 Jan 2024 – 31 Dec 2024 (UTC)");
    expect(message.deleted).toBe(false);
  });

  test("expires after 15 minutes and can be taken up again", async () => {
    const set = await stage();
    set.api.say("/download");
    const message = await set.api.waitFor(/which chat/);
    await eventually(async () => (await set.db.drafts.latest())?.messageId === message.id);
    set.clock.offset += 16 * 60_000;
    await set.api.press(/News/, message);
    expect(message.text).toBe("⌛ Expired – start again.");
    await set.api.press("↻ Start again", message);
    expect(message.text).toMatch(/which chat/);
    set.api.say("/cancel");
    await set.api.waitFor(/Closed. Nothing started/);
  });

  test("offers the same as last time", async () => {
    const set = await stage();
    set.api.say("/download @news pdf 2023");
    await set.api.waitFor(/Job 1/);
    set.api.say("/download");
    const message = await set.api.waitFor(/which chat/);
    await set.api.press("↻ Same as last time", message);
    await eventually(() => plain(message).includes("News · PDF · 1 Jan 2023 – 31 Dec 2023 (UTC)"));
  });
});

describe("a message", () => {
  const plan = (filter: MediaFilter) =>
    filter.messageIds
      ? {
          files: 1,
          bytes: 84 * 1024 ** 2,
          approximate: false,
          byType: [{ type: "video", files: 1, bytes: 84 * 1024 ** 2 }],
        }
      : {};

  test("by its link is named with kind, size and chat, and fetched by one tap", async () => {
    const set = await stage();
    set.worker.plan = (_chat, filter) => plan(filter);
    set.worker.resolve = () => ({ chatId: -1001, messageIds: [123], topicId: null, commentsOf: null });
    const pasted = set.api.say("look at https://t.me/news/123.");
    const offer = await set.api.waitFor(/1 video/);
    expect(plain(offer)).toBe("1 video, 84 MB from News.");
    expect(set.api.calls.find(({ method }) => method === "setMessageReaction")?.params).toMatchObject({
      message_id: pasted,
    });
    await set.api.press("📥 Download", offer);
    const root = await onlyJob(set);
    expect(root.payload).toEqual({ chatId: -1001, filter: { messageIds: [123] }, next: "download" });
  });

  test("forwarded from a channel is offered; from elsewhere its chat is; a hidden one is explained", async () => {
    const set = await stage();
    set.worker.plan = (_chat, filter) => plan(filter);
    const date = 0;
    set.api.say("hello", {
      forward_origin: { type: "channel", date, chat: { id: -1001, type: "channel", title: "News" }, message_id: 9 },
    });
    expect(plain(await set.api.waitFor(/1 video/))).toBe("1 video, 84 MB from News.");
    set.api.say("/start", { forward_origin: { type: "user", date, sender_user: OWNER } });
    expect(labels(await set.api.waitFor(/Forwarded from/))).toEqual(["📥 Download", "✖ Close"]);
    set.api.say("x", { forward_origin: { type: "hidden_user", date, sender_user_name: "Eve" } });
    await set.api.waitFor(/hides where this was forwarded from/);
    expect(set.api.all().some(({ text }) => text.includes("Hi"))).toBe(false);
  });

  test("forwarded together with others is answered once", async () => {
    const set = await stage();
    set.worker.plan = (_chat, filter) => ({
      files: filter.messageIds?.length ?? 0,
      byType: [{ type: "photo", files: 3, bytes: 1024 }],
      bytes: 1024,
    });
    for (const id of [9, 10, 11]) {
      set.api.say("", {
        text: undefined,
        photo: [],
        forward_origin: {
          type: "channel",
          date: 0,
          chat: { id: -1001, type: "channel", title: "News" },
          message_id: id,
        },
      });
    }
    expect(plain(await set.api.waitFor(/3 photos/))).toBe("3 photos, 1 KB from News.");
    expect(set.api.all()).toHaveLength(1);
  });

  test("answered with /download here is fetched", async () => {
    const set = await stage();
    const origin = { type: "channel", date: 0, chat: { id: -1001, type: "channel", title: "News" }, message_id: 9 };
    set.api.say("/download here", {
      reply_to_message: { message_id: 5, date: 0, chat: { id: OWNER.id }, forward_origin: origin },
    });
    await set.api.waitFor(/Job 1/);
    expect((await onlyJob(set)).payload.filter).toEqual({ messageIds: [9] });
  });
});

describe("without the account", () => {
  test("keeps the command until the account is there", async () => {
    const set = await stage();
    set.worker.working = false;
    await set.worker.beat({ account: null, trouble: "SIGNED_OUT" });
    set.api.say("/download @news photo");
    const answer = await set.api.waitFor(/I need your account first/);
    expect(answer.text).toBe("🔑 I need your account first. Your command is saved and will be ready after login.");
    expect(labels(answer)).toEqual(["↻ Try again", "🔑 How to connect", "✖ Forget it"]);
    set.worker.working = true;
    await set.worker.beat();
    await set.api.press("↻ Try again", answer);
    await set.api.waitFor(/Job 1/);
    expect((await onlyJob(set)).payload.filter).toEqual({ types: ["photo"] });
  });

  test("other commands are answered while a question waits", async () => {
    const set = await stage();
    set.worker.working = false;
    set.api.say("/download @news photo");
    set.api.say("/jobs");
    await set.api.waitFor(/No jobs/);
    expect(set.api.calls.some(({ method }) => method === "sendChatAction")).toBe(true);
  });

  test("a command that waited when the program stopped goes on at the next start", async () => {
    const set = await stage();
    set.worker.working = false;
    set.api.say("/download @news photo");
    set.api.say("/jobs");
    await set.api.waitFor(/No jobs/);
    await set.stop();
    set.worker.working = true;
    await set.start();
    await set.api.waitFor(/Job 1/);
    await onlyJob(set);
  });
});
