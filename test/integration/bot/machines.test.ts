import { describe, expect, test } from "vitest";
import { createDatabaseWatch } from "../../../src/bot/database-watch.ts";
import { newId } from "../../../src/core/id.ts";
import { requestDay, requestNoteName } from "../../../src/core/request-count.ts";
import type { Db, DbStatus } from "../../../src/db/db.ts";
import type { Shown } from "./bot-api.ts";
import { type Stage, stage } from "./stage.ts";

const plain = ({ text }: Shown): string => text.replace(/[\u2068\u2069]/g, "");
const labels = ({ keyboard }: Shown): string[] =>
  keyboard.flat().map(({ text }) => text.replace(/[\u2068\u2069]/g, ""));

async function beat({ db }: Stage, hostname: string, change: Partial<Parameters<Db["workers"]["beat"]>[0]> = {}) {
  return db.workers.beat({
    workerId: `${hostname}-id`,
    hostname,
    roles: ["worker"],
    version: "2.0.0",
    startedAt: new Date(),
    account: { id: 777, name: "Alex", username: "alex" },
    trouble: null,
    freeBytes: 128_849_018_880,
    downloadDir: "/data",
    ...change,
  });
}

describe("/hosts", () => {
  test("shows each machine with its roles, work, disk and version, and drains one only after asking", async () => {
    const set = await stage();
    const { api, db, worker } = set;
    await beat(set, "nas", { downloadDir: "/volume/telegram" });
    api.say("/download @news");
    await worker.claim();
    const asked = api.say("/hosts");
    const list = await api.waitFor(/🖥/, asked);
    expect(plain(list)).toMatch(
      /^🖥 2 machines\n1\. home · fetches · test\n {3}at work on job 1 · 120 GB free · heard \d+ s ago\n📁 \/data\n2\. nas · fetches · 2\.0\.0\n {3}idle · /,
    );
    expect(plain(list)).toContain("📁 /volume/telegram");

    await api.press(/Drain .*nas/u, list);
    const question = await api.waitFor(/^Drain/);
    expect(plain(question)).not.toContain("No other machine");
    await api.press("Leave it", question);
    expect((await beat(set, "nas")).draining).toBe(false);
    await api.press(/Drain .*nas/u);
    expect(await api.press("⏸ Drain it")).toBe("It takes nothing new.");
    expect((await beat(set, "nas")).draining).toBe(true);
    expect(plain(await api.waitFor(/🖥 2 machines/))).toContain("🛑 drained: takes nothing new");

    // With nobody else left to fetch, the question says so.
    await api.press(/Drain .*home/u);
    expect(plain(await api.waitFor(/^Drain/))).toContain("No other machine fetches now");
    await api.press("Leave it");
    await api.press(/Take back .*nas/u);
    expect(await api.press("▶️ Take it back")).toBe("It takes work again.");
    expect((await beat(set, "nas")).draining).toBe(false);
    expect(await db.workers.list()).toHaveLength(2);
  });

  test("tells a silent machine and one that cannot use its session, and forgets what is gone", async () => {
    const set = await stage();
    const { api, db, clock } = set;
    await beat(set, "copy", { account: null, trouble: "COPIED_SESSION" });
    await beat(set, "dead");
    await beat(set, "phone-side", { roles: ["bot"], account: null, freeBytes: null, downloadDir: null });
    clock.offset = 120_000;
    const list = await api.waitFor(/🖥/, api.say("/hosts"));
    expect(plain(list)).toContain("⚠️ Its session was copied from another machine, so I don't use it");
    expect(plain(list)).toContain("⚠️ silent for 2 min; its work is taken over");
    expect(plain(list)).toContain("phone-side · answers you");
    expect(await api.press(/Forget .*dead/u, list)).toBe("Forgotten.");
    expect((await db.workers.list()).map(({ hostname }) => hostname)).toEqual(["copy", "home", "phone-side"]);
    clock.offset = 0;
    expect(await api.press(/Forget .*copy/u)).toBe("This machine is not listed any more.");
  });
});

