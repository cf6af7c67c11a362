/** Every query behind what the bot shows, as it goes to the database, with how the database means to answer it. */
import type { Repositories } from "../../src/db/db.ts";
import { repositoriesOf } from "../../src/db/open-store.ts";
import type { Store } from "../../src/db/sql.ts";
import type { Value } from "../../src/db/values.ts";
import { sampleChat, sampleMessages } from "../contract/db/samples.ts";

const PAGE = { limit: 10, offset: 20 };
const CHAT = -1_000_000_000_500;

export interface Asked {
  /** The repository's method. */
  by: string;
  sql: string;
  values: readonly Value[];
}

const LISTS: { [name: string]: (db: Repositories) => Promise<unknown> } = {
  "chats.list": (db) => db.chats.list({}, PAGE),
  "messages.get": (db) => db.messages.get({ chatId: CHAT, messageId: 7 }),
  "messages.of": (db) => db.messages.of(CHAT, [1, 2, 3]),
  "messages.newestId": (db) => db.messages.newestId(CHAT),
  "messages.failedOf": (db) => db.messages.failedOf("root", PAGE),
  "messages.ownedFiles": (db) => db.messages.ownedFiles(["document:1", "document:2"], "here"),
  "messages.countDownloaded": (db) => db.messages.countDownloaded(CHAT, null),
  "messages.countDownloaded of types": (db) => db.messages.countDownloaded(CHAT, ["photo", "video"]),
  "messages.count of a chat": (db) => db.messages.count({ chatId: CHAT }),
  "messages.count of a chat by status": (db) => db.messages.count({ chatId: CHAT, status: "failed" }),
  "downloadLog.of": (db) => db.downloadLog.of({ chatId: CHAT, messageId: 7 }),
  "downloadLog.count": (db) => db.downloadLog.count({ chatId: CHAT }),
  "actionLog.list": (db) => db.actionLog.list({ chatId: CHAT }, PAGE),
  "jobs.family": (db) => db.jobs.family("root"),
  "jobs.roots": (db) => db.jobs.roots({ states: ["active", "waiting"] }, PAGE),
  "jobs.claim": (db) => db.jobs.claim({ workerId: "w", hostname: "h", leaseMs: 1000, tasks: ["scan", "download"] }),
  "jobEvents.untold": (db) => db.jobEvents.untold(["root"], 10),
  "jobCards.openCards": (db) => db.jobCards.openCards(),
};

/** Fills a store a little, asks for every list, and gives back what was asked of the database. */
export async function askedOf(store: Store, rows: number): Promise<Asked[]> {
  await repositoriesOf(store).chats.record([sampleChat({ chatId: CHAT })]);
  for (let chat = 0; chat < 20; chat++) {
    await repositoriesOf(store).messages.record(sampleMessages(CHAT - chat, Math.ceil(rows / 20)), "here");
  }
  const asked: Asked[] = [];
  for (const [by, list] of Object.entries(LISTS)) {
    const listening: Store = {
      ...store,
      all: (sql, values = []) => {
        asked.push({ by, sql, values });
        return store.all(sql, values);
      },
    };
    await list(repositoriesOf(listening));
  }
  return asked;
}
