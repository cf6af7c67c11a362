import { describe, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { labels, onlyJob, plain } from "./reading.ts";
import { stage } from "./stage.ts";

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
