import { describe, expect, it } from "vitest";
import { loadCommands, usageOf } from "../../../../src/bot/command.ts";
import { chatCardView, chatsView, chooseChatView } from "../../../../src/bot/views/chats.ts";
import { commandHelpView, filtersView, helpView } from "../../../../src/bot/views/help.ts";
import {
  detailsView,
  failedView,
  finishedJobsView,
  jobsView,
  type NumberedFamily,
} from "../../../../src/bot/views/jobs.ts";
import { pageOf } from "../../../../src/bot/views/pager.ts";
import { startView, welcomeView } from "../../../../src/bot/views/start.ts";
import type { StoredMessage } from "../../../../src/core/media.ts";
import { parseQuery } from "../../../../src/core/query.ts";
import { chat, checked, family, ID, labels, NOW, plain, voice } from "./checked.ts";

const connected = { kind: "connected", account: { id: 1, name: "Alex", username: "alex" }, trouble: null } as const;

describe("/chats", () => {
  const chats = [
    chat({ type: "supergroup", title: "Family", unread: 1200, isForum: true }),
    chat({ chatId: -1002, restricted: true, archived: true }),
    chat({ chatId: 5, isSelf: true, title: "Alex" }),
  ];

  it("numbers the chats and says the total", () => {
    const view = checked(chatsView(voice(), { chats, total: 214, page: 1, pages: 27, kind: "a", search: null }));
    expect(plain(view).split("\n")).toEqual([
      "💬 214 chats · sorted by recent",
      "1. Family · group · 1,200 new · topics",
      "2. News · channel · 🔒 restricted · archived",
      "3. Saved Messages · only you",
    ]);
    expect(labels(view)).toEqual([
      "1",
      "2",
      "3",
      "‹",
      "1/27",
      "›",
      "👥 Groups",
      "📢 Channels",
      "👤 People",
      "🔎 Find",
      "↻ Refresh",
    ]);
  });

  it("says that nothing matches, and how to see all again", () => {
    const search = { text: "xyz", draftId: ID };
    const view = checked(chatsView(voice(), { chats: [], total: 0, page: 1, pages: 1, kind: "a", search }));
    expect(plain(view)).toBe("No chats match “xyz”.");
    expect(labels(view)).toContain("Clear filter");
  });

  it("keeps every label and every callback within bounds, whatever the titles are", () => {
    const titles = ["<b>_*[&`", "\u202Eevil", "שלום עולם", "😀".repeat(200), "a\n\nb", "", "W".repeat(4096), "\uD800"];
    const many = titles.map((title, index) => chat({ chatId: -1_009_999_999_990 - index, title, unread: 9 }));
    const search = { text: "😀".repeat(50), draftId: ID };
    const view = checked(chatsView(voice(), { chats: many, total: 9_999, page: 999, pages: 1250, kind: "g", search }));
    expect(plain(view).split("\n")).toHaveLength(9);
    for (const one of many)
      checked(chatCardView(voice(), { ...one, lastScanAt: new Date(), lastMessageAt: new Date() }, 12));
    checked(chooseChatView(voice(), "x".repeat(400), many, ({ chatId }) => ["dl", ID, "chat", chatId]));
  });

  it("finds its page again, whatever the button says", () => {
    expect(pageOf("2", 20, 8)).toMatchObject({ page: 2, pages: 3, offset: 8 });
    expect([
      pageOf("99", 20, 8).page,
      pageOf("x", 20, 8).page,
      pageOf("-1", 20, 8).page,
      pageOf("1", 0, 8).pages,
    ]).toEqual([3, 1, 1, 1]);
  });
});

