/**
 * Disks in every state that a disk may be in: contents kept twice and more, changed since they were hashed, linked
 * already, gone, replaced by links and folders, on another machine. Whatever is freed, not one content may be lost.
 */
import { createHash } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { chosenBy, type FreeOrder, orderFor } from "../../../src/core/duplicates.ts";
import { type Job, NO_PROGRESS } from "../../../src/core/job.ts";
import type { Message } from "../../../src/core/media.ts";
import type { Db } from "../../../src/db/db.ts";
import { NO_MEDIA } from "../../../src/userbot/gramjs/convert-media.ts";
import type { TaskContext } from "../../../src/userbot/task.ts";
import { duplicates } from "../../../src/userbot/tasks/duplicates.ts";
import { freeDuplicates } from "../../../src/userbot/tasks/free-duplicates.ts";

/** A machine of its own for each state, so that no state sees another one's files. */
const here = (chatId: number) => `machine${chatId}`;
const THERE = "machine-b";

export interface Dice {
  below(count: number): number;
  chance(share: number): boolean;
}

export interface Outcome {
  faults: string[];
  freed: number;
  kept: number;
}

/** One disk: filled, looked through, spoiled a little more, freed, perhaps killed in between, and counted. */
export async function oneState(db: Db, folder: string, chatId: number, dice: Dice): Promise<Outcome> {
  mkdirSync(folder, { recursive: true });
  await fill(db, folder, chatId, dice);
  const report = await duplicates(jobOf("duplicates", {}) as never, contextFor(db, here(chatId)));
  const orders = report.groups
    .filter(({ copies }) => copies.some(({ paths }) => paths.some((path) => path.startsWith(folder))))
    .flatMap((group): FreeOrder[] => {
      const keep = dice.chance(0.5)
        ? dice.below(group.copies.length)
        : (chosenBy({ keep: dice.chance(0.5) ? "newest" : "oldest" }, group) ?? 0);
      const order = orderFor(group, keep);
      return order ? [order] : [];
    });
  for (const order of orders)
    if (dice.chance(0.3)) spoil(dice.chance(0.5) ? order.keep : order.drop[dice.below(order.drop.length)]!, dice);
  const before = contentsOf(folder);
  const rowsBefore = await rowsOf(db, chatId);
  const untouched = new Map([...before.paths].filter(([path]) => !orders.some(({ drop }) => drop.includes(path))));
  const how = dice.chance(0.5) ? "link" : "remove";
  const result = await freed(db, here(chatId), orders, how, dice);

  const after = contentsOf(folder);
  const faults: string[] = [];
  for (const content of before.contents) if (!after.contents.has(content)) faults.push(`a content was lost (${how})`);
  for (const [path, content] of untouched)
    if (after.paths.get(path) !== content) faults.push(`${path} was not to be touched (${how})`);
  for (const [path] of after.paths) if (path.endsWith(".tu-aside")) faults.push(`${path} was left aside`);
  const rowsAfter = await rowsOf(db, chatId);
  for (const [id, path] of rowsBefore) {
    const content = before.paths.get(path);
    if (content && after.paths.get(rowsAfter.get(id) ?? "") !== content)
      faults.push(`message ${id} lost its file ${path} (${how})`);
  }
  rmSync(folder, { recursive: true, force: true });
  return { faults, ...result };
}

