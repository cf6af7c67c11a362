/**
 * Sends one batch at a time. Written down before and after each call; after an answer that was lost Telegram is asked
 * what is left, and a batch that is refused is halved until the messages that are refused stand alone.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Deletion, DeletionItem, DeletionReason } from "../../core/deletion.ts";
import { bisect, type ChatRights, fingerprintOf, verdictOn } from "../../core/deletion-rules.ts";
import { AccessError, RetryLaterError } from "../../core/errors.ts";
import type { Chat } from "../../core/media.ts";
import type { SettledItem } from "../../db/ports/deletions.ts";
import type { TaskContext } from "../task.ts";
import { DeleteForbiddenError } from "../telegram.ts";

/** The owner has said stop, or the deletion is no longer running for another reason. */
export class Stopped extends Error {
  override name = "Stopped";
}

const LOOK_FOR_STOP_MS = 1_000;
const AFTER_A_CUT_MS = 1_000;
/** Waits of these names were asked for before anything was carried out. */
const ASKED_FOR = /_WAIT$|_DELAY$/;

export class Sender {
  readonly #deletion: Deletion;
  readonly #chat: Chat;
  readonly #context: TaskContext;
  #rights: ChatRights;

  constructor(deletion: Deletion, chat: Chat, rights: ChatRights, context: TaskContext) {
    this.#deletion = deletion;
    this.#chat = chat;
    this.#rights = rights;
    this.#context = context;
  }

  /** Up to 100 messages of one effect. */
  async send(batch: readonly DeletionItem[]): Promise<void> {
    try {
      const possible = await this.#look(batch);
      if (possible.length > 0) await this.#call(possible);
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      await this.#refuseAll(batch, "not-member");
    }
  }

  /** What became of messages that were sent when the program ended. */
  async reconcile(batch: readonly DeletionItem[]): Promise<void> {
    await this.#settleByLook(batch, null);
  }

