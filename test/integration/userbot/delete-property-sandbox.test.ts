/** The same property as in delete-property.test.ts, with the account, its rights and its refusals at the real far end. */
import PQueue from "p-queue";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Builder, ChatInput } from "../../../sandbox/world/builder.ts";
import { isSettled } from "../../../src/core/deletion.ts";
import { newId } from "../../../src/core/id.ts";
import { type Job, NO_PROGRESS } from "../../../src/core/job.ts";
import type { Chat, Message } from "../../../src/core/media.ts";
import { type MediaFilter, matchesMediaFilter } from "../../../src/core/media-filter.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/settings.ts";
import type { Db } from "../../../src/db/db.ts";
import { openDatabase } from "../../../src/db/index.ts";
import type { GramjsTelegram } from "../../../src/userbot/gramjs/client.ts";
import type { TaskContext } from "../../../src/userbot/task.ts";
import { deleteTask } from "../../../src/userbot/tasks/delete.ts";
import { deletePlan } from "../../../src/userbot/tasks/delete-plan.ts";
import { SILENT } from "../../support/database.ts";
import { seededRandom } from "../../support/random.ts";
import { makeTempFolder, removeFolder } from "../../support/temp.ts";
import { connected, type Stage, stage } from "./stage.ts";

const WORLDS = Number(process.env.WORLDS ?? 12);
const OWNER = 5_000_001;
const STANDINGS = ["creator", "admin", "junior", "member"] as const;

const folder = makeTempFolder();
let db: Db;
beforeAll(async () => {
  db = await openDatabase({ databaseUrl: null, dataDir: folder, hostname: "here", log: SILENT });
});
afterAll(async () => {
  await db.close();
  removeFolder(folder);
});

it(`shows before what is deleted and refused afterwards, in ${WORLDS} random chats with random rights`, async () => {
  const { seed, next } = seededRandom();
  console.log(`seed ${seed}`);
  const on = await stage({ fill: (builder) => fillRandomly(builder, next) });
  const telegram = await connected(on);
  const chats: Chat[] = [];
  for await (const page of telegram.chats(on.signal)) chats.push(...page);
  await db.chats.record(chats);
  const before = new Map<number, Message[]>();
  for (const chat of chats) before.set(chat.chatId, await historyOf(telegram, chat, on));
  const gone = new Map<number, Set<number>>();
  const tried = chats.filter(({ title }) => title.startsWith("World"));
  expect(tried).toHaveLength(WORLDS);
  for (const chat of tried) gone.set(chat.chatId, await tryChat(on, telegram, chat, before.get(chat.chatId)!, next));
  // Every chat of the account, whoever was at work in which.
  for (const chat of chats) {
    const present = new Set((await historyOf(telegram, chat, on).catch(() => [])).map(({ messageId }) => messageId));
    if (present.size === 0 && tried.includes(chat)) continue;
    const lost = before.get(chat.chatId)!.filter(({ messageId }) => !present.has(messageId));
    expect(new Set(lost.map(({ messageId }) => messageId)), chat.title).toEqual(gone.get(chat.chatId) ?? new Set());
  }
});

