import { describe, expect, it } from "vitest";
import type { DownloadDraft } from "../../../../src/bot/download/draft.ts";
import * as steps from "../../../../src/bot/views/download.ts";
import * as plans from "../../../../src/bot/views/plan.ts";
import type { DownloadPlan } from "../../../../src/core/tasks.ts";
import { chat, checked, ID, labels, NOW, plain, voice } from "./checked.ts";

const views = { ...steps, ...plans };
const GB = 1024 ** 3;
const plan: DownloadPlan = {
  files: 312,
  bytes: 41.2 * GB,
  approximate: true,
  byType: [{ type: "video", files: 312, bytes: 41.2 * GB }],
  owned: 0,
  freeBytes: 120 * GB,
  directory: "/data/News",
  newestOfType: null,
};
const draft = (more: Partial<DownloadDraft> = {}): DownloadDraft => ({
  step: "summary",
  chatId: -1001,
  filter: {},
  guided: true,
  replyTo: null,
  plan,
  pickerMessageId: null,
  single: false,
  requestKey: "update:1",
  ...more,
});

describe("the guided download", () => {
  it("offers recent chats, a search, Saved Messages and the phone's own list", () => {
    const recent = Array.from({ length: 6 }, (_, index) => chat({ chatId: -2000 - index, title: `Chat ${index}` }));
    const view = checked(views.chatStepView(voice(), ID, recent, chat()));
    expect(labels(view)).toEqual([
      ...recent.map(({ title }) => title),
      "↻ Same as last time",
      "🔎 Search",
      "⭐ Saved Messages",
      "📱 Pick in Telegram",
      "✖ Cancel",
    ]);
    expect(plain(checked(views.chatStepView(voice(), ID, [], null)))).toContain("not read your chat list yet");
  });

  it("asks for chats with the three buttons that Telegram needs, and never to be let in", () => {
    const { keyboard } = views.pickerKeyboard(voice());
    const buttons = keyboard.flat();
    expect(buttons.map((button) => (typeof button === "string" ? button : button.text))).toEqual([
      "📢 Channel",
      "👥 Group",
      "👤 Person",
      "✖ Cancel",
    ]);
    expect(JSON.stringify(keyboard)).not.toMatch(/bot_is_member|administrator_rights/);
  });

  it("says in words which kinds are ticked", () => {
    const view = checked(views.whatStepView(voice(), ID, chat(), draft({ filter: { types: ["photo", "video"] } })));
    expect(plain(view)).toContain("So far: Photo, video");
    expect(labels(view)).toContain("✅ Photos");
    expect(labels(view)).toContain("Documents");
    expect(plain(checked(views.whatStepView(voice(), ID, chat(), draft())))).not.toContain("So far");
  });

  it("goes on to the dates and sizes, each with a way back and out", () => {
    for (const view of [
      views.whenStepView(voice(), ID, chat(), draft({ filter: { types: ["video"] } })),
      views.sizeStepView(voice(), ID, chat(), draft({ filter: { types: ["video"] } })),
      views.typedStepView(voice(), ID, "when", null),
      views.typedStepView(voice(), ID, "size", "I can't read that."),
      views.searchStepView(voice(), ID),
    ]) {
      expect(labels(checked(view))).toEqual(expect.arrayContaining(["‹ Back", "✖ Cancel"]));
    }
  });

  it("sums up with absolute dates, the zone, counts, sizes and the place", () => {
    const filter = { types: ["video" as const], minSize: 10 * 1024 ** 2 + 1, after: "2023-12-31T22:00:00.000Z" };
    const view = checked(views.summaryView(voice(), ID, chat(), draft({ filter }), true));
    expect(plain(view).split("\n")).toEqual([
      "📥 News · Video · > 10 MB · 1 Jan 2024 – now (Europe/Kyiv)",
      "About 312 files, 41.2 GB.",
      "Free disk 120 GB.",
      "Saves to /data/News",
      "This is a lot, so I ask first.",
    ]);
    expect(labels(view)).toEqual(["▶️ Start", "Change", "✖ Cancel"]);
  });

  it("says what is owned already, what the files are, and that the disk is too small", () => {
    const byType = [
      { type: "photo", files: 1, bytes: 1024 },
      { type: "video", files: 2, bytes: 200 * GB },
      { type: "audio", files: 0, bytes: 0 },
    ];
    const tight = { ...plan, approximate: false, byType, files: 3, bytes: 200 * GB, owned: 1 };
    const text = plain(checked(views.summaryView(voice(), ID, chat(), draft({ plan: tight }), true)));
    expect(text).toContain("3 files, 200 GB.");
    expect(text).toContain("Of them: 1 photo (1 KB) · 2 videos (200 GB)");
    expect(text).toContain("1 file of them already on disk.");
    expect(text).toContain("Free disk 120 GB: not enough for all of it.");
  });

  it("may be started without a count", () => {
    const view = checked(views.summaryView(voice(), ID, chat(), draft({ plan: null }), false));
    expect(labels(view)).toContain("▶️ Start");
    expect(plain(checked(views.countingView(voice(), chat(), {})))).toContain("Counting…");
  });

  it("says of one message what it holds", () => {
    const single = {
      ...plan,
      files: 1,
      bytes: 84 * 1024 ** 2,
      byType: [{ type: "video", files: 1, bytes: 84 * 1024 ** 2 }],
    };
    const view = checked(views.singleView(voice(), ID, chat(), draft({ plan: single })));
    expect(plain(view)).toBe("1 video, 84 MB from News.");
    expect(labels(view)).toEqual(["📥 Download", "✖ Close"]);
  });

  it("leaves a restricted chat alone and says where that can be changed", () => {
    const view = checked(views.restrictedView(voice(), ID, chat({ restricted: true })));
    expect(plain(view)).toMatch(/^🔒 News is restricted: its owners don't allow saving or forwarding/);
    expect(labels(view)).toEqual(["🔒 Restricted chats", "Other chat", "✖ Close"]);
  });

  it("says that nothing matched, what there is, and what to change", () => {
    const filter = {
      types: ["video" as const],
      minSize: 11,
      after: new Date(NOW.getTime() - 7 * 86_400_000).toISOString(),
    };
    const none = { ...plan, files: 0, newestOfType: "2026-11-03T10:00:00.000Z" };
    const view = checked(views.nothingView(voice(), ID, chat(), draft({ filter, plan: none })));
    expect(plain(view)).toMatch(/^Nothing matched: Video · .* in News\. Newest of that kind there: 3 Nov 2026\.$/);
    expect(labels(view)).toEqual(["Last 30 days", "Any size", "Any kind", "Change", "✖ Close"]);
    expect(labels(checked(views.nothingView(voice(), ID, chat(), draft({ plan: none }))))).toEqual([
      "Other chat",
      "✖ Close",
    ]);
    expect(
      plain(checked(views.nothingView(voice(), ID, chat(), draft({ plan: none, filter: { messageIds: [5] } })))),
    ).toContain("no file in that message");
  });

  it("can be begun again once it has expired", () => {
    expect(labels(checked(views.expiredView(voice(), ID)))).toEqual(["↻ Start again", "✖ Close"]);
  });
});
