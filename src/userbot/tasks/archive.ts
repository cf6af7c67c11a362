/**
 * archive — writes what a chat, or every chat, holds into a folder of its own, with the files where they are wanted.
 *
 * Index, files, pages, proof: each step finds what an interrupted run of the same job has left and goes on there. The
 * folder of an earlier archive of the same wish stays whole until the new one takes its place.
 */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArchivedChat,
  type ArchiveOrder,
  finishedArchive,
  interruptedOrder,
  type Manifest,
  packZip,
  writeArchive,
} from "../../archive/index.ts";
import { describeMediaFilter } from "../../core/describe-filter.ts";
import { FileError } from "../../core/errors.ts";
import { type Job, NO_PROGRESS } from "../../core/job.ts";
import type { Chat } from "../../core/media.ts";
import type { ArchiveResult, ArchiveWish } from "../../core/tasks.ts";
import { fetchFiles, hasFile, pathOf, placeFile } from "../archive/files.ts";
import { folderName, sentName } from "../archive/names.ts";
import { updateIndex } from "../archive/update-index.ts";
import { type ReadWanted, wantedRows } from "../archive/wanted.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat, refuseRestricted } from "./known-chat.ts";

/** A folder that bots can send as one file is packed without being asked. */
const PACKED_UP_TO = 48 * 1024 ** 2;
const IDS_AT_ONCE = 500;
const CHATS_AT_ONCE = 200;

export const archive: Task<"archive"> = async (job, context) => {
  const { downloadDir, progress } = context;
  const wish = job.payload;
  const folder = join(downloadDir, "archives", folderName(wish, job.title));
  Object.assign(progress, NO_PROGRESS);
  const { chats, restricted } = await chatsOf(wish, context);
  const read = await wantedRows(wish.filter, context);

  let manifest = await finishedArchive(folder, job);
  if (!manifest) {
    const order = (await interruptedOrder(folder, job.id)) ?? (await begin(job, chats, read, context));
    const placing = { all: order.all, media: wish.media, hostname: context.hostname, before: folder };
    progress.total = await countWanted(order.chats, wish, read, context);
    manifest = await writeArchive(
      folder,
      order,
      { read, place: (message, into) => placeFile(message, into, placing) },
      {
        signal: context.signal,
        onMessages: (written) => {
          progress.done = written;
        },
      },
    );
  }
  Object.assign(progress, { done: manifest.messages, total: manifest.messages });
  const missing = await prove(manifest, chats, wish, read, context);
  return { ...(await handOver(job, folder, manifest, context)), chats: manifest.chats.length, restricted, missing };
};

async function chatsOf(wish: ArchiveWish, context: TaskContext): Promise<{ chats: Chat[]; restricted: number }> {
  if (wish.chatId !== null) {
    const chat = await knownChat(context, wish.chatId);
    refuseRestricted(chat, context);
    return { chats: [chat], restricted: 0 };
  }
  const chats: Chat[] = [];
  for (let offset = 0; ; offset += CHATS_AT_ONCE) {
    const page = await context.db.chats.list({}, { limit: CHATS_AT_ONCE, offset });
    chats.push(...page.chats);
    if (chats.length >= page.total || page.chats.length === 0) break;
  }
  const allowed = chats.filter((chat) => !chat.restricted || context.settings.allowRestricted);
  return { chats: allowed, restricted: chats.length - allowed.length };
}

