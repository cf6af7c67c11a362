import { describe, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { OWNER, STRANGER } from "./bot-api.ts";
import { stage } from "./stage.ts";

const HARMLESS = new Set(["getMe", "deleteWebhook", "setMyCommands", "deleteMyCommands"]);

describe("a stranger", () => {
  test("causes no call at all: by message, command, press, picked chat or inline query", async () => {
    const { api, db, logs } = await stage();
    const from = STRANGER;
    const chat = { id: from.id, type: "private", first_name: "Mallory" };
    const group = { id: -50, type: "supergroup", title: "Trap" };
    for (const text of ["/start", "hello", "/download @news", "/start claim_AAAA", "https://t.me/news/1"]) {
      api.update({ message: { message_id: 1, date: 0, chat, from, text } });
    }
    api.update({ message: { message_id: 2, date: 0, chat, from, chat_shared: { request_id: 1, chat_id: -1001 } } });
    api.pressData("v1:run:jobs", from);
    api.update({ inline_query: { id: "9", from, query: "x", offset: "" } });
    // The owner too is not answered where others read along.
    api.update({ message: { message_id: 3, date: 0, chat: group, from: OWNER, text: "/start" } });
    api.update({
      callback_query: {
        id: "77",
        from: OWNER,
        data: "v1:run:jobs",
        chat_instance: "1",
        message: { message_id: 1, date: 0, chat: group },
      },
    });
    api.say("/jobs");
    await api.waitFor(/No jobs/);
    const calls = api.calls.filter(({ method }) => !HARMLESS.has(method));
    expect(calls.map(({ method }) => method)).toEqual(["sendMessage"]);
    expect((await db.jobs.roots({}, { limit: 1, offset: 0 })).total).toBe(0);
    expect(logs.some((line) => line.includes("stranger") && line.includes("666"))).toBe(true);
  });

  test("who puts the bot into a group sees it leave, and nothing else", async () => {
    const { api } = await stage();
    const member = (status: string) => ({ status, user: { id: 1, is_bot: true, first_name: "Bot" } });
    const change = { from: STRANGER, date: 0, old_chat_member: member("left"), new_chat_member: member("member") };
    api.update({ my_chat_member: { chat: { id: -60, type: "group", title: "Trap" }, ...change } });
    await eventually(() => api.calls.some(({ method, params }) => method === "leaveChat" && params.chat_id === -60));
    const left = { ...change, old_chat_member: member("member"), new_chat_member: member("left") };
    api.update({ my_chat_member: { chat: { id: -60, type: "group", title: "Trap" }, ...left } });
    api.say("/jobs");
    await api.waitFor(/No jobs/);
    const calls = api.calls.filter(({ method }) => !HARMLESS.has(method)).map(({ method }) => method);
    expect(calls).toEqual(["leaveChat", "sendMessage"]);
  });
});

describe("without OWNER_ID", () => {
  async function unowned() {
    const set = await stage({ start: false });
    await set.start({ ownerId: null });
    const line = await eventually(() => set.logs.find((text) => text.includes("claim_")));
    return { ...set, claim: /start=(claim_[A-Za-z0-9_-]{22})/.exec(line)?.[1] ?? "" };
  }

  test("the one-time link of the log makes its first user the owner, for good", async () => {
    const set = await unowned();
    const { api, claim } = set;
    api.say("/start");
    api.say("/start claim_AAAAAAAAAAAAAAAAAAAAAA");
    api.say(`/start ${claim}`);
    const welcome = await api.waitFor(/yours now/);
    expect(welcome.text).toContain("Only you can use me");
    expect(api.all()).toHaveLength(1);
    const chat = { id: STRANGER.id, type: "private", first_name: "Mallory" };
    api.update({ message: { message_id: 1, date: 0, chat, from: STRANGER, text: `/start ${claim}` } });
    await set.stop();
    await set.start({ ownerId: null });
    api.say("/jobs");
    await api.waitFor(/No jobs/);
    expect(api.calls.filter(({ params }) => params.chat_id === STRANGER.id)).toEqual([]);
  });

  test("the link is worth nothing after ten minutes", async () => {
    const { api, claim, clock, logs } = await unowned();
    clock.offset += 11 * 60_000;
    api.say(`/start ${claim}`);
    await eventually(() => logs.some((line) => line.includes("stranger")));
    expect(api.all()).toEqual([]);
  });
});

describe("polling", () => {
  test("with a wrong token ends with one clear sentence", async () => {
    const set = await stage({ start: false });
    set.api.fault = () => ({ code: 401, description: "Unauthorized" });
    await expect(set.start().then(() => set.bot().stopped)).rejects.toMatchObject({
      name: "FatalError",
      code: "BOT_TOKEN",
    });
  });

  test("beside another copy ends with one clear sentence", async () => {
    const set = await stage({ start: false });
    set.api.fault = ({ method }) =>
      method === "getUpdates" ? { code: 409, description: "Conflict: terminated by other getUpdates request" } : null;
    await set.start().catch(() => undefined);
    await expect(set.start().then(() => set.bot().stopped)).rejects.toMatchObject({
      name: "FatalError",
      code: "OTHER_POLLER",
    });
  });

  test("stops within seconds", async () => {
    const set = await stage();
    set.api.say("/jobs");
    await set.api.waitFor(/No jobs/);
    const before = Date.now();
    await set.stop();
    await set.bot().stopped;
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  test("keeps the token out of the log, whatever fails", async () => {
    const set = await stage();
    set.api.fault = ({ method }) => (method === "sendMessage" ? { code: 500, description: "Internal" } : null);
    set.api.say("/jobs");
    await eventually(() => set.api.calls.some(({ method }) => method === "sendMessage"));
    expect(set.logs.join("\n")).not.toContain("1:TEST");
  });
});

describe("an unexpected error", () => {
  test("is told with a reference that the log has too, with the stack there alone", async () => {
    const set = await stage();
    set.db.jobs.roots = () => Promise.reject(new Error("the roof leaks"));
    set.api.say("/jobs");
    const answer = await set.api.waitFor(/my fault/);
    const reference = /Reference ([0-9A-F]{4})/.exec(answer.text)?.[1];
    expect(reference).toBeDefined();
    expect(answer.text).not.toContain("roof");
    expect(
      set.logs.some((line) => line.includes(`"reference":"${reference}"`) && line.includes("the roof leaks")),
    ).toBe(true);
    const id = set.api.pressData("v1:jobs:running:1");
    await eventually(() => set.api.answers.get(id));
  });
});
