/** restore — posts the copy of a deletion again, in order, as the account's own messages. Goes on where it was stopped. */
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deletion } from "../../core/deletion.ts";
import { FileError, UserError } from "../../core/errors.ts";
import type { Job } from "../../core/job.ts";
import type { Chat } from "../../core/media.ts";
import { fitsCaption, repostGroups, repostParts, repostText, stopName } from "../../core/repost.ts";
import { type CopiedMessage, CopyFolder } from "../deletion/copy-folder.ts";
import { ALBUM_SIZE, type OutgoingFile, type SendOptions } from "../outgoing.ts";
import type { Task, TaskContext } from "../task.ts";
import { knownChat } from "./known-chat.ts";

const AT_ONCE = 1_000;

export const restore: Task<"restore"> = async (job, context) => {
  const { db, progress, signal, log } = context;
  const deletion = await db.deletions.get(job.payload.deletionId);
  if (!deletion?.folder || !deletion.manifestSha256)
    throw new UserError("There is no copy of that deletion, so nothing can be posted again.");
  const folder = new CopyFolder(deletion.folder);
  if (!(await folder.isWhole(deletion.manifestSha256)))
    throw new UserError(`The copy in ${deletion.folder} is not what it was: put it back as it was, then try again.`);
  const chat = await knownChat(context, job.payload.chatId);
  const deleted = await deletedIds(deletion, context);
  progress.total = deleted.size;
  const post = new Reposter(job, deletion, chat, folder, context);
  // Counted anew; what was posted before has kept its key, and Telegram posts nothing twice.
  let done = 0;
  for await (const group of groupsOf(folder, deleted)) {
    signal.throwIfAborted();
    done += group.length;
    if (done <= progress.done) continue;
    if (await db.settings.recall<boolean>(stopName(job.id)))
      return { posted: progress.saved, missing: progress.total - progress.saved, stopped: true };
    try {
      await post.group(group);
      progress.saved += group.length;
    } catch (error) {
      if (!(error instanceof FileError || error instanceof UserError)) throw error;
      log.warn({ err: error, messageId: group[0]!.message.messageId }, "A message could not be posted again.");
      progress.failed += group.length;
    }
    progress.done = done;
  }
  return { posted: progress.saved, missing: progress.total - progress.saved };
};

class Reposter {
  readonly #job: Job<"restore">;
  readonly #deletion: Deletion;
  readonly #chat: Chat;
  readonly #folder: CopyFolder;
  readonly #context: TaskContext;
  /** New ids by old ones, for answers within what is restored. */
  readonly #ids = new Map<number, number>();

  constructor(job: Job<"restore">, deletion: Deletion, chat: Chat, folder: CopyFolder, context: TaskContext) {
    this.#job = job;
    this.#deletion = deletion;
    this.#chat = chat;
    this.#folder = folder;
    this.#context = context;
  }

  async group(group: readonly CopiedMessage[]): Promise<void> {
    const { telegram, settings, signal } = this.#context;
    const [first] = group;
    const { message } = first!;
    const texts = group.map((one) => repostText(one.message, settings.timeZone));
    const files = await this.#files(group);
    if (files.length === 0) {
      await this.#texts(first!, texts[0]!);
      return;
    }
    // Words too long for a caption stand before their file.
    for (const [index, text] of texts.entries()) if (!fitsCaption(text)) await this.#texts(group[index]!, text);
    const captioned = files.map((file, index) => ({
      ...file,
      ...(fitsCaption(texts[index]!) ? { caption: texts[index]! } : {}),
    }));
    await this.#pace(files.length);
    const sent = await telegram.sendFiles(this.#chat, captioned, this.#options(message, "file"), signal);
    for (const [index, id] of sent.entries()) if (id) this.#ids.set(group[index]!.message.messageId, id);
  }

  async #texts({ message }: CopiedMessage, text: Parameters<typeof repostParts>[0]): Promise<void> {
    const { telegram, signal } = this.#context;
    for (const [index, part] of repostParts(text).entries()) {
      await this.#pace(1);
      const [id] = await telegram.sendText(this.#chat, part, this.#options(message, `text${index}`), signal);
      if (id && index === 0) this.#ids.set(message.messageId, id);
    }
  }

  async #files(group: readonly CopiedMessage[]): Promise<OutgoingFile[]> {
    const files: OutgoingFile[] = [];
    for (const { message, file } of group) {
      if (!file) continue;
      if (!(await this.#folder.holds(file))) throw new FileError(`${file.path} of the copy has changed.`);
      const { media } = message;
      files.push({
        path: join(this.#folder.path, file.path),
        fileName: media.fileName ?? basename(file.path),
        mimeType: media.mimeType,
        as: media.type === "none" || media.type === "other" ? "document" : media.type,
        round: media.round,
        duration: media.duration,
        width: media.width,
        height: media.height,
      });
    }
    return files;
  }

  #options({ messageId, topicId, replyToId }: CopiedMessage["message"], part: string): SendOptions {
    const home = this.#chat.chatId === this.#deletion.chatId;
    return {
      key: `restore:${this.#job.id}:${messageId}:${part}`,
      topicId: home ? topicId : null,
      replyToId: (replyToId !== null && this.#ids.get(replyToId)) || null,
      silent: true,
    };
  }

  async #pace(messages: number): Promise<void> {
    const { db, settings, signal } = this.#context;
    const perSecond = Math.max(1, settings.repostsPerMinute) / 60;
    const pause = await db.budget.take("repost", messages, { perSecond, burst: 1 });
    if (pause > 0) await sleep(pause, undefined, { signal });
  }
}

async function deletedIds({ id }: Deletion, { db }: TaskContext): Promise<Set<number>> {
  const ids = new Set<number>();
  for (let above = 0; ; ) {
    const items = await db.deletions.items(id, { states: ["deleted"], above }, AT_ONCE);
    for (const { messageId } of items) ids.add(messageId);
    if (items.length < AT_ONCE) return ids;
    above = items.at(-1)!.messageId;
  }
}

async function* groupsOf(folder: CopyFolder, deleted: ReadonlySet<number>): AsyncGenerator<CopiedMessage[]> {
  let waiting: CopiedMessage[] = [];
  for await (const copied of folder.read()) {
    if (!deleted.has(copied.message.messageId)) continue;
    const { albumId } = copied.message;
    if (waiting.length > 0 && (albumId === null || albumId !== waiting[0]!.message.albumId)) {
      yield* repostGroups(waiting, ALBUM_SIZE);
      waiting = [];
    }
    waiting.push(copied);
  }
  yield* repostGroups(waiting, ALBUM_SIZE);
}
