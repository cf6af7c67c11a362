/** Gathers pages into transactions that are worth one, and keeps how far the scan is with what it has found. */
import type { Job } from "../../core/job.ts";
import type { ChatId, Message } from "../../core/media.ts";
import { BATCH_SIZE } from "../../core/tasks.ts";
import type { TaskContext } from "../task.ts";

const MESSAGES_AT_ONCE = 1_000;
const LONGEST_MS = 2_000;

interface AddOptions {
  /** These were counted before. */
  again?: boolean;
  /** Where the scan would go on after a restart; false where it begins anew. */
  keepCursor?: boolean;
}

export class ScanWriter {
  readonly #job: Job<"scan">;
  readonly #context: TaskContext;
  #messages: Message[] = [];
  #wanted: number[] = [];
  #seen = 0;
  #cursor: unknown = null;
  #flushedAt = 0;
  #home: ChatId | null = null;

  constructor(job: Job<"scan">, context: TaskContext) {
    this.#job = job;
    this.#context = context;
  }

  /** Wanted messages that are not written yet. */
  get pending(): number {
    return this.#wanted.length;
  }

  /** At most 100 messages, newest first. */
  async add(page: readonly Message[], wanted: readonly Message[], options: AddOptions = {}): Promise<void> {
    if (this.#wanted.length + wanted.length > BATCH_SIZE) await this.flush();
    await this.#meet(page[0]);
    this.#messages.push(...page);
    this.#wanted.push(...wanted.map(({ messageId }) => messageId));
    if (!options.again) this.#seen += page.length;
    const lowest = page.at(-1)?.messageId;
    if (options.keepCursor !== false && lowest !== undefined) this.#cursor = { beforeId: lowest };
    const due = Date.now() - this.#flushedAt > LONGEST_MS;
    if (due || this.#messages.length >= MESSAGES_AT_ONCE || this.#wanted.length >= BATCH_SIZE) await this.flush();
  }

  async flush(): Promise<void> {
    const { db, workerId, hostname, progress, signal, nudge } = this.#context;
    signal.throwIfAborted();
    if (this.#messages.length === 0) return;
    const next = { ...progress, total: progress.total + this.#wanted.length, seen: progress.seen + this.#seen };
    const held = await db.jobs.scanned(this.#jobOfBatches(), workerId, {
      messages: this.#messages,
      wanted: this.#wanted,
      hostname,
      progress: next,
      cursor: this.#cursor,
    });
    if (!held) throw new LostLease();
    Object.assign(progress, next);
    if (this.#wanted.length > 0) nudge();
    this.#messages = [];
    this.#wanted = [];
    this.#seen = 0;
    this.#flushedAt = Date.now();
  }

  /** Comments stand in another chat than the post: their batches name that one. */
  #jobOfBatches(): Job<"scan"> {
    const chatId = this.#home ?? this.#job.payload.chatId;
    return { ...this.#job, payload: { ...this.#job.payload, chatId } };
  }

  async #meet(message: Message | undefined): Promise<void> {
    if (!message || this.#home === message.chatId) return;
    await this.flush();
    this.#home = message.chatId;
    const { db, telegram, signal } = this.#context;
    if (await db.chats.get(message.chatId)) return;
    const chat = await telegram.findChat(String(message.chatId), signal);
    if (chat) await db.chats.record([chat]);
  }
}

/** Another worker has the job now, or it was cancelled: whoever finds out stops and writes nothing more. */
export class LostLease extends Error {
  override name = "LostLease";
}
