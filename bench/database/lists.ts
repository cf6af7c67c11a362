import type { Repositories } from "../../src/db/db.ts";
import { openStore, repositoriesOf } from "../../src/db/open-store.ts";
import { CHATS, chatOf, LARGEST_CHAT } from "../large/chats.ts";
import { spread } from "./claims.ts";
import { times } from "./measure.ts";

const HOST = "alpha";
const DAY_MS = 86_400_000;
const RUNS = 40;

const page = (run: number) => ({ limit: 10, offset: (run % 5) * 10 });
const dayOf = (run: number) => new Date(Date.UTC(2024, 0, 2) + (run % 30) * DAY_MS);
const idsFrom = (run: number) => Array.from({ length: 100 }, (_, n) => run * 31 + n + 1);
const keysFrom = (run: number) => Array.from({ length: 10 }, (_, n) => `document:${10_000_000 + run * 1000 + n}`);

type List = (db: Repositories, run: number) => Promise<unknown>;

/** Every list that the bot shows, and every question that it asks before it shows one. */
const LISTS: { [name: string]: List } = {
  "chats.list": (db, run) => db.chats.list({}, page(run)),
  "chats.list text": (db, run) => db.chats.list({ text: `chat ${run % 100}` }, page(0)),
  "chats.get": (db, run) => db.chats.get(chatOf(run)),
  "chats.byUsername": (db, run) => db.chats.byUsername(`nobody${run}`),
  "chats.self": (db) => db.chats.self(),
  "messages.get": (db, run) => db.messages.get({ chatId: chatOf(run), messageId: run * 7 + 1 }),
  "messages.of 100": (db, run) => db.messages.of(chatOf(run), idsFrom(run)),
  "messages.newestId": (db, run) => db.messages.newestId(chatOf(run)),
  "messages.countDownloaded": (db, run) => db.messages.countDownloaded(chatOf(run + 1), null),
  "messages.countDownloaded of the largest chat": (db) => db.messages.countDownloaded(LARGEST_CHAT, null),
  "messages.countDownloaded photos": (db, run) => db.messages.countDownloaded(chatOf(run + 1), ["photo"]),
  "messages.count": (db) => db.messages.count({}),
  "messages.count of a chat": (db, run) => db.messages.count({ chatId: chatOf(run + 1) }),
  "messages.count of the largest chat": (db) => db.messages.count({ chatId: LARGEST_CHAT }),
  "messages.count failed of a chat": (db, run) => db.messages.count({ chatId: chatOf(run + 1), status: "failed" }),
  "messages.failedOf": (db, run) => db.messages.failedOf(`root-${run % 10}`, page(run)),
  "messages.ownedFiles": (db, run) => db.messages.ownedFiles(keysFrom(run), HOST),
  "messages.presentWithin": (db, run) =>
    db.messages.presentWithin(chatOf(run), { low: run * 10, high: run * 10 + 500 }, 100),
  "messages.scannedRanges": (db, run) => db.messages.scannedRanges(chatOf(run)),
  "archives.count": (db, run) => db.archives.count(chatOf(run + 1)),
  "archives.count of the largest chat": (db) => db.archives.count(LARGEST_CHAT),
  "archives.after": (db, run) => db.archives.after(chatOf(run), run * 100, 250),
  "actionLog.list": (db, run) => db.actionLog.list({}, page(run)),
  "actionLog.list of a chat": (db, run) => db.actionLog.list({ chatId: chatOf(run) }, page(run)),
  "actionLog.list of a kind": (db, run) => db.actionLog.list({ type: "download" }, page(run)),
  "actionLog.list of a day": (db, run) =>
    db.actionLog.list({ since: dayOf(run), before: new Date(dayOf(run).getTime() + DAY_MS) }, page(run)),
  "downloadLog.of": (db, run) => db.downloadLog.of({ chatId: chatOf(run), messageId: run }),
  "downloadLog.machinesOf": (db, run) => db.downloadLog.machinesOf(`root-${run}`),
  "jobs.roots open": (db, run) => db.jobs.roots({ states: ["active", "waiting", "draft"] }, page(run)),
  "jobs.roots over": (db, run) => db.jobs.roots({ states: ["completed", "failed", "cancelled"] }, page(run)),
  "jobs.roots": (db, run) => db.jobs.roots({}, page(run)),
  "jobs.family of 10,000 parts": (db) => db.jobs.family("root-0"),
  "jobs.families of 10 open cards": (db) => db.jobs.families(Array.from({ length: 10 }, (_, n) => `root-${n}`)),
  "jobCards.openCards": (db) => db.jobCards.openCards(),
  "jobCards.byNumber": (db, run) => db.jobCards.byNumber(run + 1),
  "jobEvents.untold": (db) => db.jobEvents.untold(["root-0", "root-1"], 50),
  "jobEvents.of": (db, run) => db.jobEvents.of(`root-${run}`, page(run)),
  "workers.list": (db) => db.workers.list(),
  "schedules.list": (db) => db.schedules.list(),
  "search.chatsWithMessages": (db) => db.search.chatsWithMessages(),
  "search.isIndexed": (db) => db.search.isIndexed(),
  "duplicates.files": (db, run) => db.duplicates.files(HOST, "sha256", after(run), 500),
  "duplicates.files by Telegram's id": (db, run) => db.duplicates.files(HOST, "file_key", after(run), 500),
  "duplicates.ofContent": (db, run) => db.duplicates.ofContent(HOST, "file_key", keysFrom(run)[0]!),
  "duplicates.elsewhere": (db, run) => db.duplicates.elsewhere(HOST, `${run}`.padStart(64, "0")),
  "pictures.files": (db, run) => db.pictures.files(HOST, "sha256", after(run), 500),
  "pictures.count": (db) => db.pictures.count(HOST),
  "deletions.list": (db, run) => db.deletions.list({}, page(run)),
  "deletions.list with copies": (db, run) => db.deletions.list({ withCopy: true }, page(run)),
  "deletions.open": (db) => db.deletions.open(),
  "deletions.counts": (db, run) => db.deletions.counts(`deletion-${run}`),
  "deletions.reasons": (db, run) => db.deletions.reasons(`deletion-${run}`, ["kept"]),
  "deletions.items": (db, run) => db.deletions.items(`deletion-${run}`, { states: ["kept"] }, 100),
  "deletions.spent": (db) => db.deletions.spent(new Date(Date.now() - DAY_MS)),
};

/** Somewhere in the middle of a machine's files. */
const after = (run: number) =>
  run % 2 === 0
    ? null
    : {
        chatId: chatOf(run % CHATS),
        messageId: run,
        date: new Date(0),
        content: (run * 6).toString(16).padStart(2, "0").padEnd(64, "8"),
        size: 1,
        path: "/",
      };

/** Each list is asked for twice over: first as the disk gives it (`cold`), then as the server's memory does. */
export async function lists(url: string, messages: number): Promise<object> {
  const store = await openStore(url, { silentMs: 120_000 });
  try {
    const db = repositoriesOf(store);
    const measured: { [name: string]: { median: number; p95: number } } = {};
    for (const [name, list] of Object.entries(LISTS))
      measured[name] = spread(await times(RUNS, (run) => list(db, run)));
    const slow = Object.entries(measured).filter(([, { median }]) => median >= 50);
    return { unit: "ms", messages, slowerThan50: slow.map(([name]) => name), queries: measured };
  } finally {
    await store.close();
  }
}
