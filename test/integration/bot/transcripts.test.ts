import { describe, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { OWNER, type Shown } from "./bot-api.ts";
import { chat, stage } from "./stage.ts";

const labels = (message: Shown) => message.keyboard.flat().map(({ text }) => text.replace(/[\u2068\u2069]/g, ""));
const plain = (message: Shown) => message.text.replace(/[\u2068\u2069]/g, "");

describe("/start", () => {
  test("tells what the bot is, how the account stands and the next step, on one screen", async () => {
    const { api } = await stage();
    api.say("/start");
    const first = await api.waitFor(/Hi/);
    expect(plain(first)).toMatch(
      /^👋 Hi Alex\. I'm your private Telegram assistant\. Only you can use me\.\nYour account: Alex \(@alex\) · Time zone: UTC/,
    );
    expect(labels(first)).toEqual(["📥 Download", "🌍 Time zone", "❓ What can you do"]);

    api.say("/start");
    const again = await api.waitFor(/Connected as/);
    expect(plain(again)).toBe("✅ Connected as Alex (@alex). No jobs running.");
    expect(labels(again)).toEqual(["📥 Download", "🔎 Search", "📊 Stats", "💬 Chats", "🧾 Jobs", "⚙️ Settings"]);
  });

  test("opens a job by a deep link, and /job_1 shows the same", async () => {
    const { api } = await stage();
    api.say("/download @news video");
    const card = await api.waitFor(/Job 1 · Download/);
    api.say("/start job_1");
    const details = await api.waitFor(/Filter:/);
    expect(plain(details)).toBe("📥 Job 1 · Download · News\n⏳ waiting\nFilter: Video");
    api.say("/job_1");
    expect(plain(await api.waitFor(/Filter:/, details.id))).toBe(plain(details));
    expect(details.id).not.toBe(card.id);
    api.say("/job_7");
    await api.waitFor(/I know no job 7/);
  });

  test("gives the command menu to the owner's chat alone", async () => {
    const { api } = await stage();
    api.say("/start");
    await api.waitFor(/Hi/);
    const menus = await eventually(() => {
      const calls = api.calls.filter(({ method }) => method === "setMyCommands");
      return calls.length > 0 && calls;
    });
    for (const { params } of menus) expect(params.scope).toEqual({ type: "chat", chat_id: OWNER.id });
    expect(api.calls.some(({ method, params }) => method === "deleteMyCommands" && !params.scope)).toBe(true);
  });

  test("says how to connect while no account is connected", async () => {
    const { api, worker } = await stage();
    await worker.beat({ account: null, trouble: "SIGNED_OUT" });
    api.say("/start");
    expect(plain(await api.waitFor(/Hi/))).toContain("Your account: not connected yet");
    await api.press("🔑 How to connect");
    expect((await api.waitFor(/npm run login/)).text).toContain("Never send or forward the login code");
  });
});

describe("/help", () => {
  test("lists the commands and gives examples for one", async () => {
    const { api } = await stage();
    api.say("/help");
    const list = await api.waitFor(/Get \/download/);
    expect(list.text).toContain("Control /jobs /cancel /status /hosts /log /settings /help");
    api.say("/help download");
    const one = await api.waitFor(/Examples:/);
    expect(one.text).toContain("/download @news video 7d");
    await api.press("Filters explained", one);
    expect((await api.waitFor(/in any order/)).id).toBe(one.id);
  });

  test("guesses a misspelt command's name", async () => {
    const { api } = await stage();
    api.say("/help downlod");
    expect(labels(await api.waitFor(/no command/))).toContain("/help download");
  });
});

describe("other input", () => {
  test("a typo runs nothing and offers the right command", async () => {
    const { api, db } = await stage();
    api.say("/downlod @news");
    const answer = await api.waitFor(/I don't know/);
    expect(answer.text).toBe("I don't know /downlod. Did you mean /download?");
    expect(labels(answer)).toEqual(["/download", "All commands"]);
    expect((await db.jobs.roots({}, { limit: 9, offset: 0 })).total).toBe(0);
  });

  test("words, stickers and edited messages never meet an exception", async () => {
    const { api, logs } = await stage();
    api.say("invoice");
    expect(plain(await api.waitFor(/invoice/))).toBe("Search your chats for “invoice”?");
    api.update({
      message: { message_id: 900, date: 0, chat: { id: OWNER.id, type: "private" }, from: OWNER, sticker: {} },
    });
    await api.waitFor(/I understand commands/);
    api.update({
      edited_message: {
        message_id: 900,
        date: 0,
        chat: { id: OWNER.id, type: "private" },
        from: OWNER,
        text: "/start",
      },
    });
    api.say("/jobs");
    await api.waitFor(/No jobs/);
    expect(logs.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(api.all().some(({ text }) => text.includes("Hi"))).toBe(false);
  });

  test("a button of another version is answered with /help", async () => {
    const { api } = await stage();
    for (const data of ["", "v0:x", "v1:nothing", "v1:job:explode:1", "%%%", "v1:dl:unknown:start"]) {
      const id = api.pressData(data);
      const [toast] = await eventually(() => api.answers.get(id));
      expect(toast).toMatch(/older version|Already done/);
    }
  });
});

describe("/chats", () => {
  test("pages by editing, filters, finds, and opens a chat's card", async () => {
    const { api, db } = await stage();
    const many = Array.from({ length: 20 }, (_, index) => chat(-2000 - index, `Group ${index}`, "group"));
    await db.chats.record(many);
    api.say("/chats");
    const list = await api.waitFor(/💬 22 chats/);
    expect(list.text.split("\n")).toHaveLength(9);
    await api.press("›", list);
    await eventually(() => list.keyboard.flat().some(({ text }) => text === "2/3"));
    await api.press("📢 Channels", list);
    await eventually(() => plain(list).includes("News · channel") && plain(list).startsWith("💬 1 chat"));
    await api.press("1", list);
    await eventually(() => plain(list).includes("@news"));
    expect(labels(list)).toContain("📥 Download");

    api.say("/chats xyz");
    expect(labels(await api.waitFor(/No chats match/))).toContain("Clear filter");
    api.say("/chats");
    const again = await api.waitFor(/💬 22/, list.id);
    await api.press("🔎 Find", again);
    api.say("group 1");
    expect(plain(await api.waitFor(/matching/))).toContain("💬 11 chats · matching “group 1”");
    api.say("/download #1 photo");
    expect(plain(await api.waitFor(/Job 1/))).toMatch(/Job 1 · Download · Group 1\d?/);
  });
});

describe("/cancel", () => {
  test("says that nothing runs, asks for one, and lists many", async () => {
    const { api, worker } = await stage();
    api.say("/cancel");
    await api.waitFor(/Nothing is running/);
    api.say("/download @news photo");
    await api.waitFor(/Job 1 · Download/);
    const job = await worker.claim();
    const part = await worker.hand(job, 10, 1000);
    await worker.move(part, { done: 5, saved: 5, bytes: 500 });
    api.say("/cancel");
    const one = await api.waitFor(/Cancel job 1/);
    expect(one.text).toBe("Cancel job 1 (50 %)? Saved files stay.");
    await api.press("Keep running", one);
    api.say("/download me photo");
    await api.waitFor(/Job 2 · Download/);
    api.say("/cancel");
    const many = await api.waitFor(/Which job/);
    expect(labels(many)).toEqual(expect.arrayContaining(["1", "2", "✖ All 2", "Keep running"]));
    await api.press("1", many);
    expect((await api.waitFor(/Job 1 cancelled/)).text).toBe("✖ Job 1 cancelled at 50 %. 5 files kept.");
    api.say("/cancel 2");
    await api.waitFor(/Job 2 cancelled/);
    api.say("/cancel 99");
    await api.waitFor(/I know no job 99/);
  });
});

describe("/settings", () => {
  test("changes the time zone by a button, a typed city and a zone's name", async () => {
    const { api, db } = await stage();
    api.say("/settings");
    const page = await api.waitFor(/⚙️ Settings/);
    await api.press("🌍 Time zone", page);
    await api.press("Tokyo", page);
    expect((await db.settings.all()).timeZone).toBe("Asia/Tokyo");
    await api.press("🌍 Time zone", page);
    api.say("Kyiv");
    await api.waitFor(/✅ Time zone: Europe\/Kyiv/);
    await api.press("‹ Back", page);
    await api.press("🌍 Time zone", page);
    api.say("Atlantisopolis");
    await api.waitFor(/I know no time zone or city/);
    api.say("America/New_York");
    await api.waitFor(/✅ Time zone: America\/New_York/);
  });

  test("changes milestones, quiet hours, restricted chats, simple view and file names", async () => {
    const { api, db } = await stage();
    api.say("/settings");
    const page = await api.waitFor(/⚙️ Settings/);
    await api.press("📊 Milestones", page);
    await api.press("Messages", page);
    await api.press("‹ Back", page);
    await api.press("🌙 Quiet hours", page);
    api.say("from dusk");
    await api.waitFor(/can't read these quiet hours/);
    api.say("22:30-06:45");
    await api.waitFor(/Quiet hours: 22:30-06:45/);
    await api.press("‹ Back", page);
    await api.press("🔒 Restricted chats", page);
    expect(page.text).toContain("you answer for how you use it");
    await api.press("Turn on", page);
    await api.press("‹ Back", page);
    await api.press("🔤 Simple view", page);
    await api.press("Turn on", page);
    await api.press("‹ Back", page);
    await api.press("🏷 File names", page);
    api.say("{nonsense}/{name}");
    await api.waitFor(/nonsense/);
    api.say("{chat}/{year}/{name}");
    await api.waitFor(/\{chat\}\/\{year\}\/\{name\}/);
    expect(await db.settings.all()).toMatchObject({
      milestones: "messages",
      quietHours: "22:30-06:45",
      allowRestricted: true,
      simpleView: true,
      filenameTemplate: "{chat}/{year}/{name}",
    });
  });
});

describe("/status", () => {
  test("shows account, database, machines and jobs", async () => {
    const { api } = await stage();
    api.say("/status");
    const status = plain(await api.waitFor(/🩺/));
    expect(status).toContain("Account: Alex (@alex)");
    expect(status).toContain("Database: sqlite, working");
    expect(status).toContain("🖥 home · 120 GB free · at work");
    expect(status).toContain("Jobs: 0 running, 0 waiting");
  });
});
