/** Every statement that the repositories send on a tour through all their methods, as it goes to the database. */

import type { Message } from "../../src/core/media.ts";
import { repositoriesOf } from "../../src/db/open-store.ts";
import type { Sql, Store } from "../../src/db/sql.ts";
import type { Value } from "../../src/db/values.ts";
import { newScan, sampleChat, sampleMessages } from "../contract/db/samples.ts";
import { type Calls, TOUR, TOUR_CHAT, type Visit } from "./tour/index.ts";

export interface Asked {
  /** The repository's method. */
  by: string;
  sql: string;
  values: readonly Value[];
}

/** Fills a store a little, calls everything, and gives back what was asked of the database. */
export async function askedOf(store: Store, rows: number): Promise<Asked[]> {
  const db = repositoriesOf(store);
  await db.chats.record([sampleChat({ chatId: TOUR_CHAT })]);
  for (let chat = 0; chat < 20; chat++) {
    await db.messages.record(historyOf(TOUR_CHAT - chat, Math.ceil(rows / 20)), "here");
  }
  for (let attempt = 0; attempt < 200; attempt++) {
    const entry = { uid: `tour-${attempt}`, chatId: TOUR_CHAT - (attempt % 20), messageId: attempt, at: new Date() };
    await db.downloadLog.add({ ...entry, status: "retry", hostname: `host-${attempt % 9}`, error: null });
  }
  const asked: Asked[] = [];
  for (const [name, calls] of Object.entries<{ [method: string]: Calls }>(TOUR)) {
    for (const [method, each] of Object.entries(calls)) {
      for (const call of each) {
        const by = `${name}.${method}`;
        const visit = await visitOf(
          store,
          heard(store, (sql, values) => asked.push({ by, sql, values })),
        );
        await call(visit);
        // As in life, most jobs are over, one way or another.
        const over = OVER[asked.length % OVER.length]!;
        await store.run("UPDATE jobs SET state = ?, locked_by = NULL, locked_until = NULL WHERE state = 'active'", [
          over,
        ]);
      }
    }
  }
  return asked;
}

/** No two alike, as in life: databases plan by how much rows differ. */
const historyOf = (chatId: number, count: number): Message[] =>
  sampleMessages(chatId, count).map((message, index) => ({
    ...message,
    date: new Date(Date.UTC(2024, 0, 1) + index * 3_700_000),
    senderId: index % 50,
    senderName: `Ada ${index % 50}`,
    text: `word${index % 300} of a message`,
    media: { ...message.media, size: ((index * 104_729) % 50_000_000) + 1, fileKey: `photo:${chatId}:${index}` },
  }));

const OVER = ["completed", "failed", "cancelled"] as const;

/** With a job in hand and a deletion under way, each call its own. */
async function visitOf(store: Store, listening: Store): Promise<Visit> {
  const db = repositoriesOf(store);
  const hostname = `tour-${visits++}`;
  await db.jobs.add([newScan({ hostname, payload: { chatId: TOUR_CHAT, filter: {}, next: "download" } })]);
  const claim = { workerId: hostname, hostname, leaseMs: 60_000, tasks: ["scan" as const] };
  const job = await db.jobs.claim(claim);
  if (job?.task !== "scan") throw new Error("The tour found no job.");
  const deletionId = `deletion-${hostname}`;
  await TOUR.deletions.create[0]!({ db, job, deletionId });
  await TOUR.deletions.freeze[0]!({ db, job, deletionId });
  await store.run("UPDATE deletions SET state = 'running' WHERE id = ?", [deletionId]);
  return { db: repositoriesOf(listening), job, deletionId };
}
let visits = 0;

function heard(store: Store, hear: (sql: string, values: readonly Value[]) => void): Store {
  const listeningTo = (sql: Sql): Pick<Sql, "all" | "run"> => ({
    all: (text, values = []) => {
      hear(text, values);
      return sql.all(text, values);
    },
    run: (text, values = []) => {
      hear(text, values);
      return sql.run(text, values);
    },
  });
  return {
    ...store,
    ...listeningTo(store),
    transaction: (work) => store.transaction((tx) => work({ ...tx, ...listeningTo(tx) })),
  };
}

/** It reads or changes rows that are there already, of messages or of their words. */
export const isAboutMessages = (sql: string): boolean =>
  /\b(FROM|JOIN|UPDATE) (messages|search_messages|download_log)\b/.test(sql);
