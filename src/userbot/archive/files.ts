/** The files of archived messages: fetched first where they are wanted, then put beside the messages. */
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FilePlace, mediaPath } from "../../archive/index.ts";
import type { Chat, StoredMessage } from "../../core/media.ts";
import { forEachConcurrent } from "../pool.ts";
import type { TaskContext } from "../task.ts";
import { saveOne } from "../tasks/save-one.ts";
import { linkOrCopy } from "../transfer/index.ts";

const MESSAGES_AT_ONCE = 100;

/** Whether the message has a file that Telegram keeps, not only a preview or a word about one. */
export const hasFile = ({ media }: StoredMessage): boolean => media.fileKey !== null;

export async function fetchFiles(
  rootId: string,
  chat: Chat,
  read: AsyncGenerator<StoredMessage[]>,
  context: TaskContext,
): Promise<void> {
  const { telegram, files, signal, hostname } = context;
  let ids: number[] = [];
  const fetchAll = async () => {
    const wanted = ids;
    ids = [];
    if (wanted.length === 0) return;
    const fetched = await telegram.messages(chat, wanted, signal);
    const byId = new Map(fetched.map((one) => [one.message.messageId, one]));
    await forEachConcurrent(wanted, { queue: files, signal }, (messageId, stop) =>
      saveOne(rootId, chat, messageId, byId.get(messageId) ?? null, { ...context, signal: stop }),
    );
  };
  for await (const page of read) {
    for (const message of page) {
      if (!hasFile(message) || (await localFile(message, hostname)) !== null) continue;
      context.progress.totalBytes += message.media.size ?? 0;
      ids.push(message.messageId);
      if (ids.length >= MESSAGES_AT_ONCE) await fetchAll();
    }
  }
  await fetchAll();
}

/** The saved file, if it is on this machine as it was saved. */
export async function localFile(message: StoredMessage, hostname: string): Promise<string | null> {
  const { localFilePath, downloadHostname, sha256, media } = message;
  if (localFilePath === null || downloadHostname !== hostname || sha256 === null) return null;
  const bytes = await sizeOf(localFilePath);
  return bytes === null || (media.size !== null && bytes !== media.size) ? null : localFilePath;
}

export interface Placing {
  all: boolean;
  media: boolean;
  hostname: string;
  /** Where the archive of an earlier run stands: a file that has been moved away since is still in there. */
  before: string;
}

/** Puts a message's file into `folder`; done twice it is there once. */
export async function placeFile(message: StoredMessage, folder: string, placing: Placing): Promise<FilePlace> {
  const { type, fileKey } = message.media;
  if (type === "none" || type === "other") return null;
  if (!placing.media) return { absent: fileKey === null ? "unavailable" : "not-wanted" };
  if (fileKey === null || message.localFilePath === null) return { absent: "unavailable" };
  const path = pathOf(message, message.localFilePath, placing.all);
  const target = join(folder, path);
  if ((await sizeOf(target)) !== null) return { path };
  const source = (await localFile(message, placing.hostname)) ?? (await earlier(message, path, placing));
  if (source === null) return { absent: "unavailable" };
  await mkdir(dirname(target), { recursive: true });
  await linkOrCopy(source, target);
  return { path };
}

export const pathOf = ({ chatId, messageId, media }: StoredMessage, localPath: string, all: boolean): string =>
  mediaPath({ chatId, messageId, type: media.type, localPath }, all);

async function earlier({ media }: StoredMessage, path: string, { before }: Placing): Promise<string | null> {
  const there = join(before, path);
  const bytes = await sizeOf(there);
  return bytes !== null && (media.size === null || bytes === media.size) ? there : null;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
