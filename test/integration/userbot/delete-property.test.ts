import PQueue from "p-queue";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Deletion, isSettled } from "../../../src/core/deletion.ts";
import { RetryLaterError } from "../../../src/core/errors.ts";
import { newId } from "../../../src/core/id.ts";
import { type Job, NO_PROGRESS } from "../../../src/core/job.ts";
import type { Chat, Message } from "../../../src/core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../../src/core/media-filter.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import { Destinations } from "../../../src/userbot/destinations.ts";
import type { TaskContext } from "../../../src/userbot/task.ts";
import { deleteTask } from "../../../src/userbot/tasks/delete.ts";
import { deletePlan } from "../../../src/userbot/tasks/delete-plan.ts";
import { createTransfer } from "../../../src/userbot/transfer/index.ts";
import { InMemoryTelegram } from "../../contract/telegram/in-memory.ts";
import { SILENT } from "../../support/database.ts";
import { seededRandom } from "../../support/random.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";

const WORLDS = Number(process.env.WORLDS ?? 20);
const ME = 1;

const folder = makeTempFolder();
let db: Db;
beforeAll(async () => {
  db = await openDatabase({ databaseUrl: null, dataDir: folder, hostname: "here", log: SILENT });
});
afterAll(async () => {
  await db.close();
  removeFolder(folder);
});

it(`shows before what is deleted and refused afterwards, in ${WORLDS} random worlds, and touches no other chat`, async () => {
  const random = seededRandom();
  console.log(`seed ${random.seed}`);
  for (let world = 0; world < WORLDS; world++) await tryWorld(world, random.next);
});

async function tryWorld(world: number, next: () => number): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const telegram = new InMemoryTelegram({ id: ME, name: "Me", username: null, premium: false });
  const chats = ([ME, 77, -50, -1_001_000_000_001, -1_001_000_000_002] as const).map((id, n) =>
    chatOf(id === ME ? ME : id > 0 ? id + world * 1_000 : id - world * 1_000, n),
  );
  for (const chat of chats) {
    const messages = Array.from({ length: Math.floor(next() * 260) }, (_, n) => messageOf(chat, n + 1, next)).reverse();
    telegram.chatsById.set(chat.chatId, { chat, messages });
    telegram.rights.set(chat.chatId, { deleteAny: next() < 0.4, revokeWithin: pick([null, null, 172_800]) });
  }
  await db.chats.record(chats);
  const chat = pick(chats);
  const known = telegram.chatsById.get(chat.chatId)!;
  const filter = pick<MediaFilter>([
    {},
    { from: ["me"] },
    { notFrom: ["me"] },
    { text: ["even"] },
    { types: ["text"], limit: 30 },
    { messageIds: [1, 2, 3, 50, 51, 9_999] },
    { minId: 20, maxId: 140 },
    { limit: 10, sort: "oldest" },
  ]);
  const stubborn = known.messages.filter(() => next() < 0.02).map(({ messageId }) => messageId);
  for (const id of stubborn) telegram.undeletable.add(id);
  const before = new Map([...telegram.chatsById].map(([id, { messages }]) => [id, messages.map((m) => m.messageId)]));
  const matching = known.messages.filter((m) => matchesMediaFilter(m, filter, { selfId: ME }));
  const matched = Math.min(matching.length, filter.limit ?? Infinity);

  const context = contextOf(telegram, next);
  const planned = await db.deletions.create({
    id: newId(),
    chatId: chat.chatId,
    chatTitle: chat.title,
    filter,
    everyone: next() < 0.5,
    ownerChatId: ME,
    replyToId: null,
  });
  await deletePlan(jobOf("delete-plan", planned), context);
  const summary = (await db.deletions.get(planned.id))!.summary!;
  const impossible = Object.values(summary.refused).reduce((sum, one) => sum + one, 0);
  expect(summary.count + impossible, `world ${world}: everything that matches is in the preview`).toBe(matched);

  const frozen = (await db.deletions.items(planned.id, {}, 10_000)).map(({ messageId }) => messageId);
  expect(frozen).toHaveLength(summary.count);
  await db.deletions.note(planned.id, { backup: false });
  for (const [from, to] of [
    ["preview", "copied"],
    ["copied", "grace"],
    ["grace", "ready"],
  ] as const)
    expect(await db.deletions.move(planned.id, [from], to, { readyAt: new Date() })).toBe(true);
  await deleteTask(jobOf("delete", planned), context);

  const deletion = (await db.deletions.get(planned.id))!;
  const items = await db.deletions.items(planned.id, {}, 10_000);
  const by = (state: string) => items.filter((item) => item.state === state).map(({ messageId }) => messageId);
  expect(deletion.state).toBe("done");
  expect(items.every(({ state }) => isSettled(state))).toBe(true);
  expect(by("deleted").length + by("refused").length, `world ${world}: the preview came true`).toBe(summary.count);
  expect(by("refused").sort()).toEqual(frozen.filter((id) => stubborn.includes(id)).sort());
  for (const [id, ids] of before) {
    const left = telegram.chatsById.get(id)!.messages.map(({ messageId }) => messageId);
    const gone = ids.filter((one) => !left.includes(one)).sort((a, b) => a - b);
    expect(gone, `world ${world}, chat ${id}`).toEqual(id === chat.chatId ? by("deleted") : []);
  }
}

