/**
 * A scan that hands nothing on: it brings the index of one chat up to date.
 *
 * It asks for the ids that no scan has looked through yet, from the newest down, and notes each stretch together with
 * what it found there: whatever interrupts it, the next one goes on. A full one looks at everything again, for what was
 * edited and what is gone.
 */
import type { Job } from "../../core/job.ts";
import type { Chat, Message, StoredMessage } from "../../core/media.ts";
import { serverSideOf } from "../../core/server-side-filter.ts";
import type { IdRange } from "../../db/db.ts";
import type { TaskContext } from "../task.ts";
import { findGone } from "./find-gone.ts";
import { isWholeHistory, pagesOf } from "./history-pages.ts";
import { LostLease } from "./scan-writer.ts";

const MESSAGES_AT_ONCE = 1_000;
const LONGEST_MS = 2_000;

/** What is kept with each page: everything from here on upwards is done. */
interface Cursor {
  beforeId: number;
  /** So many of the messages so far are what the filter wants. */
  matched: number;
}

export async function indexHistory(
  job: Job<"scan">,
  chat: Chat,
  context: TaskContext,
  wants: (message: Message) => boolean,
  /** False for a job of several chats, whose cursor is another one's: the stretches looked through tell enough. */
  { hasCursor = true }: { hasCursor?: boolean } = {},
): Promise<number> {
  const { db, progress, signal } = context;
  const { filter, full = false, alone = false } = job.payload;
  const whole = isWholeHistory(filter);
  const cursor = hasCursor ? ((await db.jobs.scanCursor(job.id)) as Cursor | null) : null;
  const known = whole && !full ? await db.messages.scannedRanges(chat.chatId) : [];
  if (alone && known.length === 0 && progress.total === 0) await expect(chat, job, context);
  const writer = new IndexWriter(job, chat, context, { covers: whole, looksForGone: full });
  writer.matched = cursor?.matched ?? 0;

  let below = cursor?.beforeId ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const inside = known.find(({ low, high }) => low < below && high >= below - 1);
    if (inside) below = inside.low;
    if (below <= 1) break;
    const floor = known.find(({ high }) => high < below)?.high ?? 0;
    const from = Number.isFinite(below) ? { beforeId: below } : null;
    writer.begin(below);
    for await (const page of pagesOf(chat, filter, from, context, floor)) {
      signal.throwIfAborted();
      await writer.add(page, page.filter(wants).length);
    }
    await writer.end(floor);
    if (floor === 0) break;
    below = floor + 1;
  }
  if (whole) await db.chats.scanned(chat.chatId, new Date());
  if (alone) progress.total = progress.done;
  else progress.done = 1;
  return writer.matched;
}

/** How many there will be, by Telegram's count, so that the card can say how far it is. */
async function expect(chat: Chat, { payload }: Job<"scan">, { telegram, progress, signal }: TaskContext) {
  if (payload.filter.messageIds) progress.total = payload.filter.messageIds.length;
  else progress.total = (await telegram.countMatching(chat, serverSideOf(payload.filter), signal)).total;
}

class IndexWriter {
  readonly #job: Job<"scan">;
  readonly #chat: Chat;
  readonly #context: TaskContext;
  readonly #options: { covers: boolean; looksForGone: boolean };
  matched = 0;
  #messages: Message[] = [];
  /** The highest id that is not looked at yet, once it is known. */
  #top: number | null = null;
  #flushedAt = Date.now();

  constructor(job: Job<"scan">, chat: Chat, context: TaskContext, options: { covers: boolean; looksForGone: boolean }) {
    this.#job = job;
    this.#chat = chat;
    this.#context = context;
    this.#options = options;
  }

  /** What follows stands below this id. */
  begin(below: number): void {
    this.#top = Number.isFinite(below) ? below - 1 : null;
  }

  async add(page: readonly Message[], matched: number): Promise<void> {
    this.#messages.push(...page);
    this.matched += matched;
    const due = Date.now() - this.#flushedAt > LONGEST_MS;
    const lowest = page.at(-1)?.messageId;
    if (lowest !== undefined && (due || this.#messages.length >= MESSAGES_AT_ONCE)) await this.#flush(lowest);
  }

  /** There is nothing more above `floor`. */
  async end(floor: number): Promise<void> {
    await this.#flush(floor + 1);
  }

  async #flush(low: number): Promise<void> {
    const { db, workerId, hostname, progress, signal } = this.#context;
    const { covers, looksForGone } = this.#options;
    signal.throwIfAborted();
    const chatId = this.#messages[0]?.chatId ?? this.#chat.chatId;
    // Comments stand in another chat than the post.
    const isHome = chatId === this.#chat.chatId;
    const high = this.#top ?? this.#messages[0]?.messageId ?? null;
    const before = await this.#known(chatId);
    const range: IdRange = { low, high: this.#top ?? Number.MAX_SAFE_INTEGER };
    const gone =
      looksForGone && isHome
        ? await findGone(this.#job.payload.filter, this.#chat, range, this.#messages, this.#context)
        : [];
    const next = {
      ...progress,
      done: this.#job.payload.alone ? progress.done + this.#messages.length : progress.done,
      seen: progress.seen + this.#messages.length,
      fresh: progress.fresh + this.#messages.filter(({ messageId }) => !before.has(messageId)).length,
      edited: progress.edited + this.#messages.filter((message) => isEdited(message, before)).length,
      gone: progress.gone + gone.length,
    };
    next.total = this.#job.payload.alone ? Math.max(next.total, next.done) : next.total;
    const held = await db.jobs.scanned({ ...this.#job, payload: { ...this.#job.payload, chatId } }, workerId, {
      messages: this.#messages,
      wanted: [],
      hostname,
      progress: next,
      cursor: { beforeId: low, matched: this.matched } satisfies Cursor,
      gone,
      ...(covers && isHome && high !== null && high >= low ? { covered: { low, high } } : {}),
    });
    if (!held) throw new LostLease("The job is another one's now, or cancelled.");
    Object.assign(progress, next);
    this.#messages = [];
    this.#top = low - 1;
    this.#flushedAt = Date.now();
  }

  async #known(chatId: number): Promise<Map<number, StoredMessage>> {
    const ids = this.#messages.map(({ messageId }) => messageId);
    const rows = ids.length === 0 ? [] : await this.#context.db.messages.of(chatId, ids);
    return new Map(rows.map((row) => [row.messageId, row]));
  }
}

function isEdited(message: Message, before: ReadonlyMap<number, StoredMessage>): boolean {
  const known = before.get(message.messageId);
  if (!known) return false;
  return known.text !== message.text || (known.editedAt?.getTime() ?? 0) !== (message.editedAt?.getTime() ?? 0);
}
