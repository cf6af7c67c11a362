import { describe, expect, test } from "vitest";
import type { MediaFilter } from "../../../src/core/media-filter.ts";
import { OWNER } from "./bot-api.ts";
import { labels, onlyJob, plain } from "./reading.ts";
import { stage } from "./stage.ts";

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
