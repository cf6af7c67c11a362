import { describe, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { OWNER } from "./bot-api.ts";
import { labels, onlyJob, plain } from "./reading.ts";
import { chat, stage } from "./stage.ts";

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