  /** Leaves out what is gone, has changed, or may not be deleted any more. */
  async #look(batch: readonly DeletionItem[]): Promise<DeletionItem[]> {
    const { telegram, signal } = this.#context;
    const found = await telegram.messages(
      this.#chat,
      batch.map(({ messageId }) => messageId),
      signal,
    );
    const messages = new Map(found.map(({ message }) => [message.messageId, message]));
    const settled: SettledItem[] = [];
    const wish = { everyone: this.#deletion.everyone, now: new Date() };
    const possible = batch.filter((item) => {
      const { messageId } = item;
      const message = messages.get(messageId);
      if (!message) settled.push({ messageId, state: item.sentAt ? "deleted" : "gone" });
      else if (fingerprintOf(message) !== item.fingerprint)
        settled.push({ messageId, state: "kept", reason: "changed" });
      else {
        const verdict = verdictOn(message, this.#chat, this.#rights, wish);
        if (verdict.possible && verdict.effect === item.effect) return true;
        settled.push({ messageId, state: "refused", reason: verdict.possible ? "no-right" : verdict.reason });
      }
      return false;
    });
    await this.#settle(settled);
    return possible;
  }

  async #call(batch: readonly DeletionItem[]): Promise<void> {
    const { db, telegram, signal } = this.#context;
    const ids = batch.map(({ messageId }) => messageId);
    signal.throwIfAborted();
    if (!(await db.deletions.sending(this.#deletion.id, ids, new Date()))) throw new Stopped();
    let count: number;
    try {
      count = await telegram.deleteMessages(this.#chat, ids, { revoke: batch[0]!.effect === "everyone" }, signal);
    } catch (error) {
      return this.#afterFailure(batch, error);
    }
    if (count === batch.length) await this.#settle(ids.map((messageId) => ({ messageId, state: "deleted" })));
    else await this.#settleByLook(batch, count, true);
  }

  async #afterFailure(batch: readonly DeletionItem[], error: unknown): Promise<void> {
    const { db, telegram, signal } = this.#context;
    if (error instanceof RetryLaterError && ASKED_FOR.test(error.reason)) {
      await this.#waitFor(batch, error);
      return this.#call(batch);
    }
    if (error instanceof RetryLaterError && error.reason !== "DATABASE") {
      await sleep(AFTER_A_CUT_MS, undefined, { signal });
      const left = await this.#settleByLook(batch, null);
      if (left.length > 0) await this.#call(left);
      return;
    }
    if (error instanceof DeleteForbiddenError) {
      if (batch.length === 1) {
        await this.#settle([{ messageId: batch[0]!.messageId, state: "refused", reason: "telegram" }]);
        return;
      }
      // One at a time: the right may have been taken away, which no halving finds out.
      this.#rights = await telegram.rightsIn(this.#chat, signal);
      for (const half of bisect(batch)) {
        const possible = await this.#look(half);
        if (possible.length > 0) await this.#call(possible);
      }
      return;
    }
    if (error instanceof AccessError) return this.#refuseAll(batch, "no-right");
    // Unknown: what is left stays as it was, and the job's end tells of it.
    signal.throwIfAborted();
    await db.deletions.note(this.#deletion.id, { error: error instanceof Error ? error.message : String(error) });
    throw error;
  }

  /** The same batch again when Telegram allows it, unless the owner says stop meanwhile. */
  async #waitFor(batch: readonly DeletionItem[], { at, reason }: RetryLaterError): Promise<void> {
    const { db, wait, signal } = this.#context;
    // A second more: their clock rounds down. Measured here, since the wall clock may jump.
    const until = performance.now() + Math.max(0, at.getTime() - Date.now()) + 1_000;
    wait({ until: new Date(at.getTime() + 1_000), reason });
    try {
      for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
        await sleep(Math.min(left, LOOK_FOR_STOP_MS), undefined, { signal });
        if ((await db.deletions.get(this.#deletion.id))?.state !== "running") {
          await this.#settle(batch.map((item) => ({ messageId: item.messageId, ...before(item, this.#deletion) })));
          throw new Stopped();
        }
      }
    } finally {
      wait(null);
    }
  }

  /**
   * By what is still there. `count` is what Telegram says it has deleted: of those that are gone the others were taken by
   * somebody else at the same moment. Answers with what is left.
   */
  async #settleByLook(
    batch: readonly DeletionItem[],
    count: number | null,
    leftIsRefused = false,
  ): Promise<DeletionItem[]> {
    const { telegram, signal } = this.#context;
    const ids = batch.map(({ messageId }) => messageId);
    const found = await telegram.messages(this.#chat, ids, signal);
    const present = new Set(found.map(({ message }) => message.messageId));
    const left = batch.filter(({ messageId }) => present.has(messageId));
    const away = batch.filter(({ messageId }) => !present.has(messageId));
    // None at all, and yet they are gone: the call was carried out twice below us.
    const byUs = count === null || count === 0 ? away.length : count;
    const settled: SettledItem[] = away.map(({ messageId }, at) => ({
      messageId,
      state: at < byUs ? "deleted" : "gone",
    }));
    for (const item of left)
      settled.push(
        leftIsRefused
          ? { messageId: item.messageId, state: "refused", reason: "telegram" }
          : { messageId: item.messageId, ...before(item, this.#deletion) },
      );
    await this.#settle(settled);
    return left;
  }

  /** What is settled already stays as it is. */
  #refuseAll(batch: readonly DeletionItem[], reason: DeletionReason): Promise<void> {
    return this.#settle(batch.map(({ messageId }) => ({ messageId, state: "refused", reason })));
  }

  async #settle(items: readonly SettledItem[]): Promise<void> {
    if (items.length > 0) await this.#context.db.deletions.settle(this.#deletion.id, items, new Date());
  }
}

/** As it stood before it was sent. A reason that was kept is that of a copy that failed. */
function before({ reason }: DeletionItem, { backup }: Deletion): Pick<SettledItem, "state" | "reason"> {
  if (!backup) return { state: "planned" };
  return reason === null ? { state: "copied" } : { state: "copy_failed", reason };
}