async function fill(db: Db, folder: string, chatId: number, dice: Dice): Promise<void> {
  const contents = 1 + dice.below(3);
  let messageId = 0;
  for (let content = 0; content < contents; content++) {
    const bytes = Buffer.alloc(1 + dice.below(3_000), `${chatId}:${content}:`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const paths: string[] = [];
    for (let copy = 0; copy < 2 + dice.below(3); copy++) {
      messageId++;
      const path = join(folder, `${messageId} “odd” .bin`);
      const kind = dice.below(12);
      const elsewhere = kind === 0;
      if (!elsewhere) place(path, bytes, paths, kind, dice);
      paths.push(path);
      const hostname = elsewhere ? THERE : here(chatId);
      await db.messages.record([message(chatId, messageId, bytes.length, sha256, dice)], hostname);
      const saved = { path, bytes: bytes.length, sha256, hostname, rootId: "drill" };
      await db.messages.saved({ chatId, messageId }, saved);
    }
  }
}

function place(path: string, bytes: Buffer, others: readonly string[], kind: number, dice: Dice): void {
  const other = others[dice.below(Math.max(1, others.length))];
  if (kind === 1) return;
  if (kind === 2 && other) symlinkSync(other, path);
  else if (kind === 3 && other && isFile(other)) linkSync(other, path);
  else if (kind === 4) mkdirSync(path);
  else writeFileSync(path, bytes);
  if (kind === 5 || kind === 6) spoil(path, dice);
}

/** After it was hashed: another content of the same size, a shorter one, or nothing at all. */
function spoil(path: string, dice: Dice): void {
  if (!isFile(path)) return;
  const { length } = readFileSync(path);
  const kind = dice.below(4);
  if (kind === 0) rmSync(path);
  else if (kind === 1) writeFileSync(path, readFileSync(path).subarray(0, Math.floor(length / 2)));
  else {
    const bytes = Buffer.from(readFileSync(path));
    bytes[dice.below(length)]! ^= 255;
    rmSync(path);
    writeFileSync(path, bytes);
  }
}

/** Tried until it comes through: sometimes it is killed, sometimes the database fails in the middle. */
async function freed(db: Db, hostname: string, orders: FreeOrder[], how: "link" | "remove", dice: Dice) {
  const job = jobOf("free-duplicates", { orders, how });
  for (let attempt = 0; ; attempt++) {
    const hurt = attempt < 3 && dice.chance(0.3);
    const context = contextFor(db, hostname);
    if (hurt) {
      const calls = dice.below(3);
      let seen = 0;
      context.confirm = async () => {
        if (seen++ >= calls) throw new Error("The database went away.");
      };
    }
    try {
      const { freed: count, kept } = await freeDuplicates(job as never, context);
      return { freed: count, kept: kept.length };
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes("went away")) throw error;
      Object.assign(job, { progress: { ...context.progress } });
    }
  }
}

const contextFor = (db: Db, hostname: string): TaskContext =>
  ({
    db,
    hostname,
    progress: { ...NO_PROGRESS },
    signal: new AbortController().signal,
    log: pino({ level: "silent" }),
    confirm: async () => {},
  }) as unknown as TaskContext;

const jobOf = (task: Job["task"], payload: unknown) => ({ id: "drill", task, payload, progress: { ...NO_PROGRESS } });

const message = (chatId: number, messageId: number, size: number, sha256: string, dice: Dice): Message => ({
  chatId,
  messageId,
  date: new Date(1_700_000_000_000 + dice.below(1_000_000) * 1_000),
  editedAt: null,
  senderId: 1,
  senderName: null,
  outgoing: false,
  text: "",
  albumId: null,
  topicId: null,
  replyToId: null,
  service: null,
  media: {
    ...NO_MEDIA,
    type: "document",
    size: dice.chance(0.9) ? size : null,
    fileKey: `document:${chatId}-${sha256.slice(0, 8)}-${messageId}`,
  },
});

async function rowsOf(db: Db, chatId: number): Promise<Map<number, string>> {
  const ids = Array.from({ length: 20 }, (_, index) => index + 1);
  const rows = (await db.messages.of(chatId, ids)).filter(({ downloadHostname }) => downloadHostname === here(chatId));
  return new Map(rows.map(({ messageId, localFilePath }) => [messageId, localFilePath ?? ""]));
}

function contentsOf(folder: string): { contents: Set<string>; paths: Map<string, string> } {
  const paths = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isFile(path)) paths.set(path, createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
  return { contents: new Set(paths.values()), paths };
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
