/**
 * Writes an archive beside its place and puts it there when it is whole.
 *
 * `<folder>.partial` grows; what is in it and where each chat stands is kept every few thousand messages, so that a
 * process that is killed goes on from there with the same bytes. An archive that is there already is replaced in the end,
 * and stays as it is until then.
 */
import { constants, rmSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StoredMessage } from "../core/media.ts";
import { CsvWriter } from "./csv/writer.ts";
import { ArchiveFolder, type WrittenFile } from "./folder.ts";
import { HtmlWriter } from "./html/writer.ts";
import { JsonWriter } from "./json/writer.ts";
import { type Manifest, readManifest, writeManifest, writeWhole } from "./manifest.ts";
import type { ArchivedChat, ArchiveOrder, ArchiveWriter, ChatSpan, FilePlace } from "./types.ts";

/** Where the messages come from, and their files. */
export interface ArchiveSource {
  /** The wanted messages of a chat above an id, by their ids up to `chat.upTo`, page by page. */
  read(chat: ArchivedChat, afterId: number): AsyncIterable<StoredMessage[]>;
  /** Puts the message's file into the archive being written (`folder`), and says where it is; twice is as good as once. */
  place(message: StoredMessage, folder: string): Promise<FilePlace>;
}

interface Checkpoint {
  order: ArchiveOrder;
  files: WrittenFile[];
  writer: unknown;
  /** Chats that are over, and how far the one at hand is. */
  spans: ChatSpan[];
  inChat: boolean;
}

const CHECKPOINT = ".checkpoint.json";
const KEEP_EVERY = 5_000;

export async function writeArchive(
  folder: string,
  order: ArchiveOrder,
  source: ArchiveSource,
  { signal, onMessages }: { signal: AbortSignal; onMessages(total: number): void },
): Promise<Manifest> {
  const partial = `${folder}.partial`;
  await mkdir(dirname(folder), { recursive: true });
  await repair(folder);
  const whole = (await readCheckpoint(partial)) === null ? await readManifest(partial) : null;
  const manifest = whole?.id === order.id ? whole : await write(partial, order, source, { signal, onMessages });
  await replace(folder, partial);
  return manifest;
}

/** The archive of an order, if it has its place already: a job that is done again has nothing to do. */
export async function finishedArchive(folder: string, order: Pick<ArchiveOrder, "id">): Promise<Manifest | null> {
  await repair(folder);
  const manifest = await readManifest(folder);
  return manifest?.id === order.id ? manifest : null;
}

/** The order of an archive that was interrupted: it goes on as it was begun. */
export async function interruptedOrder(folder: string, id: string): Promise<ArchiveOrder | null> {
  const order = (await readCheckpoint(`${folder}.partial`))?.order ?? null;
  return order?.id === id ? order : null;
}

async function write(
  partial: string,
  order: ArchiveOrder,
  source: ArchiveSource,
  { signal, onMessages }: { signal: AbortSignal; onMessages(total: number): void },
): Promise<Manifest> {
  const kept = await readCheckpoint(partial);
  const resumed = kept && JSON.stringify(kept.order) === JSON.stringify(order) ? kept : null;
  if (!resumed) await rm(partial, { recursive: true, force: true });
  const output = new ArchiveFolder(partial, resumed?.files);
  const writer = writerOf(output, order, resumed?.writer);
  const spans: ChatSpan[] = resumed?.spans.map((span) => ({ ...span })) ?? [];
  let inChat = resumed?.inChat ?? false;
  let total = spans.reduce((sum, { messages }) => sum + messages, 0);
  let unkept = 0;
  const keep = async () => {
    const checkpoint: Checkpoint = { order, files: output.keep(), writer: writer.state(), spans, inChat };
    await writeWhole(join(partial, CHECKPOINT), JSON.stringify(checkpoint));
    unkept = 0;
  };
  onMessages(total);

  for (let index = inChat ? spans.length - 1 : spans.length; index < order.chats.length; index++) {
    const chat = order.chats[index]!;
    if (!inChat) {
      spans.push({ chatId: chat.chatId, messages: 0, firstId: null, lastId: null });
      writer.beginChat(chat);
      inChat = true;
    }
    const span = spans[index]!;
    for await (const page of source.read(chat, span.lastId ?? 0)) {
      signal.throwIfAborted();
      for (const message of page) {
        writer.add({ message, place: await source.place(message, partial) });
        span.messages++;
        span.firstId ??= message.messageId;
        span.lastId = message.messageId;
      }
      total += page.length;
      unkept += page.length;
      onMessages(total);
      if (unkept >= KEEP_EVERY) await keep();
    }
    writer.endChat();
    inChat = false;
    if (order.all) await keep();
  }
  signal.throwIfAborted();
  writer.finish();
  const manifest = await writeManifest(partial, order, spans, signal);
  rmSync(join(partial, CHECKPOINT), { force: true });
  return manifest;
}

function writerOf(folder: ArchiveFolder, order: ArchiveOrder, state: unknown): ArchiveWriter {
  switch (order.format) {
    case "json":
      return new JsonWriter(folder, order, state);
    case "csv":
      return new CsvWriter(folder, order, state);
    case "html":
      return new HtmlWriter(folder, order, state);
  }
}

async function readCheckpoint(partial: string): Promise<Checkpoint | null> {
  try {
    return JSON.parse(await readFile(join(partial, CHECKPOINT), "utf8")) as Checkpoint;
  } catch {
    return null;
  }
}

async function replace(folder: string, partial: string): Promise<void> {
  const old = `${folder}.old`;
  if (await exists(folder)) await rename(folder, old);
  await rename(partial, folder);
  await syncFolder(dirname(folder));
  await rm(old, { recursive: true, force: true });
}

/** A process killed between two renames leaves the old archive aside: it comes back until the new one is there. */
async function repair(folder: string): Promise<void> {
  const old = `${folder}.old`;
  if (!(await exists(old))) return;
  if (await exists(folder)) await rm(old, { recursive: true, force: true });
  else await rename(old, folder);
}

/** A name is only safe from a power cut once its folder is on disk; some systems do not let one ask for it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY).catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
