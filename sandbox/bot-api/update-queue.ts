import { Refusal } from "./refusal.ts";

export type Update = { update_id: number; [kind: string]: unknown };

/** Sent only to a bot that names them in allowed_updates. */
const ON_REQUEST = new Set(["chat_member", "message_reaction", "message_reaction_count"]);
/** Telegram keeps what nobody fetched for a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** Two conflicts within this time: the second is told late, as the real server does to calm a fight down. */
const CONFLICT_PAUSE_MS = 3000;

export const CONFLICTS = {
  poller: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  webhookSet: "Conflict: terminated by setWebhook request",
  webhookActive:
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
};

type Waiter = {
  resolve: (updates: Update[]) => void;
  reject: (error: Error) => void;
  limit: number;
  timer: NodeJS.Timeout;
};
type Poll = { offset: number; limit: number; timeoutSeconds: number; signal: AbortSignal };

/** What happened and was not yet confirmed by one bot: delivered at least once, in order. */
export class UpdateQueue {
  private readonly waiting: { update: Update; at: number }[] = [];
  private readonly nowMs: () => number;
  private allowed: ReadonlySet<string> | null = null;
  private nextId: number;
  private waiter: Waiter | null = null;
  private lastPoll = { offset: Number.NaN, at: 0 };
  private lastConflict = Number.NEGATIVE_INFINITY;

  constructor(firstId: number, nowMs: () => number) {
    this.nextId = firstId;
    this.nowMs = nowMs;
  }

  get length(): number {
    return this.waiting.length;
  }

  allowedUpdates(): string[] | undefined {
    return this.allowed ? [...this.allowed] : undefined;
  }

  /** An empty list means everything but the kinds that must be asked for. */
  allow(kinds: readonly string[]): void {
    this.allowed = kinds.length > 0 ? new Set(kinds) : null;
  }

  wants(kind: string): boolean {
    return this.allowed ? this.allowed.has(kind) : !ON_REQUEST.has(kind);
  }

  push(kind: string, value: unknown): void {
    if (!this.wants(kind)) return;
    this.waiting.push({ update: { update_id: this.nextId++, [kind]: value }, at: this.nowMs() });
    const waiter = this.release();
    waiter?.resolve(this.first(waiter.limit));
  }

  /** Answers as soon as there is something, or with nothing once the time is over. A later poll ends an earlier one. */
  poll({ offset, limit, timeoutSeconds, signal }: Poll): Promise<Update[]> {
    this.interrupt(CONFLICTS.poller);
    this.confirm(offset);
    const now = performance.now();
    const repeated = offset === this.lastPoll.offset && now < this.lastPoll.at + 3000;
    // The real server makes whoever asks for the same thing again and again wait.
    const seconds = repeated ? Math.max(timeoutSeconds, 3) : timeoutSeconds;
    this.lastPoll = { offset, at: now };
    if (this.waiting.length > 0 || seconds === 0) return Promise.resolve(this.first(limit));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.release()?.resolve([]), seconds * 1000);
      const waiter: Waiter = { resolve, reject, limit, timer };
      this.waiter = waiter;
      signal.addEventListener("abort", () => {
        if (this.waiter === waiter) this.release()?.resolve([]);
      });
    });
  }

  /** Ends the waiting poll, if there is one, with a 409. */
  interrupt(description: string): void {
    const waiter = this.release();
    if (!waiter) return;
    const pause = performance.now() < this.lastConflict + CONFLICT_PAUSE_MS ? CONFLICT_PAUSE_MS : 0;
    if (pause === 0) this.lastConflict = performance.now();
    setTimeout(() => waiter.reject(new Refusal(409, description)), pause).unref();
  }

  clear(): void {
    this.waiting.length = 0;
  }

  close(): void {
    this.release()?.resolve([]);
  }

  private release(): Waiter | null {
    const { waiter } = this;
    this.waiter = null;
    if (waiter) clearTimeout(waiter.timer);
    return waiter;
  }

  private first(limit: number): Update[] {
    return this.waiting.slice(0, limit).map(({ update }) => update);
  }

  /** Forgets what is older than a day, and what the offset says was received. */
  private confirm(offset: number): void {
    const oldest = this.nowMs() - KEPT_MS;
    const keepFrom = offset < 0 ? this.nextId + offset : offset;
    const rest = this.waiting.filter(({ update, at }) => update.update_id >= keepFrom && at >= oldest);
    this.waiting.splice(0, this.waiting.length, ...rest);
  }
}