/** Answers with what is gone from it. */
async function tryChat(on: Stage, telegram: GramjsTelegram, chat: Chat, messages: Message[], next: () => number) {
  const filter = randomFilter(next);
  const matching = messages.filter((message) => matchesMediaFilter(message, filter, { selfId: OWNER })).length;
  const context = contextOf(telegram, on.signal);
  const { id } = await db.deletions.create({
    id: newId(),
    chatId: chat.chatId,
    chatTitle: chat.title,
    filter,
    everyone: next() < 0.5,
    ownerChatId: OWNER,
    replyToId: null,
  });
  const about = `${chat.title} (${chat.type}), ${JSON.stringify(filter)}`;
  await deletePlan({ payload: { deletionId: id } } as unknown as Job<"delete-plan">, context);
  const summary = (await db.deletions.get(id))!.summary!;
  const impossible = Object.values(summary.refused).reduce((sum, one) => sum + one, 0);
  expect(summary.count + impossible, `${about}: all that matches is in the preview`).toBe(
    Math.min(matching, filter.limit ?? Infinity),
  );

  await db.deletions.note(id, { backup: false });
  const step = (from: "preview" | "copied" | "grace", to: "copied" | "grace" | "ready") =>
    db.deletions.move(id, [from], to, { readyAt: new Date() });
  expect([await step("preview", "copied"), await step("copied", "grace"), await step("grace", "ready")]).toEqual([
    true,
    true,
    true,
  ]);
  // The right may be taken away after the preview, and a line may break at the call.
  if (chat.chatId < 0 && next() < 0.3) on.world.setStatus(chat.chatId, OWNER, pick(["member", "left"], next));
  if (next() < 0.3) on.fault({ method: "channels.deleteMessages", kind: "cut", count: 1 });
  await deleteTask({ payload: { deletionId: id } } as unknown as Job<"delete">, context);
  on.world.faults.clear();

  const items = await db.deletions.items(id, {}, 10_000);
  const by = (state: string) => items.filter((item) => item.state === state).map(({ messageId }) => messageId);
  expect((await db.deletions.get(id))!.state, about).toBe("done");
  expect(items.every(({ state }) => isSettled(state))).toBe(true);
  expect(by("deleted").length + by("refused").length, `${about}: the preview came true`).toBe(summary.count);
  return new Set(by("deleted"));
}

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], next: () => number): T =>
  list[Math.floor(next() * list.length)]!;

function randomFilter(next: () => number): MediaFilter {
  return pick<MediaFilter>(
    [
      {},
      { from: ["me"] },
      { notFrom: ["me"] },
      { types: ["photo", "document"] },
      { types: ["text"], limit: 30 },
      { minId: 5, maxId: 60 },
      { limit: 10, sort: "oldest" },
    ],
    next,
  );
}

/** A chat for each world: of any kind, with the owner in any standing, full of whatever people send. */
function fillRandomly(builder: Builder, next: () => number): void {
  const pals = [1, 2].map((n) => builder.user(6_000_060 + n, `Pal ${n}`, { username: `pal_${n}` }).id);
  const privately: Parameters<Builder["privateChats"]>[1][number][] = [];
  for (let world = 0; world < WORLDS; world++) {
    const series = { count: 15 + Math.floor(next() * 200), media: 10, sizeMin: 500, sizeMax: 2_000 };
    const kind = pick(["private", "group", "supergroup", "supergroup", "channel"] as const, next);
    const title = `World ${world}`;
    if (kind === "private") {
      const peerId = builder.user(6_100_000 + world, title, { username: `world_${world}` }).id;
      privately.push({ peerId, series });
    } else builder.chat({ kind, title, series, ...standing(pick(STANDINGS, next), pals) });
  }
  builder.privateChats(OWNER, privately);
  // Telegram holds a throw of the dice for a day.
  for (const { peerId } of privately)
    builder.message(OWNER, peerId, { text: "", media: { kind: "dice", emoji: "🎲", value: 3 } });
}

function standing(owner: (typeof STANDINGS)[number], pals: number[]): Partial<ChatInput> {
  if (owner === "creator") return { creatorId: OWNER, members: pals };
  const others = { creatorId: pals[0]!, members: [pals[1]!] };
  if (owner === "admin") return { ...others, admins: [OWNER] };
  return owner === "junior" ? { ...others, juniorAdmins: [OWNER] } : { ...others, members: [pals[1]!, OWNER] };
}

async function historyOf(telegram: GramjsTelegram, chat: Chat, on: Stage): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const page of telegram.history(chat, {}, on.signal)) messages.push(...page);
  return messages;
}

const contextOf = (telegram: GramjsTelegram, signal: AbortSignal): TaskContext =>
  ({
    db,
    telegram,
    workerId: "w",
    hostname: "here",
    downloadDir: folder,
    settings: { ...DEFAULT_SETTINGS, deleteEnabled: true, deleteDailyCap: 1_000_000 },
    files: new PQueue(),
    progress: { ...NO_PROGRESS },
    signal,
    log: SILENT,
    wait: () => {},
    emit: async () => {},
    nudge: () => {},
  }) as unknown as TaskContext;