describe("/jobs", () => {
  const jobs: NumberedFamily[] = [
    { number: 12, family: family({ done: 156, total: 312 }) },
    { number: 13, family: family({}, { counting: true }) },
    { number: 14, family: family({}, { wait: { until: new Date(), reason: "FLOOD_WAIT" } }) },
    { number: null, family: family({}, { paused: true }) },
  ].map((one, index) => ({
    ...one,
    family: { ...one.family, root: { ...one.family.root, id: `${index}${ID.slice(1)}` } },
  }));

  it("says how many run, wait and are finished, and each one's state", () => {
    const view = checked(jobsView(voice(), { running: 2, waiting: 1, finishedToday: 5, jobs, page: 1, pages: 1 }));
    expect(plain(view).split("\n")).toEqual([
      "🧾 2 running, 1 waiting, 5 finished today",
      "12 📥 Download · News · 50 %",
      "13 📥 Download · News · counting",
      "14 📥 Download · News · ⏳ waiting",
      "– 📥 Download · News · ⏸ paused",
    ]);
  });

  it("offers a download where there is none", () => {
    const view = checked(jobsView(voice(), { running: 0, waiting: 0, finishedToday: 0, jobs: [], page: 1, pages: 1 }));
    expect(plain(view)).toBe("No jobs.");
    expect(labels(view)).toContain("📥 Download");
    checked(finishedJobsView(voice(), { total: 0, jobs: [], page: 1, pages: 1 }));
    checked(finishedJobsView(voice(), { total: 4, jobs, page: 1, pages: 1 }));
  });

  it("shows a job's details in every state, however long the reason", () => {
    const states = ["draft", "waiting", "active", "completed", "failed", "cancelled"] as const;
    for (const state of states) {
      const busy = family(
        { done: 5, total: 9, saved: 1, had: 2, failed: 2, seen: 99, bytes: 7, totalBytes: 9 },
        { state },
      );
      checked(detailsView(voice(), { number: 12, family: busy }, "x".repeat(5_000)));
      checked(detailsView(voice(), { number: null, family: family({}, { state, hostnames: [] }) }, null));
    }
  });

  it("lists failed files with a link to each and a reason of bounded length", () => {
    const message = (messageId: number, fileName: string | null, error: string | null) =>
      ({ chatId: -1001, messageId, media: { fileName }, error }) as StoredMessage & { error: string | null };
    const messages = Array.from({ length: 10 }, (_, index) =>
      message(index + 1, index % 2 ? "W".repeat(500) : null, "E".repeat(9_000)),
    );
    const view = checked(failedView(voice(), 12, ID, chat(), { messages, total: 25, page: 3, pages: 3 }));
    expect(plain(view)).toContain("⚠️ Job 12 · 25 files not saved");
    expect(view.text.entities.filter(({ type }) => type === "text_link")).toHaveLength(10);
    checked(failedView(voice(), 12, ID, null, { messages, total: 10, page: 1, pages: 1 }));
    checked(failedView(voice(), 12, ID, null, { messages: [], total: 0, page: 1, pages: 1 }));
  });
});

describe("/start", () => {
  it("says what it is, how the account stands and the next step, on one screen", () => {
    const first = checked(welcomeView(voice(), "Alex", { kind: "signed-out", trouble: null }, false));
    expect(plain(first).split("\n")[0]).toBe("👋 Hi Alex. I'm your private Telegram assistant. Only you can use me.");
    expect(plain(first)).toContain("Your account: not connected yet · Time zone: Europe/Kyiv · Language: English");
    expect(labels(first)[0]).toContain("connect");
    expect(plain(checked(welcomeView(voice(), "W".repeat(400), connected, true)))).toContain("yours now");
    expect(plain(checked(startView(voice(), connected, 2)))).toBe("✅ Connected as Alex (@alex). 2 jobs running.");
    expect(plain(checked(startView(voice(), connected, 1)))).toContain("1 job running.");
  });
});

describe("/help", () => {
  it("explains only filters that are understood", () => {
    const { text, entities } = filtersView(voice()).text;
    const shown = entities
      .filter(({ type }) => type === "code")
      .map(({ offset, length }) => text.slice(offset, offset + length));
    expect(shown.length).toBeGreaterThan(20);
    for (const example of shown) {
      const isChat = /^(?:@|#|me$|"part)/.test(example);
      const words = isChat ? example : `@news ${example}`;
      const query = parseQuery(words, { now: NOW, timeZone: "UTC" });
      expect({ example, chat: query.chat !== null }).toEqual({ example, chat: true });
      if (!isChat) expect({ example, fields: Object.keys(query.filter).length }).not.toEqual({ example, fields: 0 });
    }
  });

  it("fits one screen for every command, with examples that can be copied", async () => {
    const commands = await loadCommands();
    checked(helpView(voice(), commands));
    checked(filtersView(voice()));
    for (const command of commands.filter(({ name }) => name !== "")) {
      const view = checked(commandHelpView(voice(), command));
      expect(plain(view)).toContain(command.explanation);
      expect(view.text.text.length).toBeLessThan(1_200);
      for (const example of command.examples ?? []) {
        if (!example.startsWith("/download ")) continue;
        expect(parseQuery(example.slice(10), { now: NOW, timeZone: "UTC" }).chat).not.toBeNull();
      }
      if (command.usage) expect(plain(view)).toContain(usageOf(command));
    }
  });
});
