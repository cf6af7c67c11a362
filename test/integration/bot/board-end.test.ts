import { describe, expect, test } from "vitest";
import { newId } from "../../../src/core/id.ts";
import { board, GB, plain, settled } from "./board-stage.ts";
import { chat } from "./stage.ts";

describe("milestones as messages", () => {
  test("come silently, each once, while the card keeps still", async () => {
    const { api, card, db, job, worker, look } = await board();
    await db.settings.set("milestones", "messages");
    const part = await worker.hand(job, 100, GB);
    for (const done of [30, 55, 80]) {
      await worker.move(part, settled(done));
      await look(20);
      await look();
    }
    const told = api.all().filter(({ text }) => /% –/.test(text) && text.includes("·"));
    expect(told.map(({ text }) => /(\d+) %/.exec(text)?.[1])).toEqual(["25", "50", "75"]);
    expect(told.every(({ silent }) => silent)).toBe(true);
    expect(card.versions).toHaveLength(1);
  });
});

describe("the end of a job", () => {
  test("is a new message with sound, in reply to the command, with what to do next", async () => {
    const { api, db, card, job, worker, look } = await board();
    const part = await worker.hand(job, 312, 41 * GB);
    await worker.finish(part, { ...settled(312, 2), had: 4, saved: 306 });
    await look(400);
    const end = api.all().at(-1);
    expect(plain(end?.text ?? "")).toMatch(
      /^✅ Job 1 done · News\n306 files, 41 GB in \d+ (s|min) · 4 already had · 2 failed\n📁 \/data\/News$/,
    );
    expect(end?.silent).toBe(false);
    expect(end?.replyTo).toBe(1);
    expect(end?.keyboard.flat().map(({ text }) => text)).toEqual([
      "⚠️ Show 2 failed",
      "↻ Retry failed",
      "📋 Copy command",
    ]);
    expect(JSON.stringify(end?.keyboard)).toContain("/download @news video");
    await look();
    expect(card.keyboard).toEqual([]);
    expect(await db.jobCards.openCards()).toEqual([]);
  });

  test("makes no sound in quiet hours", async () => {
    const { api, db, job, worker, look } = await board();
    await db.settings.set("quietHours", "00:00-23:59");
    const part = await worker.hand(job, 1, 1);
    await worker.finish(part, settled(1));
    await look();
    expect(api.all().at(-1)).toMatchObject({ silent: true, text: expect.stringContaining("✅ Job 1 done") });
  });

  test("tells why a job stopped and that what is saved is kept", async () => {
    const { api, db, job, worker, look } = await board();
    const part = await worker.hand(job, 100, GB);
    await worker.move(part, settled(62));
    await db.jobs.fail(part, "worker-1", part.progress, "disk full (needs 15 GB more)");
    await db.jobEvents.add({
      uid: newId(),
      jobId: part.id,
      rootId: job.id,
      event: { type: "failed", reason: "The disk is full (needs 15 GB more)." },
      at: new Date(),
    });
    await look();
    expect(plain(api.all().at(-1)?.text ?? "")).toBe(
      "❌ Job 1 stopped at 62 % · News\nReason: The disk is full (needs 15 GB more).\nEverything saved so far is kept.",
    );
  });

  test("comes once through a storm of 429, and through restarts", async () => {
    const { api, job, worker, look, restart } = await board();
    const part = await worker.hand(job, 10, GB);
    await worker.finish(part, settled(10));
    let refused = 0;
    api.fault = ({ method }) => {
      if (method !== "sendMessage" && method !== "editMessageText") return null;
      return refused++ < 6 ? { code: 429, description: "Too Many Requests: retry after 20", retryAfter: 20 } : null;
    };
    for (let second = 0; second < 200; second += 5) {
      await look(5);
      if (second % 50 === 0) restart();
    }
    const ends = api.all().filter(({ text }) => text.includes("✅ Job 1 done"));
    expect(ends).toHaveLength(1);
    expect(refused).toBeGreaterThan(6);
  });

  test("is told for a job that ended while the bot was away, and only then", async () => {
    const { api, job, worker, look, restart } = await board();
    const part = await worker.hand(job, 10, GB);
    await look();
    restart();
    await worker.finish(part, settled(10));
    await look();
    restart();
    await look();
    restart();
    await look();
    expect(api.all().filter(({ text }) => text.includes("Job 1 done"))).toHaveLength(1);
  });

  test("offers the failed files with their reasons", async () => {
    const set = await board();
    const { api, db, job, worker, look, now } = set;
    await db.chats.record([chat(-1001, "News", "channel", "news")]);
    const part = await worker.hand(job, 2, GB);
    const media = {
      type: "video",
      round: false,
      fileName: "a‮b.mp4",
      mimeType: null,
      size: 1,
      fileKey: null,
      dcId: null,
    } as const;
    const rest = { duration: null, width: null, height: null, restricted: false };
    const message = {
      chatId: -1001,
      messageId: 5,
      date: now(),
      editedAt: null,
      senderId: null,
      senderName: null,
      outgoing: false,
    };
    const more = {
      text: "",
      albumId: null,
      topicId: null,
      replyToId: null,
      service: null,
      media: { ...media, ...rest },
    };
    await db.messages.record([{ ...message, ...more }], "home");
    await db.messages.failed(
      { chatId: -1001, messageId: 5 },
      { hostname: "home", error: "The message is gone.", rootId: job.id },
    );
    await worker.finish(part, settled(2, 1));
    await look();
    await set.start();
    await api.press("⚠️ Show 1 failed");
    const list = await api.waitFor(/not saved/);
    expect(plain(list.text)).toBe("⚠️ Job 1 · 1 file not saved\nab.mp4 – The message is gone.");
    expect(list.entities).toContainEqual(expect.objectContaining({ type: "text_link", url: "https://t.me/news/5" }));
    await api.press("↻ Retry failed", list);
    await api.waitFor(/Job 2 · Download/);
    const [root] = (await db.jobs.roots({}, { limit: 1, offset: 0 })).families;
    expect(root?.root.payload).toMatchObject({ filter: { messageIds: [5] } });
  });
});
