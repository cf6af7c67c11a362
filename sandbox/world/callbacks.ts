import { hash64 } from "./random.ts";
import { place, toMessage } from "./reading.ts";
import type { WorldState } from "./state.ts";
import { type Button, type CallbackAnswer, Refusal } from "./types.ts";

/** Questions to bots that want an answer: pressed buttons and inline queries. */

interface Waiting {
  botId: number;
  askedAt: number;
  answer(value: unknown): void;
}

/** Seconds after which an answer comes too late. */
const LIFETIME = 60;

export class Questions {
  #state: WorldState;
  #waiting = new Map<string, Waiting>();
  #asked = 0;

  constructor(state: WorldState) {
    this.#state = state;
  }

  press(
    accountId: number,
    peerId: number,
    messageId: number,
    data: string,
    timeoutMs: number,
  ): Promise<CallbackAnswer> {
    const at = place(this.#state, accountId, peerId);
    const slot = at?.numbering.slotOf(messageId) ?? null;
    if (!at || slot === null) throw new Refusal(400, "MESSAGE_ID_INVALID");
    const { body } = at.history.stored(slot);
    const botId = body.viaBotId ?? at.history.stored(slot).authorId ?? body.fromId;
    const numbering = this.#state.numberingOf(botId, at.history);
    if (!this.#state.accounts.get(botId)?.bot || !numbering) throw new Refusal(400, "BOT_INVALID");
    if (!buttonsOf(body.replyMarkup).some((button) => button.callback_data === data))
      throw new Refusal(400, "DATA_INVALID");
    const message = toMessage(this.#state, botId, at.history, numbering, slot);
    const chatInstance = String(hash64("instance", this.#state.seed, accountId, peerId));
    return this.#ask<CallbackAnswer>(botId, timeoutMs, (id) =>
      this.#state.tell(botId, {
        type: "callback-query",
        query: { id, fromId: accountId, message, data, chatInstance },
      }),
    );
  }

  askInline(accountId: number, botId: number, query: string, offset: string, timeoutMs: number): Promise<unknown> {
    const bot = this.#state.accounts.get(botId)?.bot;
    if (!bot) throw new Refusal(400, "BOT_INVALID");
    if (!bot.supportsInline) throw new Refusal(400, "BOT_INLINE_DISABLED");
    return this.#ask(botId, timeoutMs, (id) =>
      this.#state.tell(botId, {
        type: "inline-query",
        query: { id, fromId: accountId, query, offset, chatType: "sender" },
      }),
    );
  }

  #ask<Answer>(botId: number, timeoutMs: number, tell: (id: string) => void): Promise<Answer> {
    this.#forgetOld();
    const id = String(BigInt.asUintN(62, hash64("query", this.#state.seed, botId, ++this.#asked)));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Refusal(400, "BOT_RESPONSE_TIMEOUT")), timeoutMs);
      timer.unref();
      this.#waiting.set(id, {
        botId,
        askedAt: this.#state.clock.now(),
        answer: (value) => {
          clearTimeout(timer);
          resolve(value as Answer);
        },
      });
      tell(id);
    });
  }

  /** What nobody answered in time. */
  #forgetOld(): void {
    const now = this.#state.clock.now();
    for (const [id, { askedAt }] of this.#waiting) if (now - askedAt > LIFETIME) this.#waiting.delete(id);
  }

  answer(botId: number, queryId: string, value: unknown): void {
    const waiting = this.#waiting.get(queryId);
    this.#waiting.delete(queryId);
    if (!waiting || waiting.botId !== botId || this.#state.clock.now() - waiting.askedAt > LIFETIME) {
      throw new Refusal(400, "QUERY_ID_INVALID");
    }
    waiting.answer(value);
  }
}

/** All inline buttons of a markup in order. */
export function buttonsOf(markup: { [key: string]: unknown } | undefined, key = "inline_keyboard"): Button[] {
  const rows = markup?.[key];
  if (!Array.isArray(rows)) return [];
  return rows.flat().map((button: unknown) => (typeof button === "string" ? { text: button } : (button as Button)));
}