/** Index and files first; then it is fixed what this archive holds, whatever arrives meanwhile. */
async function begin(
  job: Job<"archive">,
  chats: readonly Chat[],
  read: ReadWanted,
  context: TaskContext,
): Promise<ArchiveOrder> {
  const { db, settings } = context;
  const { filter, format, media, chatId } = job.payload;
  const archived: ArchivedChat[] = [];
  for (const chat of chats) {
    await updateIndex(job, chat, context);
    const upTo = await db.messages.newestId(chat.chatId);
    if (upTo === 0 && chatId === null) continue;
    const { type, title, username, isSelf, isBot } = chat;
    const topics = chat.isForum ? { topics: Object.fromEntries(await db.topics.of(chat.chatId)) } : {};
    archived.push({ chatId: chat.chatId, type, title, username, isSelf, isBot, upTo, ...topics });
  }
  if (media)
    for (const chat of archived) {
      const known = chats.find((one) => one.chatId === chat.chatId)!;
      await fetchFiles(job.id, known, read(chat, 0), context);
    }
  const { timeZone, csvBom, csvEscapeFormulas } = settings;
  return {
    id: job.id,
    format,
    media,
    look: { timeZone, csvBom, csvEscapeFormulas },
    createdAt: job.createdAt.toISOString(),
    filter: Object.keys(filter).length === 0 ? null : describeMediaFilter(filter, { now: job.createdAt, timeZone }),
    all: chatId === null,
    chats: archived,
  };
}

/** For the card; a filter can only be counted by looking. */
async function countWanted(
  chats: readonly ArchivedChat[],
  { filter }: ArchiveWish,
  read: ReadWanted,
  { db }: TaskContext,
): Promise<number> {
  let total = 0;
  const isAll = Object.keys(filter).length === 0;
  for (const chat of chats) {
    if (isAll) total += await db.archives.count(chat.chatId);
    else for await (const page of read(chat, 0)) total += page.length;
  }
  return total;
}

/**
 * Marks what is on the disk for certain: the archive has just been read back for its hashes. A file counts only where
 * the hash is the one it was saved with. Answers with the number of wanted files that are not there.
 */
async function prove(
  manifest: Manifest,
  chats: readonly Chat[],
  wish: ArchiveWish,
  read: ReadWanted,
  { db, signal }: TaskContext,
): Promise<number> {
  const hashes = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  let missing = 0;
  for (const span of manifest.chats) {
    const chat = chats.find(({ chatId }) => chatId === span.chatId);
    if (!chat || span.lastId === null) continue;
    const proven: number[] = [];
    for await (const page of read({ ...chat, upTo: span.lastId }, (span.firstId ?? 1) - 1)) {
      signal.throwIfAborted();
      for (const message of page) {
        const isHeld = !hasFile(message) || isProven(message, hashes, wish);
        if (isHeld) proven.push(message.messageId);
        else if (wish.media) missing++;
      }
      while (proven.length >= IDS_AT_ONCE) await db.archives.prove(span.chatId, proven.splice(0, IDS_AT_ONCE));
    }
    await db.archives.prove(span.chatId, proven);
  }
  return missing;
}

function isProven(
  message: Parameters<typeof pathOf>[0],
  hashes: ReadonlyMap<string, string>,
  { media, chatId }: ArchiveWish,
): boolean {
  const { localFilePath, sha256 } = message;
  if (!media || localFilePath === null || sha256 === null) return false;
  return hashes.get(pathOf(message, localFilePath, chatId === null)) === sha256;
}

type HandedOver = Omit<ArchiveResult, "chats" | "restricted" | "missing">;

/** One file that can be sent: the only one there is, or a zip of all where that is asked for or small. */
async function handOver(
  job: Job<"archive">,
  folder: string,
  manifest: Manifest,
  { hostname, settings, signal }: TaskContext,
): Promise<HandedOver> {
  const wish = job.payload;
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const [only] = manifest.files.length === 1 ? manifest.files : [];
  const zip = `${folder}.zip`;
  const packs = wish.zip || (!only && bytes <= PACKED_UP_TO);
  const name = sentName(wish, job.title, job.createdAt, settings.timeZone, packs || !only);
  const common = { messages: manifest.messages, folder, hostname, name };
  // One of an earlier run is no longer what stands in the folder.
  await rm(zip, { force: true });
  if (!packs) return { ...common, file: only ? join(folder, only.path) : null, bytes };
  await packZip(folder, zip, name.replace(/\.zip$/, ""), signal);
  const found = await stat(zip).catch(() => null);
  if (!found) throw new FileError("The zip could not be written.");
  return { ...common, file: zip, bytes: found.size };
}