/** Telegram whose answers are lost now and then, after or before the call was carried out. */
function unreliable(telegram: InMemoryTelegram, next: () => number): InMemoryTelegram {
  const honest = telegram.deleteMessages.bind(telegram);
  telegram.deleteMessages = async (...words) => {
    const luck = next();
    if (luck < 0.02) throw lost();
    const count = await honest(...words);
    if (luck < 0.04) throw lost();
    return count;
  };
  return telegram;
}
const lost = () => new RetryLaterError("Telegram cannot be reached.", new Date(), "NETWORK");

function contextOf(telegram: InMemoryTelegram, next: () => number): TaskContext {
  return {
    db,
    telegram: unreliable(telegram, next),
    transfer: createTransfer(telegram),
    workerId: "w",
    hostname: "here",
    downloadDir: folder,
    destinations: new Destinations(folder, `${folder}/destinations.jsonl`),
    settings: { ...DEFAULT_SETTINGS, deleteEnabled: true, deleteDailyCap: 1_000_000 },
    files: new PQueue(),
    progress: { ...NO_PROGRESS },
    signal: new AbortController().signal,
    log: SILENT,
    wait: () => {},
    emit: async () => {},
    nudge: () => {},
  } as unknown as TaskContext;
}

const jobOf = <T extends "delete" | "delete-plan">(task: T, { id }: Deletion): Job<T> =>
  ({ id: newId(), task, payload: { deletionId: id } }) as unknown as Job<T>;

function chatOf(chatId: number, n: number): Chat {
  return {
    chatId,
    type: (["user", "user", "group", "supergroup", "channel"] as const)[n]!,
    title: `Chat ${chatId}`,
    username: null,
    accessHash: "1",
    unread: 0,
    lastMessageAt: null,
    archived: false,
    folders: [],
    isForum: false,
    isBot: false,
    isSelf: chatId === ME,
    restricted: false,
    linkedChatId: null,
    lastScanAt: null,
  };
}

function messageOf({ chatId }: Chat, messageId: number, next: () => number): Message {
  const outgoing = next() < 0.5;
  const dice = next() < 0.05;
  return {
    chatId,
    messageId,
    date: new Date(Date.now() - Math.floor(next() * 10 * 86_400_000)),
    editedAt: null,
    senderId: outgoing ? ME : 9,
    senderName: outgoing ? "Me" : "Anna",
    outgoing,
    text: dice ? "" : messageId % 2 === 0 ? "even" : "odd",
    albumId: null,
    topicId: null,
    replyToId: null,
    service: next() < 0.05 ? "pin_message" : null,
    media: {
      type: dice ? "other" : "none",
      ...(dice ? { otherKind: "dice" } : {}),
      round: false,
      fileName: null,
      mimeType: null,
      size: null,
      fileKey: null,
      dcId: null,
      duration: null,
      width: null,
      height: null,
      restricted: false,
    },
  };
}