describe("/log", () => {
  const began = (db: Db, type: "scan" | "download" | "delete", chatId: number | null, uid = newId()) =>
    db.actionLog
      .start({
        uid,
        type,
        hostname: "home",
        chatId,
        jobId: null,
        parameters: type === "download" ? { types: ["video"] } : {},
      })
      .then(() => uid);

  test("shows what was done, pages by editing, and keeps to chat, kind and days", async () => {
    const { api, db } = await stage();
    expect(plain(await api.waitFor(/📜/, api.say("/log")))).toBe("📜 Nothing was done yet. /download begins.");
    for (let index = 0; index < 7; index++) {
      const uid = await began(db, "download", -1001);
      await db.actionLog.end(uid, "completed", { saved: 306, had: 4, failed: 2, bytes: 43_271_795_507 });
    }
    await db.actionLog.end(await began(db, "delete", null), "failed", null, "Telegram said no.");
    const scan = await began(db, "scan", 777);

    const list = await api.waitFor(/📜 9 operations \(UTC\)/, api.say("/log"));
    const rows = plain(list).split("\n");
    expect(rows[1]).toMatch(/^1\. \d\d:\d\d · Scan · Saved Messages · ⏳ running$/);
    expect(rows[2]).toBe("   🖥 home");
    expect(rows[3]).toMatch(/^2\. \d\d:\d\d · Delete · ❌ stopped$/);
    expect(rows[4]).toBe("   Telegram said no. · 🖥 home");
    expect(rows[5]).toMatch(/^3\. \d\d:\d\d · Download · News · ✅ done in \d+ s$/);
    expect(rows[6]).toBe("   Video · 306 files, 40.3 GB · 4 already had · 2 failed · 🖥 home");
    await api.press("›", list);
    expect(plain(await api.waitFor(/^7\./mu))).toContain("9. ");
    expect(api.all().filter(({ text }) => text.startsWith("📜 9"))).toHaveLength(1);

    await db.actionLog.end(scan, "completed", { seen: 5_153, fresh: 5_153 });
    expect(plain(await api.waitFor(/📜 1 operation/, api.say("/log scan")))).toContain("5,153 messages · 🖥 home");

    expect(plain(await api.waitFor(/📜 7 operations/, api.say("/log @news download today")))).toMatch(
      /^📜 7 operations · News · Download · \d+ \w+ \d{4} \(UTC\)/,
    );
    await api.press("Any chat");
    await api.press("🗑 Deletions");
    expect(plain(await api.waitFor(/📜 1 operation ·/))).toContain("Telegram said no.");
    expect(plain(await api.waitFor(/fits/, api.say("/log before:2020 delete")))).toBe(
      "📜 Nothing was done that fits: Delete · until 31 Dec 2019.",
    );
  });

  test("runs nothing where it does not understand, and says what it does", async () => {
    const { api } = await stage();
    const answer = await api.waitFor(/⚠️/, api.say("/log @news size:>10MB"));
    expect(plain(answer)).toContain("/log @news download 7d");
    expect(plain(answer)).toContain("Write it like this: /log [chat] [kind] [days]");
  });
});

describe("/status", () => {
  test("adds up what all machines asked of Telegram today", async () => {
    const set = await stage();
    const { api, db } = set;
    await beat(set, "nas");
    const day = requestDay(new Date());
    await db.settings.remember(requestNoteName("nas-id"), { day, calls: 20, parts: 1_000, paced: 1 });
    await db.settings.remember(requestNoteName("worker-1"), { day, calls: 1, parts: 224, paced: 0 });
    const status = plain(await api.waitFor(/🩺/, api.say("/status")));
    expect(status).toContain("Asked of Telegram today: 21 calls, 1,224 file parts; held back once");
  });
});

describe("a database that is away", () => {
  const AWAY: DbStatus = {
    store: "home",
    owed: 48,
    awaySince: new Date("2026-11-22T12:00:00Z"),
    awayReason: "The database does not answer.",
    refused: false,
    handedOver: null,
    dialect: "mariadb",
  };
  const back = (rows: number, at = new Date()): DbStatus => ({
    ...AWAY,
    store: "central",
    owed: 0,
    awaySince: null,
    awayReason: null,
    handedOver: { at, rows },
  });

  test("is told once, and once when it is back, however often it comes and goes in between", async () => {
    const { api, db, bot } = await stage();
    bot();
    let status = AWAY;
    let tries = 0;
    const watched: Db = { ...db, status: async () => status, tryNow: async () => ++tries > 1 };
    let now = new Date("2026-11-22T12:00:05Z");
    const { Api } = await import("grammy");
    const deps = {
      db: watched,
      api: new Api("1:TEST", { apiRoot: api.url }),
      log: { warn() {}, info() {} } as never,
      ownerId: () => 777,
      now: () => now,
    };
    let look = createDatabaseWatch(deps);
    await look();
    await look();
    const told = await api.waitFor(/🛠/);
    expect(plain(told)).toMatch(
      /^🛠 My database isn't answering\. Downloads go on; I keep the records on disk and write them when it's back\. \(id [0-9A-F]{4}\)$/,
    );
    expect(labels(told)).toEqual(["↻ Try now"]);

    // It flaps, and the bot is started anew meanwhile.
    status = back(40);
    await look();
    status = AWAY;
    look = createDatabaseWatch(deps);
    await look();
    now = new Date("2026-11-22T12:02:00Z");
    status = back(8, new Date(Date.now() + 1));
    await look();
    now = new Date("2026-11-22T12:02:10Z");
    await look();
    expect(api.all()).toHaveLength(1);
    now = new Date("2026-11-22T12:02:20Z");
    await look();
    expect(plain(await api.waitFor(/✅/))).toBe("✅ Database back after 2 min. 48 records written from disk.");
    await look();
    expect(api.all()).toHaveLength(2);
    expect(labels(api.shown.get(told.id) ?? told)).toEqual([]);
  });

  test("says why where the server refuses us", async () => {
    const { api, db } = await stage();
    const { Api } = await import("grammy");
    const reason = "The database refuses the user or the password. Correct them in DATABASE_URL.";
    await createDatabaseWatch({
      db: { ...db, status: async () => ({ ...AWAY, refused: true, awayReason: reason }) },
      api: new Api("1:TEST", { apiRoot: api.url }),
      log: { warn() {}, info() {} } as never,
      ownerId: () => 777,
      now: () => new Date(),
    })();
    expect(plain(await api.waitFor(/🛠/))).toContain(`doesn't let me in: ${reason} Downloads go on`);
  });
});
